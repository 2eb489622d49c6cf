using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Tests.Newsletter.Issues;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Newsletter.Drafting;

public abstract class IssueDigestMakerTests(DatabaseKind database) : IssueTestBase(database)
{
    [Fact]
    public async Task A_digest_lists_what_is_new_since_the_last_issue()
    {
        await Newsletter.JoinAsync("ada@example.org");
        var first = (await Digests.MakeAsync(Stop))!.Value;
        await Issues.ScheduleAsync(first, "Ada", cancellationToken: Stop);
        var mail = Assert.Single(await SendAsync());
        var nothing = await Digests.MakeAsync(Stop);

        Assert.StartsWith("digest-2026-11-30", first.ToString(), StringComparison.Ordinal);
        Assert.Contains("/articles/one", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Null(nothing);
    }

    [Fact]
    public async Task An_article_is_new_until_an_issue_that_tells_of_it_was_sent()
    {
        Content.WriteArticle("untold", published: "2026-11-22");
        Reload();
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        await SendAsync();
        Newsletter.Site.Clock.Advance(TimeSpan.FromDays(20));

        var digest = (await Digests.MakeAsync(Stop))!.Value;

        var draft = (await Newsletter.Site.Get<IssueDraftService>().FindAsync(digest, Stop))!.Draft;
        Assert.Contains(draft.Entries, one => one is { Section: "New", Slug: var slug } && slug == Slug.Parse("untold"));
        Assert.DoesNotContain(draft.Entries, one => one.Slug == Slug.Parse("one"));
        Assert.StartsWith("Here is what is new", draft.Introduction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_not_fit_into_one_digest_comes_with_the_next_one()
    {
        await Newsletter.JoinAsync("ada@example.org");
        for (var number = 0; number < 14; number++)
            Content.WriteArticle($"more-{number}", published: "2026-11-20");
        Reload();
        var drafts = Newsletter.Site.Get<IssueDraftService>();
        List<Slug> told = [];
        while (await Digests.MakeAsync(Stop) is { } digest)
        {
            told.AddRange((await drafts.FindAsync(digest, Stop))!.Draft.Entries.Select(one => one.Slug));
            await Issues.ScheduleAsync(digest, "Ada", cancellationToken: Stop);
            await SendAsync();
        }

        Assert.Equal(told.Count, told.Distinct().Count());
        Assert.All(Enumerable.Range(0, 14), number => Assert.Contains(Slug.Parse($"more-{number}"), told));
    }

    [Fact]
    public async Task A_digest_that_is_asked_for_twice_is_made_once()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Digests.MakeAsync(Stop), Stop)));
        var again = await Digests.MakeAsync(Stop);

        Assert.Single(made.Append(again).Distinct());
        Assert.Single(await Newsletter.AllAsync<Issue>());
    }

    [Fact]
    public async Task A_first_digest_lists_ten_articles_at_most()
    {
        for (var number = 0; number < 14; number++)
            Content.WriteArticle($"more-{number}");
        Reload();

        var digest = (await Digests.MakeAsync(Stop))!.Value;

        Assert.Equal(10, (await Issues.PreviewAsync(digest, Stop)).Mail!.Text.Split("https://armtwitch.test/articles/").Length - 1);
        Assert.EndsWith("and 9 more", (await ViewOfAsync(digest)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_digest_is_bounded_too_and_can_be_edited()
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync((await Digests.MakeAsync(Stop))!.Value, "Ada", cancellationToken: Stop);
        await SendAsync();
        for (var number = 0; number < 14; number++)
            Content.WriteArticle($"more-{number}", published: "2026-11-30");
        Reload();

        var digest = (await Digests.MakeAsync(Stop))!.Value;

        var draft = (await Newsletter.Site.Get<IssueDraftService>().FindAsync(digest, Stop))!;
        Assert.Equal((10, true), (draft.Draft.Entries.Count, draft.IsOpen));
    }

    /// <summary>Whatever the program looks at before: the database itself takes one.</summary>
    [Fact]
    public async Task The_database_takes_one_digest_after_an_issue()
    {
        await using var db = Newsletter.Site.Database();
        db.AddRange(Digest("one", IssueState.Cancelled), Digest("two", IssueState.Draft));
        await db.SaveChangesAsync(Stop);
        db.Add(Digest("three", IssueState.Draft));

        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));

        static Issue Digest(string name, IssueState state) => new()
        {
            Slug = Slug.Parse(name),
            Subject = "x",
            Preheader = "x",
            Source = "x",
            DigestAfter = Guid.Empty,
            State = state,
            CreatedAt = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero),
        };
    }

    [Fact]
    public async Task A_digest_lists_again_the_articles_of_a_cancelled_issue_that_nobody_got()
    {
        await Newsletter.JoinAsync("ada@example.org");
        var first = (await Digests.MakeAsync(Stop))!.Value;
        await Issues.ScheduleAsync(first, "Ada", cancellationToken: Stop);
        await AdvanceAsync();
        await Issues.CancelAsync(first, "Ada", Stop);
        await AdvanceAsync();

        Assert.NotNull(await Digests.MakeAsync(Stop));
    }
}

public sealed class IssueDigestMakerTestsOnSqlite() : IssueDigestMakerTests(DatabaseKind.Sqlite);

public sealed class IssueDigestMakerTestsOnPostgres() : IssueDigestMakerTests(DatabaseKind.Postgres);
