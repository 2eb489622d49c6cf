using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Pages;

/// <summary>The site's name and public address.</summary>
public sealed class SiteOptions
{
    [Required(AllowEmptyStrings = false), StringLength(60)]
    public string Name { get; init; } = "ArmTwitch";

    /// <summary>
    /// The public origin, such as <c>https://armtwitch.example</c>, from which every absolute link is built. Empty means the
    /// address the program listens on, which is allowed in Development only.
    /// </summary>
    [Origin]
    public string BaseUrl { get; init; } = "";

    /// <summary>
    /// A mailbox that somebody reads, for readers who found a mistake. When it is empty, pages lead them to the note at the end of an
    /// article alone.
    /// </summary>
    [MailtoAddress]
    public string ContactAddress { get; init; } = "";

    /// <summary>
    /// For how many days browsers use only https (Strict-Transport-Security, RFC 6797); 0 sends no such header.
    /// </summary>
    [Range(0, 3650)]
    public int HstsDays { get; init; } = 365;

    /// <summary>Whether <see cref="HstsDays"/> also covers all subdomains, which may belong to other sites.</summary>
    public bool HstsIncludeSubDomains { get; init; }
}

/// <summary>An origin (RFC 6454): scheme, host and perhaps a port, and no path. Empty is valid.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OriginAttribute()
    : ValidationAttribute("be http:// or https:// and a host, with no path, such as https://armtwitch.example")
{
    public override bool IsValid(object? value) =>
        value is "" || (Uri.TryCreate(value as string, UriKind.Absolute, out var uri)
            && (uri.Scheme is "http" or "https") && uri.PathAndQuery is "/" && uri.Fragment.Length is 0 && uri.UserInfo.Length is 0);
}
