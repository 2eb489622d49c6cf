using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Pages;

/// <summary>The site's name and public origin.</summary>
public sealed class Site(IOptions<SiteOptions> options, IServer server, IConfiguration configuration)
{
    public string Name => options.Value.Name;

    /// <summary>Scheme, host and port, without a slash at the end. Never taken from a request, whose Host header may be forged.</summary>
    public string Origin => options.Value.BaseUrl.Length > 0 ? options.Value.BaseUrl.TrimEnd('/') : ListeningAddress();

    /// <summary>Where readers can write to; null for nowhere.</summary>
    public string? ContactAddress => options.Value.ContactAddress is { Length: > 0 } address ? address : null;

    public string Absolute(string address) => Origin + address;

    private string ListeningAddress()
    {
        // A command does not listen. It makes links for the site that does, which has the same settings.
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? configuration["urls"]?.Split(';')[0] ?? "http://localhost";
        return first.Replace("[::]", "localhost", StringComparison.Ordinal)
            .Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("127.0.0.1", "localhost", StringComparison.Ordinal)
            .TrimEnd('/');
    }
}
