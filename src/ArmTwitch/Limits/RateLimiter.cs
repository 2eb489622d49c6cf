using System.Collections.Concurrent;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Limits;

/// <summary>
/// Counts what costs something, on all replicas together, in sliding windows. What is refused is not counted and, once it was refused,
/// costs no database until its window has room again.
/// </summary>
/// <remarks>
/// To call it: make a <see cref="RateLimit"/> from options and keep it, hash the subject before a transaction begins
/// (<see cref="ClientNetworkHasher.HashAsync"/>, <see cref="DailyKeyHasher"/>), then <c>if (await limiter.TakeAsync([.. edits.For(network),
/// .. editsOfComment.For(id)]) is { } wait)</c> answer 429 with Retry-After and keep what was typed. For what must not wait for a database,
/// see <see cref="MemoryRateLimiter"/>.
/// </remarks>
public sealed class RateLimiter(
    WriteTransactionFactory writing, IOptions<RateLimitOptions> options, TimeProvider clock)
{
    private const int MostRefusals = 50_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Until when a key has no room. Nothing but time and <see cref="DeleteExpiredAsync"/> makes room.</summary>
    private readonly ConcurrentDictionary<(RateLimit, UInt128), DateTimeOffset> refusals = new();

    /// <summary>Asks and counts in a transaction of its own.</summary>
    /// <returns>Null when all keys had room and are counted; else when it is worth trying again, and none is counted.</returns>
    /// <exception cref="TimeoutException">Others were writing all the time.</exception>
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
    /// Asks and counts as part of the caller's transaction, and has others who count one of these keys wait for its end. The caller saves
    /// what was added to the context. A refusal is remembered even if the transaction is rolled back.
    /// </summary>
    /// <inheritdoc cref="TakeAsync(IReadOnlyList{RateLimitKey}, CancellationToken)" path="/returns"/>
    public async Task<TimeSpan?> TakeAsync(ArmTwitchDb db, IReadOnlyList<RateLimitKey> keys, CancellationToken cancellationToken = default)
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
        // No more than the counts allow: what was refused is not there.
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

        db.AddRange(keys.Select(key => new RateLimitEvent { Key = key.Today, At = now }));
        return null;
    }

    /// <summary>
    /// Makes all who count one of these keys wait until the transaction ends, so that many at once cannot all pass a limit that has
    /// room for one. <see cref="TakeAsync(ArmTwitchDb, IReadOnlyList{RateLimitKey}, CancellationToken)"/> does it for its own keys. To call
    /// before it: by who takes keys of several subjects in one transaction, with all of them, for two who each wait for what the other has
    /// would wait for ever; and by who reads first what a rival may be about to write.
    /// </summary>
    public static async Task LockAsync(ArmTwitchDb db, IEnumerable<RateLimitKey> keys, CancellationToken cancellationToken = default)
    {
        // SQLite has one writer at a time anyway.
        if (!db.Database.IsNpgsql())
            return;
        var numbers = keys.SelectMany(key => key.All).Select(key => BitConverter.ToInt64(key)).Distinct().Order().ToArray();
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(number) FROM unnest({numbers}) AS number", cancellationToken);
    }

    /// <summary>Forgets all that was counted, for instance wrong passwords before the right one.</summary>
    public async Task DeleteExpiredAsync(IReadOnlyList<RateLimitKey> keys, CancellationToken cancellationToken = default)
    {
        var stored = StoredOf(keys);
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        await write.Db.Set<RateLimitEvent>().Where(one => stored.Contains(one.Key)).ExecuteDeleteAsync(cancellationToken);
        await write.CommitAsync(cancellationToken);
        foreach (var key in keys)
            refusals.TryRemove((key.Limit, Number(key.Today)), out _);
    }

    /// <summary>Takes back what was counted last for each key, when it turns out to be nothing that counts.</summary>
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

    /// <summary>Whether the keys were refused a moment ago, which asks no database: for before a transaction begins.</summary>
    /// <returns>When it is worth trying again; null when that is not known.</returns>
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

    /// <param name="times">When the key was counted, the newest first.</param>
    /// <returns>When all its windows have room.</returns>
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
