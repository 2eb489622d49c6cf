using System.Net;

namespace ArmTwitch.Data;

/// <summary>Knows again where somebody writes from without keeping the address.</summary>
public sealed class Network(DailyKeys keys, Database database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Where a request comes from. Await it before a transaction begins.</summary>
    public async Task<ClientNetwork> OfAsync(IPAddress? address, CancellationToken cancellationToken = default)
    {
        var (narrow, wide) = ClientNetwork.PrefixesOf(address);
        return new ClientNetwork(
            await keys.HashAsync("network", narrow, cancellationToken), wide is { } prefix ? await keys.HashAsync("wide network", prefix, cancellationToken) : null);
    }

    /// <returns>Null when the database does not give the key.</returns>
    public async Task<ClientNetwork?> TryOfAsync(IPAddress? address, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            return await OfAsync(address, cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            return null;
        }
    }
}
