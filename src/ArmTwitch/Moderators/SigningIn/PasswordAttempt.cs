using ArmTwitch.Limits;

namespace ArmTwitch.Moderators.SigningIn;

/// <summary>What is said to a password.</summary>
public enum PasswordAttemptOutcome
{
    /// <summary>It may be tried, or it was right and the second step may follow.</summary>
    Right,

    /// <summary>It was a recovery code of an account without a password, which signs in by itself.</summary>
    SignedIn,

    /// <summary>Wrong, unknown or locked; nobody can tell which.</summary>
    Refused,

    /// <summary>The network has tried a lot lately.</summary>
    TooMany,
}

/// <param name="OfNetwork">What was counted for the network, whatever the account.</param>
/// <param name="OfAccount">What was counted for the account, from the network or in a known browser.</param>
/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public sealed record PasswordAttempt(
    PasswordAttemptOutcome Answer, IReadOnlyList<RateLimitKey> OfNetwork, IReadOnlyList<RateLimitKey> OfAccount,
    TimeSpan RetryAfter = default);
