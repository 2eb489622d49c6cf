using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Published;
using ArmTwitch.Comments.Reporting;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;

namespace ArmTwitch.Tests.Moderation.Deciding;

/// <summary>What readers see after what moderators did.</summary>
public abstract class DecisionVisibilityTests(DatabaseKind database) : ModerationTestBase(database)
{
    [Fact]
    public async Task A_comment_that_was_taken_down_cannot_be_read()
    {
        var comment = await Site.WriteAsync("To be taken down.");
        await DecideAndWaitAsync(comment, Decision.Approve);
        Assert.Equal(1, (await SeeAsync()).Count);

        await DecideAndWaitAsync(comment, Decision.Remove);

        var seen = await SeeAsync();
        Assert.Equal(0, seen.Count);
        Assert.Empty(seen.Comments);
        Assert.Null(await Site.Get<PublishedComments>().FindAsync(ModerationTestSite.Article, comment.Id, Cancel));
    }

    [Fact]
    public async Task Words_that_were_taken_out_do_not_come_back_when_a_report_is_turned_down()
    {
        var comment = await Site.WriteAsync("Call 07700 900123 now.");
        await DecideAndWaitAsync(comment, Decision.ApproveRedacted(new Redaction(5, 12, RemovedKind.PhoneNumber)));
        await ReportAsync(comment);
        Assert.Equal(0, (await SeeAsync()).Count);

        await DecideAndWaitAsync(comment, Decision.Approve);

        Assert.Equal("Call [removed: phone number] now.", Assert.Single((await SeeAsync()).Comments).Text);
    }

    [Fact]
    public async Task A_reported_comment_that_is_refused_stays_away()
    {
        var comment = await Site.WriteAsync("Reported.");
        await DecideAndWaitAsync(comment, Decision.Approve);
        await ReportAsync(comment);

        await DecideAndWaitAsync(comment, Decision.Reject(RefusalReason.Abuse));

        Assert.Empty((await SeeAsync()).Comments);
    }

    private async Task ReportAsync(Comment comment)
    {
        foreach (var reader in new[] { "192.0.2.1", "198.51.100.1", "203.0.113.1" })
            await Site.Get<CommentReportService>().ReportAsync(
                ModerationTestSite.Article, comment.Id, "Look again", IPAddress.Parse(reader), Cancel);
    }

    private async Task DecideAndWaitAsync(Comment comment, Decision decision)
    {
        Assert.Equal(DecisionOutcome.Done, (await DecideAsync(comment, decision, revision: comment.Revision)).Outcome);
        Site.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private Task<PublishedCommentPage> SeeAsync() =>
        Site.Get<PublishedComments>().ReadAsync(ModerationTestSite.Article, cancellationToken: Cancel);
}

public sealed class DecisionVisibilityTestsOnSqlite() : DecisionVisibilityTests(DatabaseKind.Sqlite);

public sealed class DecisionVisibilityTestsOnPostgres() : DecisionVisibilityTests(DatabaseKind.Postgres);
