using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Tests.Data;

namespace ArmTwitch.Tests.Comments.Published;

/// <summary>An article with twenty thousand comments is to take no longer than one with twenty.</summary>
public sealed class CommentIndexTests : IDisposable
{
    private readonly TestSite site = new();

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task The_comments_on_an_article_are_counted_from_an_index_of_what_readers_see()
    {
        using var visitor = site.Visit();
        await using var db = site.Database();
        var slug = Slug.Parse("arm-muscle-twitching", null);
        var shown = db.Set<Comment>().Where(comment => comment.Article == slug).Shown();

        foreach (var counted in (IQueryable<Comment>[])[shown, shown.Where(comment => comment.ParentId == null)])
        {
            var plan = await db.PlanAsync(counted.Select(_ => 1));

            Assert.Contains("INDEX IX_Comments_Shown (Article=?", Assert.Single(plan), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_answers_to_a_page_of_comments_are_found_in_an_index_of_what_readers_see()
    {
        using var visitor = site.Visit();
        await using var db = site.Database();
        var slug = Slug.Parse("arm-muscle-twitching", null);
        Guid[] page = [.. Enumerable.Range(0, 20).Select(_ => Guid.NewGuid())];

        var plan = await db.PlanAsync(db.Set<Comment>().Where(comment => comment.Article == slug).Shown().AnswersTo(page));

        Assert.Contains("INDEX IX_Comments_Shown (Article=? AND ParentId", plan[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_page_of_comments_is_read_in_the_order_of_an_index()
    {
        using var visitor = site.Visit();
        await using var db = site.Database();
        var slug = Slug.Parse("arm-muscle-twitching", null);
        var roots = db.Set<Comment>().Where(
            comment => comment.Article == slug && comment.ParentId == null && comment.ShownAt != null);

        foreach (var page in (IQueryable<Comment>[])[roots.InOrder(), roots.InOrder(DateTimeOffset.UnixEpoch, Guid.NewGuid())])
        {
            var plan = await db.PlanAsync(page.Take(20));

            Assert.Contains("INDEX IX_Comments_Article_ShownAt_Id (Article=? AND ShownAt>?)", Assert.Single(plan), StringComparison.Ordinal);
        }
    }
}
