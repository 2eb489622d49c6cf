using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Search;

/// <summary>How much one network may search, beside the limits of other features.</summary>
public sealed class SearchLimitOptions
{
    /// <summary>Searches of one network (IPv4 /24, IPv6 /56) in a minute.</summary>
    [Range(1, 100_000)]
    public int SearchesInAMinute { get; init; } = 300;
}
