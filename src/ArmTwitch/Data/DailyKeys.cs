using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Data;

/// <summary>The key of one day (UTC). It has a table of its own, so that a backup can leave it out.</summary>
public sealed class DailyKey
{
    public required DateOnly Day { get; init; }

    public required byte[] Value { get; init; }
}

/// <summary>A keyed hash of something that is known again for a day and no longer.</summary>
/// <param name="Today">What is stored.</param>
/// <param name="Yesterday">The same thing, if it was stored before midnight; null when no key of yesterday is there.</param>
public sealed record DailyHash(byte[] Today, byte[]? Yesterday)
{
    /// <summary>What to look for.</summary>
    public IReadOnlyList<byte[]> All => Yesterday is null ? [Today] : [Today, Yesterday];

    /// <summary>The hash of this together with something else, such as an account seen from a network.</summary>
    public DailyHash With(ReadOnlySpan<byte> other) =>
        new(SHA256.HashData([.. Today, .. other]), Yesterday is null ? null : SHA256.HashData([.. Yesterday, .. other]));
}

/// <summary>
/// Makes keyed hashes with a key made anew each day and shared by all replicas. The key of the day before is kept for a day, so that
/// a window that reaches over midnight can be looked at; then it is deleted, and nobody can tell any more what its hashes stood for.
/// </summary>
public sealed class DailyKeys(IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, TimeProvider clock)
{
    private const int KeyLength = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private volatile Keys? known;

    private DateOnly Day => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Await it before a transaction begins, which a new key would wait for.</summary>
    /// <param name="kind">What it is; equal values of two kinds have different hashes.</param>
    public async Task<DailyHash> HashAsync(string kind, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default)
    {
        var keys = known is { } fresh && fresh.Day == Day ? fresh : await ReadAsync(cancellationToken);
        byte[] message = [.. Encoding.UTF8.GetBytes(kind), 0, .. value.Span];
        return new DailyHash(HMACSHA256.HashData(keys.Today, message), keys.Yesterday is null ? null : HMACSHA256.HashData(keys.Yesterday, message));
    }

    public Task<DailyHash> HashAsync(string kind, string value, CancellationToken cancellationToken = default) =>
        HashAsync(kind, Encoding.UTF8.GetBytes(value), cancellationToken);

    /// <summary>Deletes the keys that are older than yesterday's.</summary>
    public Task<int> ForgetAsync(RetentionRound round, CancellationToken cancellationToken = default)
    {
        var yesterday = Day.AddDays(-1);
        if (known?.Day < Day)
            known = null;
        return round.DeleteAsync(round.Db.Set<DailyKey>().Where(key => key.Day < yesterday), cancellationToken);
    }

    private async Task<Keys> ReadAsync(CancellationToken cancellationToken)
    {
        var (today, yesterday) = (Day, Day.AddDays(-1));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync();
        if (!found.ContainsKey(today))
        {
            var value = RandomNumberGenerator.GetBytes(KeyLength);
            using (await gate.EnterAsync(Patience, cancellationToken))
            {
                // Another replica may be faster; its key counts.
                await db.Database.ExecuteSqlAsync($"""INSERT INTO "DailyKeys" ("Day", "Value") VALUES ({today}, {value}) ON CONFLICT DO NOTHING""", cancellationToken);
                await db.Set<DailyKey>().Where(key => key.Day < yesterday).ExecuteDeleteAsync(cancellationToken);
            }

            found = await FindAsync();
        }

        return known = new Keys(today, found[today], found.GetValueOrDefault(yesterday));

        Task<Dictionary<DateOnly, byte[]>> FindAsync() => db.Set<DailyKey>().AsNoTracking()
            .Where(key => key.Day == today || key.Day == yesterday).ToDictionaryAsync(key => key.Day, key => key.Value, cancellationToken);
    }

    private sealed record Keys(DateOnly Day, byte[] Today, byte[]? Yesterday);
}

internal sealed class DailyKeyTable : IEntityTypeConfiguration<DailyKey>
{
    public void Configure(EntityTypeBuilder<DailyKey> builder)
    {
        builder.ToTable("DailyKeys");
        builder.HasKey(key => key.Day);
    }
}
