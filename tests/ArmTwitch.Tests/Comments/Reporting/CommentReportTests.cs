using System.Net;
using AngleSharp.Html.Dom;
using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Reporting;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Comments.Reporting;

public abstract class CommentReportTests(DatabaseKind database) : CommentSiteTests(database)
{
    private static readonly Slug Article = Slug.Parse("arm-muscle-twitching");

    [Fact]
    public async Task Three_reports_from_different_networks_take_a_comment_off_the_page()
    {
        var id = await site.WriteApprovedAsync("Buy my cure.");

        using var form = await site.PostAsync($"{CommentTestSite.Article}/comments/{id:N}/report", ("reason", "Advertising"));
        Assert.Equal(HttpStatusCode.SeeOther, form.StatusCode);
        await ReportAsync(id, "192.0.2.1");
        await ReportAsync(id, "192.0.2.99");
        Assert.Equal(CommentStatus.Approved, await StatusAsync());
        await ReportAsync(id, "198.51.100.1");

        var comment = Assert.Single(await site.CommentsAsync());
        Assert.Equal((CommentStatus.Pending, true), (comment.Status, comment.IsWaiting));
        Assert.Equal("Comments (0)", (await site.SeeAsync(CommentTestSite.Article)).GetElementById("comments-heading")!.TextContent);
    }

    [Fact]
    public async Task What_reports_have_taken_off_is_not_called_taken_back_above_the_answers_to_it()
    {
        var id = await site.WriteApprovedAsync("Buy my cure.");
        await site.WriteApprovedAsync("An answer that stays.", id.ToString());

        foreach (var network in (string[])["192.0.2.1", "198.51.100.1", "203.0.113.1"])
            await ReportAsync(id, network);

        var gap = (await site.SeeAsync(CommentTestSite.Article)).GetElementById($"comment-{id:N}")!;
        Assert.Equal("This comment is off the page until a moderator has looked at it again.", gap.TextContent.Trim());
        Assert.Contains("An answer that stays.", gap.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_report_takes_the_comment_off_is_thanked_too()
    {
        var id = await site.WriteApprovedAsync("Buy my cure.");
        await ReportAsync(id, "192.0.2.1");
        await ReportAsync(id, "198.51.100.1");

        using var answer = await site.PostAsync($"{CommentTestSite.Article}/comments/{id:N}/report", ("reason", "Advertising"));

        var page = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Nobody sees the comment until a moderator has looked at it.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Buy my cure.", page, StringComparison.Ordinal);
        Assert.Equal("Comments (0)", (await site.SeeAsync(CommentTestSite.Article)).GetElementById("comments-heading")!.TextContent);
    }

    [Fact]
    public async Task Twelve_reports_at_once_from_one_network_are_one()
    {
        var id = await site.WriteApprovedAsync("Helpful.");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => ReportAsync(id, "192.0.2.1"), Stop)));

        Assert.All(answers, answer => Assert.Equal(CommentReportOutcome.Kept, answer.Outcome));
        Assert.Equal((1, CommentStatus.Approved), ((await ReportsAsync()).Count, await StatusAsync()));
    }

    [Fact]
    public async Task Twelve_networks_at_once_take_a_comment_off_once()
    {
        var id = await site.WriteApprovedAsync("Buy my cure.");

        await Task.WhenAll(Enumerable.Range(0, 12).Select(network => Task.Run(() => ReportAsync(id, $"192.0.{network}.1"), Stop)));

        await using var db = await site.OpenAsync();
        Assert.Single(await db.Set<CommentDecision>().Where(decision => decision.Kind == DecisionKind.Reported).ToListAsync(Stop));
        Assert.Equal((3, CommentStatus.Pending), ((await ReportsAsync()).Count, await StatusAsync()));
    }

    [Fact]
    public async Task All_256_networks_of_one_48_are_one_reporter()
    {
        var id = await site.WriteApprovedAsync("Helpful.");

        for (var network = 0; network < 256; network++)
            Assert.Equal(CommentReportOutcome.Kept, (await ReportAsync(id, $"2001:db8:1:{network:x2}00::1")).Outcome);

        Assert.Equal((1, CommentStatus.Approved), ((await ReportsAsync()).Count, await StatusAsync()));
    }

    [Fact]
    public async Task One_network_that_reports_day_after_day_takes_no_comment_off()
    {
        var id = await site.WriteApprovedAsync("Helpful.");
        site.Site.AwaitMidnight(TimeSpan.FromMinutes(1));
        await ReportAsync(id, "192.0.2.1");
        site.Site.Clock.Advance(TimeSpan.FromMinutes(2));
        await ReportAsync(id, "192.0.2.1");
        Assert.Single(await ReportsAsync());

        for (var day = 0; day < 30; day++)
        {
            site.Site.Clock.Advance(TimeSpan.FromHours(20));
            await ReportAsync(id, "192.0.2.1");
        }

        Assert.Equal(CommentStatus.Approved, await StatusAsync());
        await ReportAsync(id, "198.51.100.1");
        await ReportAsync(id, "203.0.113.1");
        Assert.Equal(CommentStatus.Pending, await StatusAsync());
    }

    [Fact]
    public async Task An_old_report_without_a_hash_hides_no_new_one()
    {
        var id = await site.WriteApprovedAsync("Helpful.");
        await using (var db = await site.OpenAsync())
        {
            db.Add(new CommentReport { CommentId = id, Reporter = null, Reason = "Of before", At = site.Site.Clock.GetUtcNow() });
            await db.SaveChangesAsync(Stop);
            await db.Set<DailyKey>().ExecuteDeleteAsync(Stop);
        }

        Assert.Equal(CommentReportOutcome.Kept, (await ReportAsync(id, "192.0.2.1")).Outcome);

        Assert.Equal(["Of before", "Look again"], (await ReportsAsync()).OrderBy(report => report.Id).Select(report => report.Reason));
    }

    [Fact]
    public async Task One_network_may_report_ten_comments_a_day()
    {
        var ids = new List<Guid>();
        for (var number = 0; number < 11; number++)
            ids.Add(await site.WriteApprovedAsync($"Number {number}"));
        foreach (var id in ids[..10])
            Assert.Equal(CommentReportOutcome.Kept, (await ReportAsync(id, "127.0.0.1")).Outcome);

        using var answer = await site.PostAsync($"{CommentTestSite.Article}/comments/{ids[10]:N}/report", ("reason", "Advertising again"));

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromDays(1)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta));
        Assert.Equal(
            "Advertising again",
            ((IHtmlTextAreaElement)(await CommentTestSite.ReadAsync(answer)).QuerySelector("textarea[name=reason]")!).Value);
        Assert.Equal(CommentReportOutcome.Kept, (await ReportAsync(ids[10], "192.0.2.1")).Outcome);
    }

    private Task<CommentReportResult> ReportAsync(Guid id, string from) =>
        site.Site.Get<CommentReportService>().ReportAsync(Article, id, "Look again", IPAddress.Parse(from), Stop);

    private async Task<CommentStatus> StatusAsync() => Assert.Single(await site.CommentsAsync()).Status;

    private async Task<IReadOnlyList<CommentReport>> ReportsAsync()
    {
        await using var db = await site.OpenAsync();
        return await db.Set<CommentReport>().AsNoTracking().ToListAsync(Stop);
    }
}

public sealed class CommentReportTestsOnSqlite() : CommentReportTests(DatabaseKind.Sqlite);

public sealed class CommentReportTestsOnPostgres() : CommentReportTests(DatabaseKind.Postgres);
