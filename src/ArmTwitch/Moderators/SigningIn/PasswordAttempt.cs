using ArmTwitch.Limits;

namespace ArmTwitch.Moderators.SigningIn;

/// <summary>The outcome of trying a password.</summary>
public enum PasswordAttemptOutcome
{
    /// <summary>It may be tried, or it was right and the second factor follows.</summary>
    Right,

    /// <summary>It was a recovery code of an account without a password, which signs in without a second factor.</summary>
    SignedIn,

    /// <summary>Wrong, unknown or locked; the outcome does not say which.</summary>
    Refused,

    /// <summary>The network has tried too many passwords lately.</summary>
    TooMany,
}

/// <param name="OfNetwork">What was counted for the network.</param>
/// <param name="OfAccount">What was counted for the account from the network, or in a known browser.</param>
/// <param name="RetryAfter">When the next attempt is allowed; only with <see cref="PasswordAttemptOutcome.TooMany"/>.</param>
public sealed record PasswordAttempt(
    PasswordAttemptOutcome Outcome, IReadOnlyList<RateLimitKey> OfNetwork, IReadOnlyList<RateLimitKey> OfAccount,
    TimeSpan RetryAfter = default);
