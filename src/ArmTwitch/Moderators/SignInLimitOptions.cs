using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Moderators;

/// <summary>Limits of sign-ins from one network.</summary>
public sealed class SignInLimitOptions
{
    /// <summary>Wrong passwords from one network in ten minutes, whatever the account and whether or not it is locked.</summary>
    [Range(1, 10_000)]
    public int SignInsInTenMinutes { get; init; } = 20;
}
