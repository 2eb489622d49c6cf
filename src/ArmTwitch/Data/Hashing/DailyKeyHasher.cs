using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Data.Retention;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Hashing;

/// <summary>
/// Makes keyed hashes with a new key each day (UTC), shared by all replicas. Yesterday's key is kept for rate windows that reach over
/// midnight. After that it is deleted, and its hashes cannot be attributed to anybody any more.
/// </summary>
public sealed class DailyKeyHasher(IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, TimeProvider clock)
{
    private const int KeyLength = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private volatile LoadedKeys? known;

    private DateOnly Day => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Call it before a transaction begins: the first call of a day writes the key, and would wait for that transaction.</summary>
    /// <param name="kind">Equal values of two kinds have different hashes.</param>
    public async Task<DailyHash> HashAsync(string kind, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default)
    {
        var keys = known is { } fresh && fresh.Day == Day ? fresh : await ReadAsync(cancellationToken);
        byte[] message = [.. Encoding.UTF8.GetBytes(kind), 0, .. value.Span];
        return new DailyHash(
            HMACSHA256.HashData(keys.Today, message), keys.Yesterday is null ? null : HMACSHA256.HashData(keys.Yesterday, message));
    }

    public Task<DailyHash> HashAsync(string kind, string value, CancellationToken cancellationToken = default) =>
        HashAsync(kind, Encoding.UTF8.GetBytes(value), cancellationToken);

    /// <summary>Deletes keys older than yesterday's.</summary>
    public Task<int> DeleteOldKeysAsync(RetentionContext context, CancellationToken cancellationToken = default)
    {
        var yesterday = Day.AddDays(-1);
        if (known?.Day < Day)
            known = null;
        return context.DeleteAsync(context.Db.Set<DailyKey>().Where(key => key.Day < yesterday), cancellationToken);
    }

    private async Task<LoadedKeys> ReadAsync(CancellationToken cancellationToken)
    {
        var (today, yesterday) = (Day, Day.AddDays(-1));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync();
        if (!found.ContainsKey(today))
        {
            var value = RandomNumberGenerator.GetBytes(KeyLength);
            await using (var write = await writing.BeginAsync(db, Patience, cancellationToken))
            {
                // Another replica may have inserted a key; then that one is used.
                await db.Database.ExecuteSqlAsync(
                    $"""INSERT INTO "DailyKeys" ("Day", "Value") VALUES ({today}, {value}) ON CONFLICT DO NOTHING""", cancellationToken);
                await db.Set<DailyKey>().Where(key => key.Day < yesterday).ExecuteDeleteAsync(cancellationToken);
                await write.CommitAsync(cancellationToken);
            }

            found = await FindAsync();
        }

        return known = new LoadedKeys(today, found[today], found.GetValueOrDefault(yesterday));

        Task<Dictionary<DateOnly, byte[]>> FindAsync() => db.Set<DailyKey>().AsNoTracking()
            .Where(key => key.Day == today || key.Day == yesterday).ToDictionaryAsync(key => key.Day, key => key.Value, cancellationToken);
    }

    private sealed record LoadedKeys(DateOnly Day, byte[] Today, byte[]? Yesterday);
}
