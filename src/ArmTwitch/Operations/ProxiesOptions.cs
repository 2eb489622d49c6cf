namespace ArmTwitch.Operations;

/// <summary>Whose word on the reader's address and scheme is believed.</summary>
public sealed class ProxiesOptions
{
    /// <summary>Addresses or networks (CIDR) of reverse proxies whose X-Forwarded-* headers count, beside loopback.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];
}
