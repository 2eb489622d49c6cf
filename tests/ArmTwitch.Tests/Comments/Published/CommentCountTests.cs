using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Tests.Data;

namespace ArmTwitch.Tests.Comments.Published;

/// <summary>An article says how many comments it has; with twenty thousand that is not to take longer than the page.</summary>
public sealed class CommentCountTests : IDisposable
{
    private readonly TestSite site = new();

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task The_comments_on_an_article_are_counted_from_an_index_of_what_readers_see()
    {
        using var visitor = site.Visit();
        await using var db = site.Database();
        var shown = db.Set<Comment>().Where(comment => comment.Article == Slug.Parse("arm-muscle-twitching", null)).Shown();

        foreach (var counted in (IQueryable<Comment>[])[shown, shown.Where(comment => comment.ParentId == null)])
        {
            var plan = await db.PlanAsync(counted.Select(_ => 1));

            Assert.Contains("INDEX IX_Comments_Shown (Article=?", Assert.Single(plan), StringComparison.Ordinal);
        }
    }
}
