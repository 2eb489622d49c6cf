using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>What an invited person brings: a password with an authenticator app, or a passkey.</summary>
/// <param name="Id">Chosen before the account exists, because a passkey is made for it.</param>
/// <param name="Email">Used only when the invitation names none.</param>
public sealed record NewModerator(Guid Id, string DisplayName, string? Email)
{
    public string? Password { get; init; }

    /// <summary>The key of the app, once the app has shown that it has it.</summary>
    public string? AuthenticatorKey { get; init; }

    public UserPasskeyInfo? Passkey { get; init; }
}
