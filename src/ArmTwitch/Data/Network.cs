using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Data;

/// <summary>Knows again where somebody writes from without keeping the address.</summary>
public sealed class Network(Secrets secrets, DailyKeys keys, Database database)
{
    private const int Ipv4Bytes = 3, Ipv6Bytes = 7;

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

    /// <summary>A keyed hash of the network: /24 of an IPv4 address, /56 of an IPv6 address.</summary>
    public Task<byte[]> HashAsync(IPAddress? address, CancellationToken cancellationToken = default)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.Loopback;
        var length = plain.AddressFamily is AddressFamily.InterNetwork ? Ipv4Bytes : Ipv6Bytes;
        return secrets.HashAsync("networks", plain.GetAddressBytes().AsMemory(0, length), cancellationToken);
    }

    /// <returns>Null when the database does not give the key.</returns>
    public async Task<byte[]?> TryHashAsync(IPAddress? address, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            return await HashAsync(address, cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            return null;
        }
    }

    /// <summary>Two posts from one network wait for each other until the transaction ends, so that both cannot pass a limit that has room for one.</summary>
    internal static async Task AwaitTurnsAsync(ArmTwitchDb db, IEnumerable<byte[]> networks, CancellationToken cancellationToken = default)
    {
        // SQLite has one writer at a time anyway.
        if (!db.Database.IsNpgsql())
            return;
        // Always in the same order: two who each wait for what the other has would wait for ever.
        foreach (var key in networks.Select(network => BitConverter.ToInt64(network)).Distinct().Order())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({key})", cancellationToken);
    }
}
