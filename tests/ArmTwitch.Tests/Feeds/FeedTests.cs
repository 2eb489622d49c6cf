using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace ArmTwitch.Tests.Feeds;

public sealed partial class FeedTests(SharedSite shared) : IClassFixture<SharedSite>, IDisposable
{
    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_atom_feed_is_valid_and_holds_the_full_text()
    {
        var xml = await ReadAsync(shared.Site, "/feed.xml");
        using var reader = XmlReader.Create(new StringReader(xml));

        var feed = SyndicationFeed.Load(reader);

        var articles = shared.Site.Get<ArmTwitch.Articles.ArticleLibrary>().Current.Latest;
        Assert.Equal(articles.Count, feed.Items.Count());
        Assert.Equal("https://armtwitch.test/feed.xml", feed.Links.Single(link => link.RelationshipType is "self").Uri.ToString());
        Assert.All(feed.Items, item =>
        {
            Assert.StartsWith("urn:uuid:", item.Id, StringComparison.Ordinal);
            Assert.NotEqual(default, item.LastUpdatedTime);
            Assert.NotEmpty(item.Authors);
            var html = Assert.IsType<TextSyndicationContent>(item.Content).Text;
            Assert.True(html.Length > 3000);
            Assert.DoesNotContain("href=\"/", html, StringComparison.Ordinal);
            Assert.DoesNotContain("href=\"#", html, StringComparison.Ordinal);
            Assert.Contains("No clinician has checked", html, StringComparison.Ordinal);
        });
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var root = XDocument.Parse(xml).Root!;
        Assert.All(root.Elements(atom + "entry").Append(root), element =>
        {
            Assert.Single(element.Elements(atom + "id"));
            Assert.Single(element.Elements(atom + "title"));
            Assert.Single(element.Elements(atom + "updated"));
        });
    }

    [Fact]
    public async Task An_article_of_today_carries_the_time_at_which_it_appeared()
    {
        content.WriteArticle("older", published: "2026-11-29");
        content.WriteArticle("two", published: "2026-11-30");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();
        await site.Get<ArmTwitch.Feeds.PublicationTimeRecorder>().UpdateAsync(Stop);
        site.Clock.Advance(TimeSpan.FromHours(30));
        await site.Get<ArmTwitch.Feeds.PublicationTimeRecorder>().UpdateAsync(Stop);

        using var reader = XmlReader.Create(new StringReader(await ReadAsync(site, "/feed.xml")));
        var entries = SyndicationFeed.Load(reader).Items
            .ToDictionary(item => item.Title.Text, item => (item.PublishDate, item.LastUpdatedTime));
        using var json = JsonDocument.Parse(await ReadAsync(site, "/feed.json"));

        var noon = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal((noon, noon), entries["Article two"]);
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 0, 0, 0, TimeSpan.Zero), entries["Article older"].PublishDate);
        Assert.Contains(
            json.RootElement.GetProperty("items").EnumerateArray(), item => item.GetProperty("date_published").GetDateTimeOffset() == noon);
    }

    [Fact]
    public async Task The_json_feed_has_what_its_version_asks_for()
    {
        using var feed = JsonDocument.Parse(await ReadAsync(shared.Site, "/feed.json"));

        Assert.Equal("https://jsonfeed.org/version/1.1", feed.RootElement.GetProperty("version").GetString());
        Assert.Equal("https://armtwitch.test/feed.json", feed.RootElement.GetProperty("feed_url").GetString());
        Assert.All(feed.RootElement.GetProperty("items").EnumerateArray(), item =>
        {
            Assert.StartsWith("urn:uuid:", item.GetProperty("id").GetString(), StringComparison.Ordinal);
            Assert.StartsWith("https://armtwitch.test/articles/", item.GetProperty("url").GetString(), StringComparison.Ordinal);
            Assert.True(item.GetProperty("content_html").GetString()!.Length > 3000);
            Assert.True(item.GetProperty("date_published").TryGetDateTimeOffset(out _));
        });
    }

    [Fact]
    public async Task Ids_survive_a_new_host_and_a_new_address()
    {
        var before = await IdsAsync();
        content.Delete("articles/one.md");
        content.WriteArticle("renamed", frontMatter: "aliases: [one]");

        Assert.Equal(before, await IdsAsync("https://another.example"));

        async Task<List<string>> IdsAsync(string origin = "https://armtwitch.test")
        {
            using var site = new TestSite(content.Folder, settings: ("Site:BaseUrl", origin));
            return [.. Ids().Matches(await ReadAsync(site, "/feed.json"))
                .Concat(Ids().Matches(await ReadAsync(site, "/feed.xml"))).Select(match => match.Value)];
        }
    }

    [Fact]
    public async Task Ids_stay_unique_when_two_articles_claim_one_old_address()
    {
        content.WriteArticle("three", frontMatter: "aliases: [older, oldest]");
        content.WriteArticle("two", frontMatter: "aliases: [older, one]");
        using var site = new TestSite(content.Folder);

        var ids = Ids().Matches(await ReadAsync(site, "/feed.json")).Select(match => match.Value).ToList();

        Assert.Equal(3, ids.Count);
        Assert.Distinct(ids);
    }

    [Fact]
    public async Task Whatever_an_article_holds_the_feeds_are_well_formed()
    {
        content.WriteArticle(
            "two", "Some `code\u0001\u000b` and \uffff and &#xFFFE; [@F001].\n\n    more\u001fcode 😀\n", title: "Two\ufffe");
        using var site = new TestSite(content.Folder);
        using var reader = XmlReader.Create(new StringReader(await ReadAsync(site, "/feed.xml")));

        var two = SyndicationFeed.Load(reader).Items.Single(item => item.Title.Text is "Two");

        Assert.Contains("<code>code</code>", ((TextSyndicationContent)two.Content).Text, StringComparison.Ordinal);
        Assert.Contains("morecode 😀", ((TextSyndicationContent)two.Content).Text, StringComparison.Ordinal);
        JsonDocument.Parse(await ReadAsync(site, "/feed.json")).Dispose();
        XDocument.Parse(await ReadAsync(site, "/sitemap.xml"));
    }

    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/sitemap.xml")]
    public async Task Xml_begins_with_its_declaration(string address)
    {
        var bytes = await shared.Visitor.GetByteArrayAsync(new Uri(address, UriKind.Relative), Stop);

        Assert.StartsWith(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sitemap_holds_every_page_worth_finding()
    {
        XNamespace format = "http://www.sitemaps.org/schemas/sitemap/0.9";

        var addresses = XDocument.Parse(await ReadAsync(shared.Site, "/sitemap.xml")).Root!
            .Elements(format + "url").Select(url => url.Element(format + "loc")!.Value).ToList();

        Assert.Equal(addresses.Distinct(), addresses);
        Assert.All(addresses, address => Assert.StartsWith("https://armtwitch.test/", address, StringComparison.Ordinal));
        Assert.Contains("https://armtwitch.test/articles/arm-muscle-twitching", addresses);
        Assert.Contains("https://armtwitch.test/topics/causes", addresses);
        Assert.Contains("https://armtwitch.test/about", addresses);
        Assert.DoesNotContain("https://armtwitch.test/search", addresses);
        Assert.Contains(
            "Sitemap: https://armtwitch.test/sitemap.xml", await ReadAsync(shared.Site, "/robots.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Links_have_the_configured_host_whatever_the_request_says()
    {
        using var request =
            new HttpRequestMessage(HttpMethod.Get, new Uri("/feed.xml", UriKind.Relative)) { Headers = { Host = "evil.example" } };

        var xml = await (await shared.Visitor.SendAsync(request, Stop)).Content.ReadAsStringAsync(Stop);

        Assert.DoesNotContain("evil.example", xml, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(TestSite site, string address)
    {
        using var visitor = site.Visit();
        return await visitor.GetStringAsync(new Uri(address, UriKind.Relative), Stop);
    }

    [GeneratedRegex("urn:uuid:[0-9a-f-]{36}")]
    private static partial Regex Ids();
}
