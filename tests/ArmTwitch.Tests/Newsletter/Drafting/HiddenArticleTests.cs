using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Newsletter.Drafting.Parts;

namespace ArmTwitch.Tests.Newsletter.Drafting;

/// <summary>Why an article of an issue cannot go out with it, in words for the editor.</summary>
public sealed class HiddenArticleTests : IDisposable
{
    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Fact]
    public void An_article_is_named_with_what_keeps_it_from_readers_and_where_to_mend_it()
    {
        content.WriteArticle("broken", "Some words [@F999].", title: "A broken one");
        content.WriteArticle("far", title: "A far one", published: "2999-01-01");
        var now = new ContentLoader(content.Folder, today: () => new DateOnly(2026, 11, 30)).Load()!;

        Assert.Null(HiddenArticle.Find(now, Slug.Parse("one")));
        Assert.Equal(
            new HiddenArticle("A broken one", "is held back for 1 error", "/moderation/articles/broken"),
            HiddenArticle.Find(now, Slug.Parse("broken")));
        Assert.Equal(
            new HiddenArticle("A far one", "appears 1 Jan 2999", "/moderation/articles/far") { AppearsOn = new DateOnly(2999, 1, 1) },
            HiddenArticle.Find(now, Slug.Parse("far")));
        Assert.Null(HiddenArticle.Find(now, Slug.Parse("far"), new DateOnly(2999, 1, 1)));
        Assert.NotNull(HiddenArticle.Find(now, Slug.Parse("far"), new DateOnly(2998, 12, 31)));
        Assert.Equal(["far", "broken"], HiddenArticle.List(now).Select(one => one.Slug.ToString()));
        Assert.Equal("articles/far.md:6:12: warning far-day: \"published\" lies in the year 2999. Look whether that is meant.", Assert.Single(now.Warnings).ToString());
        Assert.Equal(new HiddenArticle("gone", "is not there any more", null), HiddenArticle.Find(now, Slug.Parse("gone")));
    }
}
