using System.Net;
using ArmTwitch.Data.Hashing;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Limits;

/// <summary>
/// Limits what is not worth a write to the database, such as a search. It counts in memory, so each replica for itself. A network can use
/// the whole count of a window at once; after that it comes back evenly over the window.
/// </summary>
public sealed class MemoryRateLimiter(IOptions<RateLimitOptions> options, TimeProvider clock)
{
    private const int MostNetworks = 100_000;

    private readonly Lock counting = new();

    /// <summary>For each network and window, when its count will be full again (generic cell rate algorithm).</summary>
    private readonly Dictionary<(string Limit, int Window, UInt128 Network), DateTimeOffset> full = [];

    /// <inheritdoc cref="RateLimiter.TakeAsync(IReadOnlyList{RateLimitKey}, CancellationToken)" path="/returns"/>
    public TimeSpan? Take(RateLimit limit, IPAddress? from)
    {
        if (!options.Value.Enabled)
            return null;
        var now = clock.GetUtcNow();
        var counters = CountersOf(limit, from);
        lock (counting)
        {
            if (full.Count >= MostNetworks)
                RemoveExpired(now);
            var wait = counters.Max(one => FullAt(one.Key, now) + one.Interval - now - one.Length);
            if (wait > TimeSpan.Zero)
                return wait;
            foreach (var (key, interval, _) in counters)
                full[key] = FullAt(key, now) + interval;
            return null;
        }
    }

    private List<((string, int, UInt128) Key, TimeSpan Interval, TimeSpan Length)> CountersOf(RateLimit limit, IPAddress? from)
    {
        var (narrow, wide) = ClientNetwork.PrefixesOf(from);
        var counters = new List<((string, int, UInt128), TimeSpan, TimeSpan)>();
        foreach (var (index, window) in limit.Windows.Index())
        {
            counters.Add(((limit.Name, index, Number(narrow)), window.Length / window.Count, window.Length));
            if (wide is { } prefix)
                counters.Add(
                    ((limit.Name, index, Number(prefix)), window.Length / (window.Count * options.Value.WideNetworkFactor), window.Length));
        }

        return counters;
    }

    private DateTimeOffset FullAt((string, int, UInt128) key, DateTimeOffset now) =>
        full.TryGetValue(key, out var at) && at > now ? at : now;

    /// <summary>Removes networks whose count is full again; all networks when that does not free enough.</summary>
    private void RemoveExpired(DateTimeOffset now)
    {
        foreach (var (key, at) in full)
        {
            if (at <= now)
                full.Remove(key);
        }

        if (full.Count > MostNetworks / 2)
            full.Clear();
    }

    /// <summary>With the length of the prefix, so that a /24 differs from a /56 that begins alike.</summary>
    private static UInt128 Number(ReadOnlyMemory<byte> prefix)
    {
        UInt128 number = (UInt128)prefix.Length;
        foreach (var part in prefix.Span)
            number = (number << 8) | part;
        return number;
    }
}
