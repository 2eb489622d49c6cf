using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Data.Hashing;

namespace ArmTwitch.Limits;

/// <summary>A sliding window: the most events within a length of time.</summary>
/// <param name="Length">At most <see cref="RateLimit.LongestWindow"/>.</param>
public readonly record struct RateWindow(int Count, TimeSpan Length);

/// <summary>How often one subject may do one thing: a network, a mailbox or a comment.</summary>
/// <param name="name">Unique: it is hashed with the subject, so that keys of two limits cannot be linked.</param>
/// <param name="windows">All of them must have room.</param>
public sealed class RateLimit(string name, params RateWindow[] windows)
{
    /// <summary>Older events are deleted.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    public string Name => name;

    public IReadOnlyList<RateWindow> Windows => windows;

    /// <summary>Whether it holds even if <see cref="RateLimitOptions.Enabled"/> is false, such as the lockout of an account.</summary>
    public bool IsAlwaysOn { get; init; }

    /// <summary>
    /// Counts the network and, for IPv6, its /48, whose limit is <see cref="RateLimitOptions.WideNetworkFactor"/> times as high.
    /// </summary>
    public IReadOnlyList<RateLimitKey> For(ClientNetwork network) =>
        network.Wide is { } wide ? [Key(network.Narrow), Key(wide, isWide: true)] : [Key(network.Narrow)];

    /// <summary>Counts anything that was hashed with <see cref="DailyKeyHasher"/>, such as a mailbox.</summary>
    public IReadOnlyList<RateLimitKey> For(DailyHash subject) => [Key(subject)];

    /// <summary>Counts something that identifies nobody, such as a comment.</summary>
    public IReadOnlyList<RateLimitKey> For(Guid subject) => [Key(new DailyHash(subject.ToByteArray(), null))];

    private RateLimitKey Key(DailyHash subject, bool isWide = false) =>
        new(this, KeyOf(subject.Today), subject.Yesterday is null ? null : KeyOf(subject.Yesterday), isWide);

    private byte[] KeyOf(byte[] subject) => SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0, .. subject])[..RateLimitEvent.KeyLength];
}

/// <summary>One subject of one limit, as it is stored.</summary>
/// <param name="Yesterday">The key before midnight; null for none.</param>
/// <param name="IsWide">Whether it is a /48.</param>
public sealed record RateLimitKey(RateLimit Limit, byte[] Today, byte[]? Yesterday, bool IsWide)
{
    internal IEnumerable<byte[]> All => Yesterday is null ? [Today] : [Today, Yesterday];
}
