using ArmTwitch.Pages.HttpPolicies;
using Microsoft.Extensions.Primitives;

namespace ArmTwitch.Pages.Store;

/// <summary>The headers that stored pages of one kind share.</summary>
/// <param name="Compresses">False for formats that are compressed already.</param>
public sealed record PageKind(
    StringValues ContentType, StringValues CacheControl, StringValues Policy, bool Compresses = true)
{
    private const string Revalidate = "public, max-age=0, must-revalidate";

    /// <summary>For an address that names its content: a year, which is the longest that caches heed (RFC 9111, RFC 8246).</summary>
    private const string Forever = "public, max-age=31536000, immutable";

    /// <summary>A property, because the policy holds the hash of the current stylesheet.</summary>
    public static PageKind Html => new("text/html; charset=utf-8", Revalidate, ContentSecurityPolicy.ReaderPages);

    public static readonly PageKind Atom = new("application/atom+xml; charset=utf-8", Revalidate, ContentSecurityPolicy.Nothing);
    public static readonly PageKind JsonFeed = new("application/feed+json; charset=utf-8", Revalidate, ContentSecurityPolicy.Nothing);
    public static readonly PageKind Xml = new("application/xml; charset=utf-8", Revalidate, ContentSecurityPolicy.Nothing);
    public static readonly PageKind Text = new("text/plain; charset=utf-8", Revalidate, ContentSecurityPolicy.Nothing);
    public static readonly PageKind Png = new("image/png", "public, max-age=86400", ContentSecurityPolicy.Nothing, Compresses: false);
    public static readonly PageKind Icon = new("image/x-icon", "public, max-age=86400", ContentSecurityPolicy.Nothing);
    public static readonly PageKind Woff2 = new("font/woff2", Forever, ContentSecurityPolicy.Nothing, Compresses: false);
    public static readonly PageKind Svg = new("image/svg+xml", "public, max-age=86400", ContentSecurityPolicy.Nothing);
}
