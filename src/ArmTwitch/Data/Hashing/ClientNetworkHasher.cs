using System.Net;
using ArmTwitch.Data.Availability;

namespace ArmTwitch.Data.Hashing;

/// <summary>Knows again where somebody writes from without keeping the address.</summary>
public sealed class ClientNetworkHasher(DailyKeyHasher dailyHasher, DatabaseInitializer database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Where a request comes from. Await it before a transaction begins.</summary>
    public async Task<ClientNetwork> HashAsync(IPAddress? address, CancellationToken cancellationToken = default)
    {
        var (narrow, wide) = ClientNetwork.PrefixesOf(address);
        return new ClientNetwork(
            await dailyHasher.HashAsync("network", narrow, cancellationToken),
            wide is { } prefix ? await dailyHasher.HashAsync("wide network", prefix, cancellationToken) : null);
    }

    /// <returns>Null when the database does not give the key.</returns>
    public async Task<ClientNetwork?> TryHashAsync(IPAddress? address, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            return await HashAsync(address, cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return null;
        }
    }
}
