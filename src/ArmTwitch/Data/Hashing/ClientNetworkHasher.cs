using System.Net;

namespace ArmTwitch.Data.Hashing;

/// <summary>Hashes the network of a client, so that its address need not be kept.</summary>
public sealed class ClientNetworkHasher(DailyKeyHasher dailyHasher)
{
    /// <summary>Call it before a transaction begins: the first hash of a day writes the key.</summary>
    public async Task<ClientNetwork> HashAsync(IPAddress? address, CancellationToken cancellationToken = default)
    {
        var (narrow, wide) = ClientNetwork.PrefixesOf(address);
        return new ClientNetwork(
            await dailyHasher.HashAsync("network", narrow, cancellationToken),
            wide is { } prefix ? await dailyHasher.HashAsync("wide network", prefix, cancellationToken) : null);
    }
}
