using System.Net;

namespace ArmTwitch.Data.Hashing;

/// <summary>Knows again where somebody writes from without keeping the address.</summary>
public sealed class ClientNetworkHasher(DailyKeyHasher dailyHasher)
{
    /// <summary>Where a request comes from. Await it before a transaction begins.</summary>
    public async Task<ClientNetwork> HashAsync(IPAddress? address, CancellationToken cancellationToken = default)
    {
        var (narrow, wide) = ClientNetwork.PrefixesOf(address);
        return new ClientNetwork(
            await dailyHasher.HashAsync("network", narrow, cancellationToken),
            wide is { } prefix ? await dailyHasher.HashAsync("wide network", prefix, cancellationToken) : null);
    }
}
