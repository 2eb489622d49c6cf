using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ArmTwitch.Hosting;

/// <summary>The reverse proxies whose X-Forwarded-* headers are trusted.</summary>
public sealed class ProxiesOptions
{
    /// <summary>Their addresses or networks (CIDR), in addition to loopback.</summary>
    [Networks]
    public IReadOnlyList<string> Known { get; init; } = [];
}

/// <summary>IP addresses, or networks in CIDR notation (RFC 4632).</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NetworksAttribute() : ValidationAttribute("hold IP addresses or networks such as 10.0.0.0/8")
{
    public override bool IsValid(object? value) => value is IEnumerable<string> all && all.All(IsNetwork);

    /// <summary>A single address becomes a network of one address.</summary>
    public static IPNetwork Read(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, 8 * address.GetAddressBytes().Length) : IPNetwork.Parse(text);

    private static bool IsNetwork(string text) => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _);
}
