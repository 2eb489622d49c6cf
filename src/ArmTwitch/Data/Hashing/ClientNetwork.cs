using System.Net;
using System.Net.Sockets;

namespace ArmTwitch.Data.Hashing;

/// <summary>The network that a request comes from, as hashes that can be compared for a day.</summary>
/// <param name="Narrow">The /24 of an IPv4 address, the /56 of an IPv6 address: about one household.</param>
/// <param name="Wide">The /48 of an IPv6 address: one subscriber line may have all 256 narrow networks of it. Null for IPv4.</param>
public sealed record ClientNetwork(DailyHash Narrow, DailyHash? Wide)
{
    private const int Ipv4Bytes = 3, Ipv6Bytes = 7, WideIpv6Bytes = 6;

    /// <summary>For what a subscriber line may do once.</summary>
    public DailyHash Widest => Wide ?? Narrow;

    /// <summary>The network combined with something else, such as an account.</summary>
    public ClientNetwork With(byte[] other) => new(Narrow.With(other), Wide?.With(other));

    /// <summary>The leading bytes of an address that are its narrow and its wide network.</summary>
    public static (ReadOnlyMemory<byte> Narrow, ReadOnlyMemory<byte>? Wide) PrefixesOf(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address ?? IPAddress.Loopback;
        var bytes = plain.GetAddressBytes();
        if (plain.AddressFamily is AddressFamily.InterNetwork)
            return (bytes.AsMemory(0, Ipv4Bytes), null);
        return (bytes.AsMemory(0, Ipv6Bytes), bytes.AsMemory(0, WideIpv6Bytes));
    }
}
