using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Pages;

namespace ArmTwitch.Feeds;

/// <summary>The newest articles with their full text, as Atom (RFC 4287) and as JSON Feed 1.1.</summary>
internal sealed class ArticleFeed(ArticleLibrary library, PublicationTimeRecorder times, Site site, FeedHtml html)
{
    private const int MaxEntries = 50;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = false };

    public byte[] Atom()
    {
        var content = library.Current;
        var articles = Newest(content);
        var feed = new SyndicationFeed(
            site.Name, "Why an arm muscle keeps jumping, and what to do.", new Uri(site.Absolute("/")), FeedEntryIds.ForFeed,
            articles.Select(article => ChangedAt(article, content)).DefaultIfEmpty(PublicationTimeRecorder.Midnight(default)).Max())
        {
            Items = articles.Select(article => Entry(article, content)).ToList(),
            Language = "en",
        };
        feed.Authors.Add(new SyndicationPerson { Name = site.Name });
        feed.Links.Add(SyndicationLink.CreateSelfLink(new Uri(site.Absolute("/feed.xml")), "application/atom+xml"));

        using var bytes = new MemoryStream();
        using (var xml = new WellFormedXmlWriter(bytes))
        {
            xml.WriteStartDocument();
            new Atom10FeedFormatter(feed).WriteTo(xml);
        }

        return bytes.ToArray();
    }

    public byte[] JsonFeed()
    {
        var content = library.Current;
        var feed = new JsonObject
        {
            ["version"] = "https://jsonfeed.org/version/1.1",
            ["title"] = site.Name,
            ["home_page_url"] = site.Absolute("/"),
            ["feed_url"] = site.Absolute("/feed.json"),
            ["description"] = "Why an arm muscle keeps jumping, and what to do.",
            ["language"] = "en",
            ["items"] = new JsonArray([.. Newest(content).Select(article => new JsonObject
            {
                ["id"] = FeedEntryIds.ForArticle(article, content),
                ["url"] = site.Absolute(article.Address),
                ["title"] = article.Title,
                ["summary"] = article.Summary,
                ["content_html"] = html.Render(article),
                ["image"] = site.Absolute($"{article.Address}/picture.png"),
                ["date_published"] = times.PublishedAt(article, content),
                ["date_modified"] = ChangedAt(article, content),
                ["authors"] = new JsonArray(
                    new JsonObject { ["name"] = article.Author.Name, ["url"] = site.Absolute(article.Author.Address) }),
                ["tags"] = new JsonArray([.. article.Topics.Select(topic => JsonValue.Create(topic.Title))]),
            })]),
        };
        return JsonSerializer.SerializeToUtf8Bytes(feed, Json);
    }

    private List<Article> Newest(ContentSnapshot content) =>
        [.. content.Latest.OrderByDescending(article => ChangedAt(article, content)).Take(MaxEntries)];

    private SyndicationItem Entry(Article article, ContentSnapshot content)
    {
        var item = new SyndicationItem(
            article.Title, SyndicationContent.CreateHtmlContent(html.Render(article)), new Uri(site.Absolute(article.Address)),
            FeedEntryIds.ForArticle(article, content), ChangedAt(article, content))
        {
            PublishDate = times.PublishedAt(article, content),
            Summary = new TextSyndicationContent(article.Summary),
        };
        item.Authors.Add(new SyndicationPerson { Name = article.Author.Name, Uri = site.Absolute(article.Author.Address) });
        foreach (var topic in article.Topics)
            item.Categories.Add(new SyndicationCategory(topic.Slug.ToString(), null, topic.Title));
        return item;
    }

    private DateTimeOffset ChangedAt(Article article, ContentSnapshot content)
    {
        var (published, changed) = (times.PublishedAt(article, content), PublicationTimeRecorder.Midnight(article.ChangedOn));
        return changed > published ? changed : published;
    }
}
