using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Published;
using ArmTwitch.Comments.Reporting;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Moderation.Deciding;

/// <summary>What readers see after what moderators did.</summary>
public abstract class DecisionVisibilityTests(DatabaseKind database) : IAsyncLifetime
{
    private readonly ModerationTestSite desk = new(database);
    private Decider ada = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => ada = await desk.HireAsync("Ada");

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await desk.DisposeAsync();
    }

    [Fact]
    public async Task A_comment_that_was_taken_down_cannot_be_read()
    {
        var comment = await desk.WriteAsync("To be taken down.");
        await DecideAsync(comment, Decision.Approve);
        Assert.Equal(1, (await SeeAsync()).Count);

        await DecideAsync(comment, Decision.Remove);

        var seen = await SeeAsync();
        Assert.Equal(0, seen.Count);
        Assert.Empty(seen.Comments);
        Assert.Null(await desk.Site.Get<PublishedComments>().FindAsync(ModerationTestSite.Article, comment.Id, Stop));
    }

    [Fact]
    public async Task Words_that_were_taken_out_do_not_come_back_when_a_report_is_turned_down()
    {
        var comment = await desk.WriteAsync("Call 07700 900123 now.");
        await DecideAsync(comment, Decision.ApproveRedacted(new Redaction(5, 12, RemovedKind.PhoneNumber)));
        await ReportAsync(comment);
        Assert.Equal(0, (await SeeAsync()).Count);

        await DecideAsync(comment, Decision.Approve);

        Assert.Equal("Call [removed: phone number] now.", Assert.Single((await SeeAsync()).Comments).Text);
    }

    [Fact]
    public async Task A_reported_comment_that_is_refused_stays_away()
    {
        var comment = await desk.WriteAsync("Reported.");
        await DecideAsync(comment, Decision.Approve);
        await ReportAsync(comment);

        await DecideAsync(comment, Decision.Reject(RefusalReason.Abuse));

        Assert.Empty((await SeeAsync()).Comments);
    }

    private async Task ReportAsync(Comment comment)
    {
        foreach (var reader in new[] { "192.0.2.1", "198.51.100.1", "203.0.113.1" })
            await desk.Site.Get<CommentReportService>().ReportAsync(
                ModerationTestSite.Article, comment.Id, "Look again", IPAddress.Parse(reader), Stop);
    }

    private async Task DecideAsync(Comment comment, Decision decision)
    {
        Assert.Equal(DecisionOutcome.Done, (await desk.Decisions.DecideAsync(comment.Id, comment.Revision, decision, ada, Stop)).Outcome);
        desk.Site.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private Task<PublishedCommentPage> SeeAsync() =>
        desk.Site.Get<PublishedComments>().ReadAsync(ModerationTestSite.Article, cancellationToken: Stop);
}

public sealed class DecisionVisibilityTestsOnSqlite() : DecisionVisibilityTests(DatabaseKind.Sqlite);

public sealed class DecisionVisibilityTestsOnPostgres() : DecisionVisibilityTests(DatabaseKind.Postgres);
