using System.Collections.Concurrent;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Limits;

/// <summary>
/// Rate limits with sliding windows, shared by all replicas. A refused event is not counted. Refusals are cached in memory until the window
/// has room again, so they cost no database.
/// </summary>
/// <remarks>
/// To use it, make a <see cref="RateLimit"/> of options once, hash the subject before a transaction begins
/// (<see cref="ClientNetworkHasher.HashAsync"/>, <see cref="DailyKeyHasher"/>), then <c>if (await limiter.TakeAsync([.. edits.For(network),
/// .. editsOfComment.For(id)]) is { } wait)</c> answer 429 with Retry-After. <see cref="MemoryRateLimiter"/> needs no database.
/// </remarks>
public sealed class RateLimiter(
    WriteTransactionFactory writing, IOptions<RateLimitOptions> options, TimeProvider clock)
{
    private const int MostRefusals = 50_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Until when a key is refused.</summary>
    private readonly ConcurrentDictionary<(RateLimit, UInt128), DateTimeOffset> refusals = new();

    /// <summary>Checks and counts in its own transaction.</summary>
    /// <returns>Null when all keys had room and are counted; otherwise how long to wait, and no key is counted.</returns>
    /// <exception cref="TimeoutException">Other writes held the lock all the time.</exception>
    public async Task<TimeSpan?> TakeAsync(IReadOnlyList<RateLimitKey> keys, CancellationToken cancellationToken = default)
    {
        if (!keys.Any(IsWithinLimits))
            return null;
        if (FindRefusal(keys) is { } refusal)
            return refusal;
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        if (await TakeAsync(write.Db, keys, cancellationToken) is { } wait)
            return wait;
        await write.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>
    /// Checks and counts in the caller's transaction, which locks the keys until its end. The caller saves the context. A refusal is cached
    /// even if the transaction is rolled back.
    /// </summary>
    /// <inheritdoc cref="TakeAsync(IReadOnlyList{RateLimitKey}, CancellationToken)" path="/returns"/>
    public async Task<TimeSpan?> TakeAsync(ArmTwitchDb db, IReadOnlyList<RateLimitKey> keys, CancellationToken cancellationToken = default)
    {
        if (await FindWaitAsync(db, keys, cancellationToken) is { } wait)
            return wait;
        db.AddRange(EventsOf(keys));
        return null;
    }

    /// <summary>What <see cref="TakeAsync(ArmTwitchDb, IReadOnlyList{RateLimitKey}, CancellationToken)"/> adds to the context.</summary>
    public IEnumerable<RateLimitEvent> EventsOf(IEnumerable<RateLimitKey> keys) =>
        keys.Where(IsWithinLimits).Select(key => new RateLimitEvent { Key = key.Today, At = clock.GetUtcNow() });

    /// <summary>Checks without counting; the caller stores <see cref="EventsOf"/> in the same transaction.</summary>
    /// <inheritdoc cref="TakeAsync(ArmTwitchDb, IReadOnlyList{RateLimitKey}, CancellationToken)"/>
    public async Task<TimeSpan?> FindWaitAsync(
        ArmTwitchDb db, IReadOnlyList<RateLimitKey> keys, CancellationToken cancellationToken = default)
    {
        keys = [.. keys.Where(IsWithinLimits)];
        if (keys.Count is 0)
            return null;
        if (FindRefusal(keys) is { } refusal)
            return refusal;
        await LockAsync(db, keys, cancellationToken);
        var now = clock.GetUtcNow();
        var stored = StoredOf(keys);
        var since = now - keys.Max(LongestOf);
        // Few rows: refused events are not stored.
        var events = await db.Set<RateLimitEvent>().AsNoTracking().Where(one => stored.Contains(one.Key) && one.At > since)
            .Select(one => new { one.Key, one.At }).ToListAsync(cancellationToken);
        var times = events.ToLookup(one => Number(one.Key), one => one.At);
        var waits = keys.Select(key => (Key: key, End: EndOf(key, [.. key.All.SelectMany(one => times[Number(one)]).OrderDescending()])))
            .Where(one => one.End > now).ToList();
        if (waits.Count > 0)
        {
            if (refusals.Count > MostRefusals)
                refusals.Clear();
            foreach (var (key, end) in waits)
                refusals[(key.Limit, Number(key.Today))] = end;
            return waits.Max(one => one.End) - now;
        }

        return null;
    }

    /// <summary>
    /// Locks the keys until the transaction ends, so that concurrent requests cannot all pass a limit with room for one.
    /// <see cref="TakeAsync(ArmTwitchDb, IReadOnlyList{RateLimitKey}, CancellationToken)"/> locks its own keys. Call this before it, with
    /// all keys, when a transaction takes keys several times (otherwise two can deadlock), or reads before what a concurrent one may write.
    /// </summary>
    public static async Task LockAsync(ArmTwitchDb db, IEnumerable<RateLimitKey> keys, CancellationToken cancellationToken = default)
    {
        // SQLite runs one writing transaction at a time.
        if (!db.Database.IsNpgsql())
            return;
        var numbers = keys.SelectMany(key => key.All).Select(key => BitConverter.ToInt64(key)).Distinct().Order().ToArray();
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(number) FROM unnest({numbers}) AS number", cancellationToken);
    }

    /// <summary>Deletes all events of the keys, for instance wrong passwords after the right one.</summary>
    public async Task DeleteAsync(IReadOnlyList<RateLimitKey> keys, CancellationToken cancellationToken = default)
    {
        var stored = StoredOf(keys);
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        await write.Db.Set<RateLimitEvent>().Where(one => stored.Contains(one.Key)).ExecuteDeleteAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        foreach (var key in keys)
            refusals.TryRemove((key.Limit, Number(key.Today)), out _);
    }

    /// <summary>Deletes the last event of each key, because it turned out not to count.</summary>
    public async Task RefundAsync(IReadOnlyList<RateLimitKey> keys, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        var db = write.Db;
        await LockAsync(db, keys, cancellationToken);
        foreach (var key in keys)
        {
            var stored = StoredOf([key]);
            await db.Set<RateLimitEvent>()
                .Where(one => one.Id == db.Set<RateLimitEvent>().Where(other => stored.Contains(other.Key)).Max(other => (long?)other.Id))
                .ExecuteDeleteAsync(cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        foreach (var key in keys)
            refusals.TryRemove((key.Limit, Number(key.Today)), out _);
    }

    /// <summary>Looks for a cached refusal, without the database. To be called before a transaction begins.</summary>
    /// <returns>How long to wait; null without a cached refusal.</returns>
    public TimeSpan? FindRefusal(IReadOnlyList<RateLimitKey> keys)
    {
        var now = clock.GetUtcNow();
        TimeSpan? longest = null;
        foreach (var key in keys)
        {
            if (!refusals.TryGetValue((key.Limit, Number(key.Today)), out var end))
                continue;
            if (end <= now)
                refusals.TryRemove((key.Limit, Number(key.Today)), out _);
            else if (longest is null || end - now > longest)
                longest = end - now;
        }

        return longest;
    }

    private bool IsWithinLimits(RateLimitKey key) => options.Value.Enabled || key.Limit.IsAlwaysOn;

    private static byte[][] StoredOf(IReadOnlyList<RateLimitKey> keys) => [.. keys.SelectMany(key => key.All)];

    private static TimeSpan LongestOf(RateLimitKey key) => key.Limit.Windows.Max(window => window.Length);

    private static UInt128 Number(byte[] key) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(key);

    /// <param name="times">Of its events, the newest first.</param>
    /// <returns>When all windows have room.</returns>
    private DateTimeOffset EndOf(RateLimitKey key, List<DateTimeOffset> times)
    {
        var end = DateTimeOffset.MinValue;
        foreach (var window in key.Limit.Windows)
        {
            var most = window.Count * (key.IsWide ? options.Value.WideNetworkFactor : 1);
            if (times.Count >= most && times[most - 1] + window.Length is var later && later > end)
                end = later;
        }

        return end;
    }
}
