using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Limits;

/// <summary>What holds for every rate limit. Each feature has its own figures in the same section.</summary>
public sealed class RateLimitOptions
{
    /// <summary>False lifts the limits on how often, for load tests; never those on size.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How many times as much as one /56 all the networks of one IPv6 /48 may do together.</summary>
    [Range(1, 256)]
    public int WideNetworkFactor { get; init; } = 4;
}
