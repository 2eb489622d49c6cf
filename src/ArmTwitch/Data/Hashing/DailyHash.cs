using System.Security.Cryptography;

namespace ArmTwitch.Data.Hashing;

/// <summary>A keyed hash with the key of the day.</summary>
/// <param name="Today">The hash to store.</param>
/// <param name="Yesterday">The hash with yesterday's key, to find what was stored before midnight; null without such a key.</param>
public sealed record DailyHash(byte[] Today, byte[]? Yesterday)
{
    /// <summary>The hashes to look for.</summary>
    public IReadOnlyList<byte[]> All => Yesterday is null ? [Today] : [Today, Yesterday];

    /// <summary>Combines the hash with something else, such as an account.</summary>
    public DailyHash With(ReadOnlySpan<byte> other) =>
        new(SHA256.HashData([.. Today, .. other]), Yesterday is null ? null : SHA256.HashData([.. Yesterday, .. other]));
}
