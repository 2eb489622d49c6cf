using System.Net;

namespace ArmTwitch.Hosting;

/// <summary>Who is told how the site does.</summary>
public sealed class MetricsOptions
{
    /// <summary>Whether the page <c>/metrics</c> is served.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// Addresses or networks (CIDR) that are told more than a status, such as the reasons in <c>/health/ready</c>; loopback when it is
    /// empty.
    /// </summary>
    [Networks]
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Whether the client may be told.</summary>
    internal bool Allows(IPAddress? client)
    {
        // A client without an address has come over a socket of this machine.
        if (client is null)
            return true;
        var address = client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client;
        return Allow.Count is 0 ? IPAddress.IsLoopback(address) : Allow.Any(network => NetworksAttribute.Read(network).Contains(address));
    }
}
