using System.Text.Json;
using AngleSharp.Html.Parser;
using ArmTwitch.Articles;

namespace ArmTwitch.Tests.Feeds;

public sealed class StructuredDataTests(SharedSite shared) : IClassFixture<SharedSite>
{
    private static readonly string[] Barred = ["FAQPage", "aspect", "nextReview", "comment"];

    [Fact]
    public async Task An_article_tells_machines_what_it_tells_people_and_no_more()
    {
        var html = await shared.Visitor.GetStringAsync(
            new Uri("/articles/arm-muscle-twitching", UriKind.Relative), Xunit.TestContext.Current.CancellationToken);
        var page = new HtmlParser().ParseDocument(html);

        var data = JsonDocument.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent).RootElement;

        Assert.Equal("MedicalWebPage", data.GetProperty("@type").GetString());
        Assert.Equal(page.QuerySelector("h1")!.TextContent, data.GetProperty("name").GetString());
        Assert.Equal(page.QuerySelector("link[rel=canonical]")!.GetAttribute("href"), data.GetProperty("url").GetString());
        Assert.Equal(page.QuerySelector("meta[name=description]")!.GetAttribute("content"), data.GetProperty("description").GetString());
        Assert.Equal(
            shared.Site.Get<ArticleLibrary>().Current.Find(Slug.Parse("arm-muscle-twitching"))!.LastReviewedOn.ToString("yyyy-MM-dd"),
            data.GetProperty("lastReviewed").GetString());
        Assert.Equal("MedicalSymptom", data.GetProperty("about").GetProperty("@type").GetString());
        Assert.Equal("R25.3", data.GetProperty("about").GetProperty("code")[0].GetProperty("codeValue").GetString());
        Assert.Equal("Senior Expert", data.GetProperty("author").GetProperty("name").GetString());
        Assert.Equal("Contributing Writer", data.GetProperty("author").GetProperty("jobTitle").GetString());
        Assert.False(data.TryGetProperty("reviewedBy", out _));
        var visible = page.QuerySelectorAll(".references a[href^=http]").Select(link => link.GetAttribute("href")).ToHashSet();
        Assert.All(data.GetProperty("citation").EnumerateArray(), work => Assert.Contains(work.GetString(), visible));
        Assert.All(data.GetProperty("breadcrumb").GetProperty("itemListElement").EnumerateArray().SkipLast(1), step =>
            Assert.Contains(
                step.GetProperty("name").GetString()!, page.QuerySelector(".breadcrumb")!.TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(Barred, word => html.Contains($"\"{word}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_article_is_about_the_symptom_that_the_site_is_about()
    {
        var data = shared.Site.Get<ArmTwitch.Feeds.StructuredData>();

        Assert.All(shared.Site.Get<ArmTwitch.Articles.ArticleLibrary>().Current.Latest, article =>
            Assert.Equal("Arm muscle twitching", (string?)data.Of(article)["about"]!["name"]));
    }

    [Fact]
    public async Task A_title_cannot_break_out_of_the_data()
    {
        using var content = new ContentCopy();
        content.WriteArticle("one", title: "\"</script><b>&amp; 'x'\"");
        using var site = new TestSite(content.Folder);
        using var visitor = site.Visit();

        var html = await visitor.GetStringAsync(new Uri("/articles/one", UriKind.Relative), Xunit.TestContext.Current.CancellationToken);

        Assert.Empty(content.Faults());
        Assert.Single(html.Split("</script>")[1..]);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
    }
}
