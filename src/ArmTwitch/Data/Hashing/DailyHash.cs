using System.Security.Cryptography;

namespace ArmTwitch.Data.Hashing;

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
