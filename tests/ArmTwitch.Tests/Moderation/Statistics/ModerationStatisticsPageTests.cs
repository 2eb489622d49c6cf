using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.Statistics;
using ArmTwitch.Moderators;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Moderation.Statistics;

public abstract class ModerationStatisticsPageTests(DatabaseKind database) : IAsyncLifetime
{
    private readonly ModerationTestSite site = new(database);
    private readonly BunitContext bunit = new();
    private Decider ada = null!;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bunit.Services.AddSingleton(site.Get<ModerationStatistics>());
        ada = await site.AddModeratorAsync("Ada");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await bunit.DisposeAsync();
        await site.DisposeAsync();
    }

    [Fact]
    public void Where_nothing_happened_it_says_so_and_draws_nothing()
    {
        var page = Open();

        Assert.StartsWith("No comment waits", page.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("svg"));
    }

    [Fact]
    public async Task The_tiles_say_what_waits_and_how_long_decisions_took()
    {
        await FillAsync();

        var page = Open();

        Assert.Equal(["1", "1 h 30 min", "1 h 30 min", "1 h 30 min"], page.FindAll(".figures dd").Select(figure => figure.TextContent));
        Assert.Equal("/moderation/queue", page.Find(".figures a").GetAttribute("href"));
    }

    [Fact]
    public async Task Each_chart_has_a_title_a_finding_axes_and_its_numbers_folded_below()
    {
        await FillAsync();

        var page = Open();

        Assert.Equal(
            [
                ("Received and decided by day", "In the last four weeks 3 came in and 2 were decided: 1 more came than were decided."),
                ("Waiting now, by age", "The one comment that waits came within the last day."),
                ("By weekday, on average", "Most comments come on Mondays (3 a day); most are decided on Mondays (2)."),
                ("What was decided", "50% of 2 decisions published a comment as it stood."),
                ("How often a rule is right", "There are too few decisions yet to compare the rules: each bar stands for a handful of comments."),
            ],
            page.FindAll(".charted").Select(chart => (chart.QuerySelector("h2")!.TextContent, chart.QuerySelector("p")!.TextContent)));
        Assert.All(page.FindAll(".charted"), chart =>
        {
            Assert.NotEmpty(chart.QuerySelector("svg[role=img]")!.GetAttribute("aria-label")!);
            Assert.NotEmpty(chart.QuerySelectorAll("details:not([open]) tbody tr"));
        });
        Assert.Equal(["0", "1", "2", "3"], page.FindAll("[aria-labelledby=flow] .plot .end").Take(4).Select(value => value.TextContent));
        Assert.Equal(28, page.FindAll("[aria-labelledby=flow] .plot .received").Count);
        Assert.Equal("Mon", page.FindAll("[aria-labelledby=weekdays] .plot .middle")[0].TextContent);
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tables_have_the_numbers_of_the_charts()
    {
        await FillAsync();

        var page = Open();

        Assert.Equal(["30 Nov", "3", "2", "1", "0", "0", "1", "0"], FirstRow("flow"));
        Assert.Equal(["up to an hour", "0"], FirstRow("ages"));
        Assert.Equal(["Monday", "3", "2"], FirstRow("weekdays"));
        Assert.Equal(["Approved", "1", "50%"], FirstRow("kinds"));
        Assert.Equal(["Drug dose", "2", "1", "0", "50%"], FirstRow("rules"));
        Assert.All(page.FindAll("tbody td"), cell => Assert.Equal("number", cell.ClassName));

        IEnumerable<string> FirstRow(string chart) =>
            page.FindAll($"[aria-labelledby={chart}] tbody tr")[0].Children.Select(cell => cell.TextContent);
    }

    [Fact]
    public async Task What_waits_is_counted_by_its_age()
    {
        foreach (var hours in new[] { 100, 70, 10, 2 })
        {
            await site.WriteAsync();
            site.Clock.Advance(TimeSpan.FromHours(hours));
        }

        await site.WriteAsync();

        var ages = (await site.Get<ModerationStatistics>().ReadAsync(Cancel)).Waiting;

        Assert.Equal([1, 1, 1, 0, 1, 1], ages.Counts);
        Assert.Equal("2 of the 5 comments that wait have waited for more than a day.", StatisticsFindings.Waiting(ages));
    }

    [Fact]
    public async Task What_comes_back_is_received_again_and_what_an_editor_answers_is_not()
    {
        var comment = await site.WriteAsync(status: CommentStatus.Approved, shownText: "Words");
        await site.SaveAsync(
            Entry(comment, DecisionKind.Edit, CommentStatus.Approved), Entry(comment, DecisionKind.Appeal, CommentStatus.Rejected),
            Entry(comment, DecisionKind.Edit, CommentStatus.Pending));
        await site.Replies.ReplyAsync(
            new(comment.Id, 1), "Words", (Guid.CreateVersion7(), "Thank you."), ada with { Role = ModeratorRole.Editor }, Cancel);

        var summary = await site.Get<ModerationStatistics>().ReadAsync(Cancel);

        Assert.Equal((3, 0), (summary.Received, summary.Decided));
    }

    [Fact]
    public async Task Half_and_nine_in_ten_of_the_decisions_are_counted_by_the_minute()
    {
        var comment = await site.WriteAsync();
        await site.SaveAsync(
            [.. Enumerable.Range(1, 20).Select(minute => Entry(comment, DecisionKind.Spam, CommentStatus.Pending, waited: (minute * 60) + 59))]);

        var times = (await site.Get<ModerationStatistics>().ReadAsync(Cancel)).Times;

        Assert.Equal(new TimesToDecision(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(18)), times);
    }

    [Fact]
    public void Both_are_in_the_navigation() =>
        Assert.Equal(
            [("/moderation/figures", ModeratorRole.Moderator), ("/moderation/audit", ModeratorRole.Moderator)],
            from link in site.Get<IEnumerable<ModerationNavigationLink>>()
            where link.Title is "Figures" or "Audit"
            orderby link.Group
            select (link.Address, link.AtLeast));

    private IRenderedComponent<ModerationStatisticsPage> Open()
    {
        var page = bunit.Render<ModerationStatisticsPage>();
        page.WaitForElement(".figures, .empty", TimeSpan.FromSeconds(20));
        return page;
    }

    /// <summary>One approved, one spam, one that waits.</summary>
    private async Task FillAsync()
    {
        var good = await site.WriteAsync("Good", rules: "drug-dose");
        var bad = await site.WriteAsync("Bad", rules: "drug-dose");
        await site.WriteAsync("Still waiting");
        site.Clock.Advance(TimeSpan.FromMinutes(90));
        await site.Decisions.DecideAsync(good.Id, 1, Decision.Approve, ada, Cancel);
        await site.Decisions.DecideAsync(bad.Id, 1, Decision.Spam, ada, Cancel);
    }

    private CommentDecision Entry(Comment comment, DecisionKind kind, CommentStatus before, double? waited = null) => new()
    {
        CommentId = comment.Id,
        Revision = 1,
        Kind = kind,
        By = "Ada",
        Before = before,
        After = CommentStatus.Pending,
        At = site.Clock.GetUtcNow(),
        WaitedSeconds = waited,
        Flags = "",
    };
}

public sealed class ModerationStatisticsPageTestsOnSqlite() : ModerationStatisticsPageTests(DatabaseKind.Sqlite);

public sealed class ModerationStatisticsPageTestsOnPostgres() : ModerationStatisticsPageTests(DatabaseKind.Postgres);
