using System.Net;
using System.Net.Sockets;

namespace ArmTwitch.Data.Hashing;

/// <summary>The network that a request comes from, known again for a day without its address being kept.</summary>
/// <param name="Narrow">The /24 of an IPv4 address, the /56 of an IPv6 address: about one household.</param>
/// <param name="Wide">The /48 of an IPv6 address, of which one subscriber may have all 256 networks; null for IPv4.</param>
public sealed record ClientNetwork(DailyHash Narrow, DailyHash? Wide)
{
    private const int Ipv4Bytes = 3, Ipv6Bytes = 7, WideIpv6Bytes = 6;

    /// <summary>For what one subscriber may do once, however many networks they have.</summary>
    public DailyHash Widest => Wide ?? Narrow;

    /// <summary>The network together with something else, such as an account that is tried from it.</summary>
    public ClientNetwork With(byte[] other) => new(Narrow.With(other), Wide?.With(other));

    /// <summary>The leading bytes of the address that make the narrow and the wide network.</summary>
    public static (ReadOnlyMemory<byte> Narrow, ReadOnlyMemory<byte>? Wide) PrefixesOf(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.Loopback;
        var bytes = plain.GetAddressBytes();
        if (plain.AddressFamily is AddressFamily.InterNetwork)
            return (bytes.AsMemory(0, Ipv4Bytes), null);
        return (bytes.AsMemory(0, Ipv6Bytes), bytes.AsMemory(0, WideIpv6Bytes));
    }
}
