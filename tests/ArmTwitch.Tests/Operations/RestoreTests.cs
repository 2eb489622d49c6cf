using ArmTwitch.Data.Hashing;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Tests.Mail;
using ArmTwitch.Tests.Newsletter;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Operations;

/// <summary>A restored backup does not undo mails that were sent since, nor what people have asked for since.</summary>
public sealed class RestoreTests : IDisposable
{
    private static readonly string[] Six = [.. Enumerable.Range(1, 6).Select(number => $"reader{number}@example.org")];

    private readonly RestoreTestSite place = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task Nobody_gets_an_issue_twice_that_was_half_sent_at_the_backup()
    {
        await place.SubscribeAsync(Six);
        await place.ScheduleAsync();
        await place.SendHalfAsync();
        await place.BackUpAsync();
        await place.SendAsync();
        Assert.Equal(IssueState.Sent, (await place.IssueAsync()).State);

        await place.RestoreAsync();
        await place.SendAsync();

        Assert.Equal(Six, Recipients());
        var issue = await place.IssueAsync();
        Assert.Equal((IssueState.Sent, 6, 6, true), (issue.State, issue.Count!.Audience, issue.Count.Sent, issue.Count.AddsUp));
    }

    [Fact]
    public async Task What_may_have_been_sent_is_held_only_while_no_site_runs_on_the_database()
    {
        await place.SubscribeAsync(Six);

        Assert.Contains("The site runs on this database", await place.RunAsync(1, "database", "restored"), StringComparison.Ordinal);
        place.StopSite();
        Assert.Contains("Start the site.", await place.RunAsync(0, "database", "restored"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_ended_after_the_backup_is_not_open_again()
    {
        var sessions = place.Site.Site.Get<SessionStore>();
        var session = SecretToken.Hash("session", await sessions.BeginAsync(Guid.NewGuid(), Stop))!;
        await place.BackUpAsync();
        await sessions.EndAsync(session, SessionEnd.SignedOut, Stop);

        var said = await place.RestoreAsync();

        Assert.Contains("Every moderator signs in again.", said, StringComparison.Ordinal);
        await using var db = place.Site.Site.Database();
        Assert.Empty(await db.Set<ModeratorSession>().ToListAsync(Stop));
    }

    [Fact]
    public async Task An_issue_that_was_written_and_sent_after_the_backup_is_known_as_sent()
    {
        await place.SubscribeAsync(Six);
        await place.BackUpAsync();
        await place.ScheduleAsync();
        await place.SendAsync();

        await place.RestoreAsync();
        await place.SendAsync();

        Assert.Equal(Six, Recipients());
        Assert.Equal(IssueState.Sent, (await place.IssueAsync()).State);
        Assert.False(
            (await place.Site.Site.Get<IssueService>().ScheduleAsync(RestoreTestSite.Issue, "Ada", cancellationToken: Stop)).IsDone);
    }

    [Theory]
    [InlineData(true, IssueState.Sent, 9)]
    [InlineData(false, IssueState.Cancelled, 6)]
    public async Task Where_nobody_knows_what_was_sent_since_an_editor_resumes_or_cancels(bool resume, IssueState end, int mails)
    {
        await place.SubscribeAsync(Six);
        await place.ScheduleAsync();
        await place.SendHalfAsync();
        await place.BackUpAsync();
        await place.SendAsync();
        place.StopSite();
        foreach (var file in Directory.EnumerateFiles(place.Data, "armtwitch.db*"))
            File.Delete(file);

        var said = await place.RestoreAsync();
        await place.SendAsync();

        Assert.Contains(
            "1 mailing is paused: look at the mail server's log, then an editor resumes or cancels at /moderation/newsletter.", said,
            StringComparison.Ordinal);
        Assert.Equal(Six, Recipients());
        var issue = await place.IssueAsync();
        Assert.Equal((IssueState.Paused, 3, 3), (issue.State, issue.Count!.Sent, issue.Count.Waiting));
        Assert.StartsWith("A backup was restored.", issue.Trouble, StringComparison.Ordinal);

        var issueService = place.Site.Site.Get<IssueService>();
        Assert.True((await (resume
            ? issueService.ResumeAsync(RestoreTestSite.Issue, "Ada", Stop)
            : issueService.CancelAsync(RestoreTestSite.Issue, "Ada", Stop))).IsDone);
        await place.SendAsync();
        Assert.Equal((end, mails), ((await place.IssueAsync()).State, place.Sink.Mails.Count));
    }

    /// <summary>It may have been resumed and sent since.</summary>
    [Fact]
    public async Task An_issue_that_was_paused_in_the_backup_says_that_the_backup_is_why()
    {
        await place.SubscribeAsync(Six);
        await place.ScheduleAsync();
        await place.SendHalfAsync();
        var issueService = place.Site.Site.Get<IssueService>();
        Assert.True((await issueService.PauseAsync(RestoreTestSite.Issue, "Ada", Stop)).IsDone);
        await place.BackUpAsync();
        Assert.True((await issueService.ResumeAsync(RestoreTestSite.Issue, "Ada", Stop)).IsDone);
        await place.SendAsync();
        Assert.Equal(Six, Recipients());
        place.StopSite();
        File.Delete(place.Database);

        var said = await place.RestoreAsync();
        await place.SendAsync();

        Assert.Contains(
            "1 mailing is paused: look at the mail server's log, then an editor resumes or cancels at /moderation/newsletter.", said,
            StringComparison.Ordinal);
        Assert.Equal(Six, Recipients());
        var issue = await place.IssueAsync();
        Assert.Equal((IssueState.Paused, 3), (issue.State, issue.Count!.Waiting));
        Assert.StartsWith("A backup was restored.", issue.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issue_that_was_only_scheduled_is_not_sent_by_itself()
    {
        await place.SubscribeAsync(Six);
        await place.ScheduleAsync();
        await place.BackUpAsync();
        await place.SendAsync();
        place.StopSite();
        File.WriteAllText(place.Database, "The disk has eaten it.");

        var said = await place.RestoreAsync();
        await place.SendAsync();

        Assert.Contains("It is damaged and could not be read", said, StringComparison.Ordinal);
        Assert.Equal("The disk has eaten it.", File.ReadAllText(place.Aside));
        Assert.Equal(Six, Recipients());
        Assert.Equal(IssueState.PrepareFailed, (await place.IssueAsync()).State);
        Assert.True(
            (await place.Site.Site.Get<IssueService>().ScheduleAsync(RestoreTestSite.Issue, "Ada", cancellationToken: Stop)).IsDone);
    }

    [Fact]
    public async Task Mails_that_waited_or_were_on_their_way_are_unknown_and_not_sent()
    {
        await place.SubscribeAsync(Six[..2]);
        var waiting = await place.Site.Site.QueueAsync("waiting");
        var mailing = await place.Site.Site.MailAsync(Six);
        var copies = await place.Site.Site.Get<MailingService>().ListAsync(mailing, MailState.Queued, cancellationToken: Stop);
        await place.Site.Site.PutAsync(copies[0].Id, MailState.Submitting, 1);
        await place.Site.Site.PutAsync(copies[1].Id, MailState.Claimed, 0);
        await place.BackUpAsync();
        place.StopSite();
        File.Delete(place.Database);

        await place.RestoreAsync();
        await place.SendAsync();
        await place.Site.Site.ResumeAsync(mailing);
        await place.SendAsync();

        Assert.Equal(MailState.InDoubt, (await place.Site.Site.ReadAsync(waiting.Id)).State);
        Assert.Equal(Six.Except([copies[0].To, copies[1].To]), Recipients());
        Assert.True(await place.Site.Site.Get<Outbox>().ResolveAsync(waiting.Id, MailState.Queued, Stop));
        await place.SendAsync();
        Assert.Contains("ada@example.org", Recipients());
    }

    [Fact]
    public async Task Who_has_left_or_was_erased_since_the_backup_stays_away()
    {
        await place.SubscribeAsync(Six);
        var (leaver, erased) = (await place.Site.FindAsync(Six[0]), await place.Site.FindAsync(Six[1]));
        await place.BackUpAsync();
        (await place.Site.PostAsync(
            $"/newsletter/unsubscribe?token={await place.Site.UnsubscribeTokenAsync(leaver.Id)}",
            ("List-Unsubscribe", "One-Click"))).Dispose();
        Assert.NotEmpty(await place.Site.Site.Get<PersonErasureService>().EraseAsync(new PersonAddress(Six[1], Six[1]), Stop));
        await place.Site.Site.Get<SuppressionList>().AddAsync(Six[2], Suppression.All, "complained", Stop);

        var said = await place.RestoreAsync();

        Assert.Contains("1 person left the newsletter since the backup and stay", said, StringComparison.Ordinal);
        Assert.Equal(
            (SubscriberState.Unsubscribed, SubscriberState.Erased, SubscriberState.Confirmed),
            (await place.Site.StateAsync(leaver.Id), await place.Site.StateAsync(erased.Id), (await place.Site.FindAsync(Six[2])).State));
        Assert.DoesNotContain(await place.Site.AllAsync<Subscriber>(), one => one.Email == Six[1] || one.Key == Six[1]);
        Assert.Equal(
            [Six[0], Six[1], Six[2]],
            (await place.Site.Site.Get<SuppressionList>().FindAsync(Six, SubscriptionService.Scope, Stop)).Order());
        var ledger = await place.Site.AllAsync<ConsentRecord>();
        Assert.Equal((6, 1, 1), (Of(ConsentKind.Given), Of(ConsentKind.Withdrawn), Of(ConsentKind.Erased)));

        await place.ScheduleAsync();
        await place.SendAsync();
        Assert.Equal(Six[3..], Recipients());

        int Of(ConsentKind kind) => ledger.Count(record => record.Kind == kind);
    }

    [Fact]
    public async Task Nothing_comes_over_from_the_database_of_another_site()
    {
        using var other = new RestoreTestSite();
        await other.SubscribeAsync(Six[0]);
        await other.BackUpAsync();
        await place.SubscribeAsync(Six);
        await place.Site.Site.Get<SuppressionList>().AddAsync(Six[0], Suppression.All, "complained", Stop);
        await place.ScheduleAsync();
        await place.SendAsync();
        File.Copy(other.Backup, place.Backup);

        var said = await place.RestoreAsync();

        Assert.Contains("The database of before belongs to another site. Nothing of it is carried over.", said, StringComparison.Ordinal);
        Assert.Equal(Six[0], Assert.Single(await place.Site.AllAsync<Subscriber>()).Email);
        Assert.Empty(await place.Site.AllAsync<OutgoingMail>());
        Assert.Empty(await place.Site.AllAsync<Suppression>());
    }

    [Fact]
    public async Task An_issue_that_is_still_scheduled_stays_so()
    {
        await place.SubscribeAsync(Six);
        Assert.True((await place.Site.Site.Get<IssueService>()
            .ScheduleAsync(RestoreTestSite.Issue, "Ada", place.Site.Site.Clock.GetUtcNow().AddMinutes(5), Stop)).IsDone);
        await place.BackUpAsync();

        await place.RestoreAsync();

        Assert.Equal(IssueState.Scheduled, (await place.IssueAsync()).State);
    }

    private IEnumerable<string> Recipients() =>
        place.Sink.Mails.Select(mail => mail.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal);
}
