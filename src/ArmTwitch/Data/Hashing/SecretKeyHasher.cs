using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data.Hashing;

/// <summary>Makes keyed hashes (HMAC-SHA-256, RFC 2104) with keys that stay. The first use of a key writes it.</summary>
public sealed class SecretKeyHasher(IDbContextFactory<ArmTwitchDb> databases)
{
    private const int KeyLength = 32;

    private readonly ConcurrentDictionary<string, byte[]> known = new();

    public async Task<byte[]> HashAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default) =>
        HMACSHA256.HashData(await KeyAsync(name, cancellationToken), value.Span);

    private async Task<byte[]> KeyAsync(string name, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(name, out var key))
            return key;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindAsync() is { } kept)
            return known.GetOrAdd(name, kept);
        db.Add(new Secret { Name = name, Value = RandomNumberGenerator.GetBytes(KeyLength) });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another replica may have inserted the key; then that one is used.
            if (await FindAsync() is null)
                throw;
        }

        return known.GetOrAdd(name, (await FindAsync())!);

        Task<byte[]?> FindAsync() =>
            db.Set<Secret>().AsNoTracking().Where(secret => secret.Name == name)
                .Select(secret => (byte[]?)secret.Value).SingleOrDefaultAsync(cancellationToken);
    }
}
