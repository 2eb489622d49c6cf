using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ArmTwitch.Articles;
using ArmTwitch.Pages;

namespace ArmTwitch.Feeds;

/// <summary>The sitemap for search engines (sitemaps.org), and the robots.txt that names it (RFC 9309).</summary>
internal sealed class Sitemap(ArticleLibrary library, Site site)
{
    /// <summary>The most addresses that one sitemap may hold.</summary>
    private const int MaxAddresses = 50_000;

    private static readonly XNamespace Format = "http://www.sitemaps.org/schemas/sitemap/0.9";

    public byte[] Xml()
    {
        var content = library.Current;
        var addresses = new[] { ("/", (DateOnly?)null), ("/articles", null), ("/topics", null), ("/visit-sheet", null) }
            .Concat(content.Latest.Select(article => (article.Address, (DateOnly?)article.ChangedOn)))
            .Concat(content.Topics.Select(topic => (topic.Address, (DateOnly?)null)))
            .Concat(content.Authors.Select(author => (author.Address, (DateOnly?)null)))
            .Concat(content.Pages.Select(page => (page.Address, (DateOnly?)page.LastReviewedOn)));
        var urls = addresses.Take(MaxAddresses).Select(entry => new XElement(
            Format + "url",
            new XElement(Format + "loc", site.Absolute(entry.Item1)),
            entry.Item2 is { } changed
                ? new XElement(Format + "lastmod", changed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                : null));

        using var bytes = new MemoryStream();
        using (var xml = new WellFormedXmlWriter(bytes))
            new XDocument(new XElement(Format + "urlset", urls)).Save(xml);
        return bytes.ToArray();
    }

    public byte[] Robots() => Encoding.UTF8.GetBytes($"""
        User-agent: *
        Disallow: /moderation
        Disallow: /search
        Disallow: /check

        Sitemap: {site.Absolute("/sitemap.xml")}

        """.ReplaceLineEndings("\n"));
}
