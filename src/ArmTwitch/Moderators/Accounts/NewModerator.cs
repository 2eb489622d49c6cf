using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>What an invited person enters: a password with an authenticator app, or a passkey.</summary>
/// <param name="Id">Made before the account, because a passkey belongs to it.</param>
/// <param name="Email">Used only when the invitation names none.</param>
public sealed record NewModerator(Guid Id, string DisplayName, string? Email)
{
    public string? Password { get; init; }

    /// <summary>The key of the app, which has shown a code of it.</summary>
    public string? AuthenticatorKey { get; init; }

    public UserPasskeyInfo? Passkey { get; init; }
}
