using ArmTwitch.Data;

namespace ArmTwitch.Moderators.People;

/// <summary>An account as admins see it.</summary>
/// <param name="LastSeenAt">The last activity, or the last sign-in when its session is no longer kept; null when there was none yet.</param>
/// <param name="Passkeys">How many.</param>
/// <param name="RecoveryCodes">How many are left.</param>
/// <param name="Sessions">Those that are open, the newest first.</param>
public sealed record PersonOverview(
    Moderator Account, DateTimeOffset? LastSeenAt, int Passkeys, int RecoveryCodes, IReadOnlyList<OpenSession> Sessions)
{
    public bool HasPassword => Account.PasswordHash is not null;

    /// <summary>How the person signs in, in words.</summary>
    public string SignsInWith => (HasPassword, Passkeys) switch
    {
        (true, 0) => "Password and app",
        (true, _) => $"Password and app, {Plural.Of(Passkeys, "passkey")}",
        (false, 0) => "Recovery codes only",
        (false, _) => Plural.Of(Passkeys, "passkey"),
    };
}
