using System.Net;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Reporting;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Tests.Comments;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Privacy;

/// <summary>Nobody is written to about a comment that is no longer theirs to be told of.</summary>
public abstract class PersonErasureTests(DatabaseKind database) : IDisposable
{
    private readonly CommentTestSite comments = new(database, ("Limits:Enabled", "false"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        comments.Dispose();
    }

    [Theory]
    [InlineData("erase")]
    [InlineData("withdraw")]
    [InlineData("mute")]
    public async Task A_decision_mail_that_waits_is_not_sent_once_its_writer_wants_none(string action)
    {
        var address = await WriteAsync("ada@example.org");
        var other = await WriteAsync("grace@example.org");
        await ApproveAllAsync();

        using var answer = action is "mute"
            ? await comments.PostAsync($"{address}/mute")
            : await comments.PostAsync(address, ("action", action));

        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.SeeOther });
        await using (var db = await comments.OpenAsync())
        {
            Assert.Equal(
                [(true, MailState.Cancelled, ""), (false, MailState.Queued, "grace@example.org")],
                (await db.Set<OutgoingMail>().AsNoTracking().ToListAsync(Stop))
                    .Select(mail => (IsNobody(mail), mail.State, IsNobody(mail) ? mail.Text + mail.Html : mail.To))
                    .OrderBy(mail => mail.State is MailState.Queued));
        }

        comments.Site.Clock.Advance(TimeSpan.FromHours(1));
        var mails = await comments.Site.SendMailsAsync(Stop);
        Assert.Equal("grace@example.org", Assert.Single(mails).To.Mailboxes.Single().Address);
        Assert.NotEqual(address, other);
    }

    [Fact]
    public async Task A_mail_of_before_names_nobody_any_more_once_the_comment_is_erased()
    {
        var address = await WriteAsync("ada@example.org");
        await ApproveAllAsync();
        comments.Site.Clock.Advance(TimeSpan.FromHours(1));
        await comments.Site.SendMailsAsync(Stop);

        (await comments.PostAsync(address, ("action", "erase"))).Dispose();

        await using var db = await comments.OpenAsync();
        var mail = await db.Set<OutgoingMail>().SingleAsync(Stop);
        Assert.Equal((true, MailState.Sent, "", null), (IsNobody(mail), mail.State, mail.Text, mail.UnsubscribeAddress));
    }

    [Theory]
    [InlineData("erase")]
    [InlineData("withdraw")]
    public async Task Nothing_that_could_be_undone_is_left_of_what_its_writer_took_back(string action)
    {
        var address = await WriteAsync("ada@example.org");
        await ApproveAllAsync();
        await using var db = await comments.OpenAsync();
        await db.Set<Comment>().ExecuteUpdateAsync(
            set => set.SetProperty(one => one.Level, FlagLevel.Crisis).SetProperty(one => one.Urgency, FlagLevel.Crisis).SetProperty(
                one => one.SpamScore, .7), Stop);
        Assert.Equal(1, await db.Set<DecisionUndoSnapshot>().CountAsync(Stop));

        (await comments.PostAsync(address, ("action", action))).Dispose();

        Assert.Equal(0, await db.Set<DecisionUndoSnapshot>().CountAsync(Stop));
        var left = Assert.Single(await comments.CommentsAsync());
        Assert.Equal(
            action is "erase" ? (FlagLevel.Ordinary, FlagLevel.Ordinary, 0) : (FlagLevel.Crisis, FlagLevel.Crisis, .7),
            (left.Level, left.Urgency, left.SpamScore));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mail_that_says_published_is_not_sent_once_the_comment_is_off_the_page(bool byReaders)
    {
        await WriteAsync("ada@example.org");
        await ApproveAllAsync();
        var comment = Assert.Single(await comments.CommentsAsync());
        comments.Site.Clock.Advance(TimeSpan.FromMinutes(1));

        if (byReaders)
        {
            foreach (var network in new[] { "192.0.2.1", "198.51.100.1", "203.0.113.1" })
                await comments.Site.Get<CommentReportService>().ReportAsync(
                    comment.Article, comment.Id, "Look again", IPAddress.Parse(network), Stop);
        }
        else
        {
            await comments.Site.Get<DecisionService>().DecideAsync(comment.Id, 1, Decision.Remove, Decider.CommandLine, Stop);
        }

        Assert.Equal(byReaders ? CommentStatus.Pending : CommentStatus.Removed, Assert.Single(await comments.CommentsAsync()).Status);
        comments.Site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Empty(await comments.Site.SendMailsAsync(Stop));
        if (!byReaders)
            return;
        await ApproveAllAsync();
        comments.Site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.EndsWith("is published", Assert.Single(await comments.Site.SendMailsAsync(Stop)).Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_end_of_a_subscription_stops_no_mail_about_a_comment(bool byOwner)
    {
        (await comments.PostAsync("/newsletter/subscribe", ("email", "ada@example.org"), ("website", ""), ("page", "/"))).Dispose();
        while (await comments.Site.Get<SignUpProcessor>().ProcessNextAsync(Stop))
        {
        }

        comments.Site.Clock.Advance(TimeSpan.FromDays(7));
        await WriteAsync("ada@example.org");
        await ApproveAllAsync();

        if (byOwner)
        {
            Assert.True(EmailAddress.TryParse("ada@example.org", out var address));
            Assert.True(await comments.Site.Get<SubscriptionService>().EraseAsync(address, Stop));
        }
        else
        {
            await comments.Site.Get<RetentionService>().ApplyRulesAsync(Stop);
        }

        await using var db = await comments.OpenAsync();
        Assert.False(await db.Set<Subscriber>().AnyAsync(one => one.Email != null, Stop));
        Assert.Equal(
            [("comment", MailState.Queued, false), ("newsletter", MailState.Cancelled, true)],
            (await db.Set<OutgoingMail>().AsNoTracking().ToListAsync(Stop))
                .Select(mail => (mail.Cause.Split(' ')[0], mail.State, IsNobody(mail))).Order());
    }

    [Fact]
    public async Task A_rule_that_fails_holds_up_no_other_and_is_told()
    {
        var address = await WriteAsync("ada@example.org");
        await ApproveAllAsync();
        await using (var db = await comments.OpenAsync())
            await db.Database.ExecuteSqlRawAsync("""ALTER TABLE "CommentArrivals" RENAME TO "Elsewhere" """, Stop);
        comments.Site.Clock.Advance(TimeSpan.FromDays(31));

        await comments.Site.Get<RetentionService>().ApplyRulesAsync(Stop);

        Assert.Equal(["comment-arrivals"], comments.Site.Get<RetentionService>().FailingRules.Keys);
        Assert.Null(Assert.Single(await comments.CommentsAsync()).Email);
        var health = await comments.Reader.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Stop);
        Assert.Contains(
            $"What is over could not be deleted since {comments.Site.Clock.GetUtcNow():yyyy-MM-dd}", health, StringComparison.Ordinal);
        Assert.NotEmpty(address);

        await using (var db = await comments.OpenAsync())
            await db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Elsewhere" RENAME TO "CommentArrivals" """, Stop);
        await comments.Site.Get<RetentionService>().ApplyRulesAsync(Stop);
        Assert.Empty(comments.Site.Get<RetentionService>().FailingRules);
    }

    private static bool IsNobody(OutgoingMail mail) => mail.To.EndsWith("@invalid", StringComparison.Ordinal);

    private async Task<string> WriteAsync(string email)
    {
        using var answer = await comments.WriteAsync($"Mine stopped after {email.Length} weeks.", email: email);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private async Task ApproveAllAsync()
    {
        foreach (var comment in await comments.CommentsAsync())
            Assert.Equal(DecisionOutcome.Done, (await comments.Site.Get<DecisionService>()
                .DecideAsync(comment.Id, 1, Decision.Approve, Decider.CommandLine, Stop)).Outcome);
    }
}

public sealed class PersonErasureTestsOnSqlite() : PersonErasureTests(DatabaseKind.Sqlite);

public sealed class PersonErasureTestsOnPostgres() : PersonErasureTests(DatabaseKind.Postgres);
