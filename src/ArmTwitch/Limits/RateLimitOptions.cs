using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Limits;

/// <summary>Settings of all rate limits. The options of each feature hold its own limits.</summary>
public sealed class RateLimitOptions
{
    /// <summary>False switches rate limits off for load tests; limits of size stay.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The limit of an IPv6 /48 as a multiple of the limit of one /56.</summary>
    [Range(1, 256)]
    public int WideNetworkFactor { get; init; } = 4;
}
