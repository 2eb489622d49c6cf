using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Data.Hashing;

namespace ArmTwitch.Limits;

/// <summary>So many in so long, whenever one begins to look.</summary>
/// <param name="Length">At most <see cref="RateLimit.LongestWindow"/>.</param>
public readonly record struct RateWindow(int Count, TimeSpan Length);

/// <summary>How often one thing may be done by one subject: a network, a mailbox or a comment.</summary>
/// <param name="name">Tells it from every other limit; subjects of two limits are not counted together, and cannot be linked.</param>
/// <param name="windows">All of them must have room.</param>
public sealed class RateLimit(string name, params RateWindow[] windows)
{
    /// <summary>What lies further back is forgotten.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(1);

    public string Name => name;

    public IReadOnlyList<RateWindow> Windows => windows;

    /// <summary>Whether it holds where limits are lifted for load tests, such as the lock of an account.</summary>
    public bool IsAlwaysOn { get; init; }

    /// <summary>
    /// Counts the network and, for IPv6, its /48, which may do <see cref="RateLimitOptions.WideNetworkFactor"/> times as much.
    /// </summary>
    public IReadOnlyList<RateLimitKey> For(ClientNetwork network) =>
        network.Wide is { } wide ? [Key(network.Narrow), Key(wide, isWide: true)] : [Key(network.Narrow)];

    /// <summary>Counts a mailbox, an account, or whatever else was hashed with <see cref="DailyKeyHasher"/>.</summary>
    public IReadOnlyList<RateLimitKey> For(DailyHash subject) => [Key(subject)];

    /// <summary>Counts something that says nothing about a person, such as a comment.</summary>
    public IReadOnlyList<RateLimitKey> For(Guid subject) => [Key(new DailyHash(subject.ToByteArray(), null))];

    private RateLimitKey Key(DailyHash subject, bool isWide = false) =>
        new(this, KeyOf(subject.Today), subject.Yesterday is null ? null : KeyOf(subject.Yesterday), isWide);

    private byte[] KeyOf(byte[] subject) => SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 0, .. subject])[..RateLimitEvent.KeyLength];
}

/// <summary>One subject of one limit, as it is stored.</summary>
/// <param name="Yesterday">What it was stored under before midnight; null when that does not count.</param>
/// <param name="IsWide">Whether it stands for many networks.</param>
public sealed record RateLimitKey(RateLimit Limit, byte[] Today, byte[]? Yesterday, bool IsWide)
{
    internal IEnumerable<byte[]> All => Yesterday is null ? [Today] : [Today, Yesterday];
}
