using System.Buffers.Text;
using System.Text;
using ArmTwitch.Data.Hashing;

namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Unsubscribe tokens and hashes of codes and addresses, made from keys in the database.</summary>
public sealed class SubscriberSecrets(SecretKeyHasher secretHasher)
{
    private const string UnsubscribeKey = "newsletter unsubscribe", CodeKey = "newsletter code", AddressKey = "newsletter address";

    /// <summary>Creates missing keys. Call it before a transaction begins: a new key is a write of its own and would wait for it.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        foreach (var key in new[] { UnsubscribeKey, CodeKey, AddressKey })
            await secretHasher.HashAsync(key, ReadOnlyMemory<byte>.Empty, cancellationToken);
    }

    /// <summary>The token in every unsubscribe link of one subscriber: 256 bits, not stored, always the same.</summary>
    public async Task<string> UnsubscribeTokenAsync(Guid subscriber, CancellationToken cancellationToken = default) =>
        Base64Url.EncodeToString(await secretHasher.HashAsync(UnsubscribeKey, subscriber.ToByteArray(), cancellationToken));

    public async Task<byte[]> UnsubscribeHashAsync(Guid subscriber, CancellationToken cancellationToken = default) =>
        SecretToken.Hash(SubscriberToken.Unsubscribe, await UnsubscribeTokenAsync(subscriber, cancellationToken))!;

    /// <summary>A keyed hash: a plain one of eight digits could be reversed by trying them all.</summary>
    public Task<byte[]> CodeHashAsync(string key, string code, CancellationToken cancellationToken = default) =>
        secretHasher.HashAsync(CodeKey, Encoding.UTF8.GetBytes($"{key}\n{code}"), cancellationToken);

    public Task<byte[]> AddressHashAsync(string key, CancellationToken cancellationToken = default) =>
        secretHasher.HashAsync(AddressKey, Encoding.UTF8.GetBytes(key), cancellationToken);
}
