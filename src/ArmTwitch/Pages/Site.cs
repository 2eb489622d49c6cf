using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using MimeKit;

namespace ArmTwitch.Pages;

/// <summary>The site's name and public origin.</summary>
public sealed class Site(IOptions<SiteOptions> options, IServer server, IConfiguration configuration)
{
    /// <summary>How mailboxes begin that nobody reads.</summary>
    private static readonly string[] Unread = ["noreply", "donotreply", "bounce"];

    public string Name => options.Value.Name;

    /// <summary>Scheme, host and port, without a slash at the end. Never taken from a request, whose Host header may be forged.</summary>
    public string Origin => options.Value.BaseUrl.Length > 0 ? options.Value.BaseUrl.TrimEnd('/') : ListeningAddress();

    /// <summary>Where readers can write to; null for nowhere.</summary>
    public string? ContactAddress =>
        options.Value.ContactAddress is { Length: > 0 } address ? address
        : MailboxAddress.TryParse(configuration["Mail:From"], out var sender) && TakesReplies(sender.Address) ? sender.Address
        : null;

    public string Absolute(string address) => Origin + address;

    private static bool TakesReplies(string address)
    {
        var name = string.Concat(address.Split('@')[0].Where(char.IsLetter));
        return new MailtoAddressAttribute().IsValid(address)
            && !Unread.Any(unread => name.StartsWith(unread, StringComparison.OrdinalIgnoreCase));
    }

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
