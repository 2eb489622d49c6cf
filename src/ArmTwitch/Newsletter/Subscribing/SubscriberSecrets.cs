using System.Buffers.Text;
using System.Text;
using ArmTwitch.Data.Hashing;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>What is made from a key of the program and never stored: unsubscribe tokens, and hashes of codes and addresses.</summary>
public sealed class SubscriberSecrets(SecretKeyHasher secretHasher)
{
    private const string UnsubscribeKey = "newsletter unsubscribe", CodeKey = "newsletter code", AddressKey = "newsletter address";

    /// <summary>Makes the keys where there are none yet. Await it before a transaction begins, which a new key would wait for.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        foreach (var key in new[] { UnsubscribeKey, CodeKey, AddressKey })
            await secretHasher.HashAsync(key, ReadOnlyMemory<byte>.Empty, cancellationToken);
    }

    /// <summary>The token in every unsubscribe link of one subscriber: 256 bits that only the key can make.</summary>
    public async Task<string> UnsubscribeTokenAsync(Guid subscriber, CancellationToken cancellationToken = default) =>
        Base64Url.EncodeToString(await secretHasher.HashAsync(UnsubscribeKey, subscriber.ToByteArray(), cancellationToken));

    public async Task<byte[]> UnsubscribeHashAsync(Guid subscriber, CancellationToken cancellationToken = default) =>
        SecretToken.Hash(SubscriberToken.Unsubscribe, await UnsubscribeTokenAsync(subscriber, cancellationToken))!;

    /// <summary>Eight digits can all be tried; with the key, only here.</summary>
    public Task<byte[]> CodeHashAsync(string key, string code, CancellationToken cancellationToken = default) =>
        secretHasher.HashAsync(CodeKey, Encoding.UTF8.GetBytes($"{key}\n{code}"), cancellationToken);

    public Task<byte[]> AddressHashAsync(string key, CancellationToken cancellationToken = default) =>
        secretHasher.HashAsync(AddressKey, Encoding.UTF8.GetBytes(key), cancellationToken);
}
