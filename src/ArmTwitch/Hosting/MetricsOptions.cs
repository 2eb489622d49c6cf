using System.Net;

namespace ArmTwitch.Hosting;

/// <summary>Who may see metrics and health details.</summary>
public sealed class MetricsOptions
{
    /// <summary>Whether the page <c>/metrics</c> is served.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// Addresses or networks (CIDR) that see details, such as the reasons in <c>/health/ready</c>; empty means loopback.
    /// </summary>
    [Networks]
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Whether the client may see them.</summary>
    internal bool Allows(IPAddress? client)
    {
        // No address: a client on a Unix socket of this machine.
        if (client is null)
            return true;
        var address = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        return Allow.Count is 0 ? IPAddress.IsLoopback(address) : Allow.Any(network => NetworksAttribute.Read(network).Contains(address));
    }
}
