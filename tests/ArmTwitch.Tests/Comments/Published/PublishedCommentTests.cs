using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Data;

namespace ArmTwitch.Tests.Comments.Published;

/// <summary>The comments that readers see.</summary>
public abstract class PublishedCommentTests(DatabaseKind database) : CommentSiteTests(database)
{
    [Fact]
    public async Task An_approved_comment_is_on_the_next_readers_page_with_its_date()
    {
        await site.SeeAsync(CommentTestSite.Article);
        var id = await site.WriteApprovedAsync("It stopped after a week.");

        var page = await site.SeeAsync(CommentTestSite.Article);

        Assert.Equal("Comments (1)", page.GetElementById("comments-heading")!.TextContent);
        var comment = page.GetElementById($"comment-{id:N}")!;
        Assert.Contains("It stopped after a week.", comment.TextContent, StringComparison.Ordinal);
        Assert.NotNull(comment.QuerySelector("time[datetime]"));
        Assert.Matches(@"^Ada \d+ \w+ \d{4}$", comment.QuerySelector(".by")!.TextContent);
        Assert.DoesNotContain(
            "It stopped", page.QuerySelector("script[type='application/ld+json']")?.TextContent ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_stands_below_what_it_answers_and_has_no_answers_of_its_own()
    {
        var parent = await site.WriteApprovedAsync("A question.");
        var answer = await site.WriteApprovedAsync("An answer.", parent.ToString());

        var page = await site.SeeAsync(CommentTestSite.Article);
        Assert.NotNull(page.QuerySelector($".said > li:has(#comment-{parent:N}) > ol #comment-{answer:N}"));
        var form = await site.SeeAsync($"{CommentTestSite.Article}/comments/{answer:N}");
        Assert.Equal(parent.ToString(), form.QuerySelector("input[name=parent]")!.GetAttribute("value"));
        using var deeper = await site.WriteAsync("Deeper.", parent: answer.ToString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, deeper.StatusCode);
    }

    [Fact]
    public async Task Twenty_comments_make_a_page_and_further_answers_are_folded()
    {
        var parent = await site.WriteApprovedAsync("Number 0");
        for (var number = 1; number <= 20; number++)
            await site.WriteApprovedAsync($"Number {number}");
        for (var number = 0; number < 7; number++)
            await site.WriteApprovedAsync($"Answer {number}", parent.ToString());

        var first = await site.SeeAsync(CommentTestSite.Article);
        var second = await site.SeeAsync($"{CommentTestSite.Article}/comments?page=2");
        using var third = await site.GetAsync($"{CommentTestSite.Article}/comments?page=3");
        foreach (var far in new[] { 107_374_184, 214_748_366, int.MaxValue })
        {
            using var beyond = await site.GetAsync($"{CommentTestSite.Article}/comments?page={far}");
            Assert.Equal(HttpStatusCode.NotFound, beyond.StatusCode);
        }

        Assert.Equal("Comments (28)", first.GetElementById("comments-heading")!.TextContent);
        Assert.Equal(20, first.QuerySelectorAll(".said > li").Count(item => item.ParentElement!.ParentElement!.LocalName is "section"));
        Assert.Equal(2, first.QuerySelectorAll("details .comment").Length);
        Assert.Contains("Number 20", Assert.Single(second.QuerySelectorAll(".comment")).TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, third.StatusCode);
    }

    [Fact]
    public async Task Paging_misses_and_repeats_none_while_others_are_taken_back()
    {
        var ids = new List<Guid>();
        for (var number = 0; number <= 21; number++)
            ids.Add(await site.WriteApprovedAsync($"Number {number}"));
        var next = (await site.SeeAsync(CommentTestSite.Article))
            .QuerySelector(".comments a[href*='comments?page=2']")!.GetAttribute("href")!;

        await site.SetAsync(ids[3], CommentStatus.Removed);
        await site.SetAsync(ids[19], CommentStatus.Removed);

        var second = await site.SeeAsync(next);
        Assert.Equal(["Number 20", "Number 21"], second.QuerySelectorAll(".comment p:last-of-type")
            .Select(text => text.TextContent).Where(text => text.StartsWith("Number", StringComparison.Ordinal)));
        Assert.Null(second.QuerySelector("[rel=next]"));
    }
}

public sealed class PublishedCommentTestsOnSqlite() : PublishedCommentTests(DatabaseKind.Sqlite);

public sealed class PublishedCommentTestsOnPostgres() : PublishedCommentTests(DatabaseKind.Postgres);
