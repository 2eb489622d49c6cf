using System.Text;
using ArmTwitch.Data;
using ArmTwitch.Data.Changes;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Tests.Commands;
using ArmTwitch.Tests.Mail;
using ArmTwitch.Tests.Newsletter;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Tests.Operations;

/// <summary>
/// A PostgreSQL that its own tools put back, with <c>database restored</c> before the start, by the built program: what was sent since
/// the dump is not sent again. A copy of the database stands for the dump.
/// </summary>
public sealed class RestoredPostgresTests : IDisposable
{
    private static readonly string[] Four = [.. Enumerable.Range(1, 4).Select(number => $"reader{number}@example.org")];

    private readonly ContentCopy content = new();
    private readonly FakeSmtpServer sink = new();
    private readonly List<string> databases = [MigratedDatabaseTemplate.CopyOnServer()];
    private NewsletterTestSite? running;

    public RestoredPostgresTests()
    {
        content.WriteArticle("arm-muscle-twitching");
        content.Write("newsletters/why-sleep-matters.md", """
            ---
            subject: Why sleep matters
            preheader: One new article, and a tip.
            articles: [one]
            ---

            Hello.

            """);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Starts the site on the newest database if it does not run.</summary>
    private TestSite Site => (running ??= new NewsletterTestSite(
        DatabaseKind.Sqlite,
        [
            ("Data:Provider", "Postgres"), ("ConnectionStrings:ArmTwitch", databases[^1]), ("Content:Path", content.Folder),
            .. sink.Settings(("Mail:Connections", "1"))
        ])).Site;

    private IssueService Issues => Site.Get<IssueService>();

    public void Dispose()
    {
        StopSite();
        databases.ForEach(PostgresServer.Drop);
        sink.Dispose();
        content.Dispose();
    }

    [Fact]
    public async Task An_issue_that_went_out_after_the_dump_waits_for_an_editor_and_nobody_gets_it_twice()
    {
        await SubscribeAsync();
        Assert.True((await Issues.ScheduleAsync(
            RestoreTestSite.Issue, "Ada", Site.Clock.GetUtcNow().AddMinutes(5), Stop)).IsDone);
        var dump = Dump();
        await SendAsync();
        Assert.Equal(Four, Recipients());

        PutBack(dump);
        var said = await RestoredAsync();
        await SendAsync();

        Assert.Contains("1 scheduled issue waits for an editor at /moderation/newsletter", said, StringComparison.Ordinal);
        Assert.Equal(Four, Recipients());
        Assert.Equal(IssueState.PrepareFailed, await StateAsync());
        Assert.True((await Issues.ScheduleAsync(RestoreTestSite.Issue, "Ada", cancellationToken: Stop)).IsDone);
        await SendAsync();
        Assert.Equal(8, sink.Mails.Count);
        Assert.Equal(IssueState.Sent, await StateAsync());
    }

    [Fact]
    public async Task An_issue_that_was_being_prepared_at_the_dump_waits_for_an_editor_too()
    {
        await SubscribeAsync();
        Assert.True((await Issues.ScheduleAsync(RestoreTestSite.Issue, "Ada", cancellationToken: Stop)).IsDone);
        var held = await Site.MailAsync(Four, start: false);
        await using (var db = Site.Database())
            await db.Set<Issue>().ExecuteUpdateAsync(
                set => set.SetProperty(issue => issue.State, IssueState.Preparing).SetProperty(issue => issue.MailingId, held), Stop);

        PutBack(Dump());
        await RestoredAsync();
        await SendAsync();

        Assert.Empty(sink.Mails);
        Assert.Equal(
            (MailingState.Cancelled, IssueState.PrepareFailed), ((await Site.MailingAsync(held)).State, await StateAsync()));
        Assert.True((await Issues.ScheduleAsync(RestoreTestSite.Issue, "Ada", cancellationToken: Stop)).IsDone);
        await SendAsync();
        Assert.Equal(Four, Recipients());
    }

    [Fact]
    public async Task Mails_that_waited_or_were_on_their_way_are_unknown_and_mailings_paused_until_somebody_decides()
    {
        var waiting = await Site.QueueAsync("waiting");
        var forgotten = await Site.QueueAsync("forgotten", "bob@example.org");
        var mailing = await Site.MailAsync(Four);
        var copies = await Site.Get<MailingService>().ListAsync(mailing, MailState.Queued, cancellationToken: Stop);
        await Site.PutAsync(copies[0].Id, MailState.Submitting, 1);
        await Site.PutAsync(copies[1].Id, MailState.Claimed, 0);
        await Site.Get<SessionStore>().BeginAsync(Guid.NewGuid(), Stop);

        PutBack(Dump());
        var said = await RestoredAsync();
        var again = await RestoredAsync();
        await SendAsync();

        Assert.Contains("4 mails are unknown: 'mail list --state in-doubt' shows them", said, StringComparison.Ordinal);
        Assert.Contains("1 mailing is paused: look at the mail server's log", said, StringComparison.Ordinal);
        Assert.Contains("unsubscribe and erase them again", said, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown", again, StringComparison.Ordinal);
        Assert.Empty(sink.Mails);
        await using (var db = Site.Database())
            Assert.Empty(await db.Set<ModeratorSession>().ToListAsync(Stop));

        Assert.True(await Site.Get<Outbox>().ResolveAsync(waiting.Id, MailState.Queued, Stop));
        Assert.True(await Site.Get<Outbox>().ResolveAsync(forgotten.Id, MailState.Sent, Stop));
        Assert.True(await Site.ResumeAsync(mailing));
        await SendAsync();
        Assert.Equal(copies.Skip(2).Select(copy => copy.To).Append(waiting.To).Order(), Recipients().Order());
    }

    [Fact]
    public async Task Nothing_is_held_in_a_database_on_which_a_site_runs()
    {
        var waiting = await Site.QueueAsync("waiting");
        await using var replica = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(databases[^1])
        {
            Pooling = false,
            ApplicationName = PostgresChangeListener.ApplicationName,
        }.ConnectionString);
        await replica.OpenAsync(Stop);

        var said = await RestoredAsync(exit: 1);

        Assert.Contains("The site runs on this database", said, StringComparison.Ordinal);
        await using var db = Site.Database();
        Assert.Equal(MailState.Queued, (await db.Set<OutgoingMail>().SingleAsync(mail => mail.Id == waiting.Id, Stop)).State);
    }

    private async Task SubscribeAsync()
    {
        var table = new StringBuilder("email,consent_at,source,wording\n");
        foreach (var address in Four)
            table.Append(address).Append(",2026-01-01T00:00:00Z,a form,the old words\n");
        using var reader = new StringReader(table.ToString());
        Assert.Equal(0, (await Site.Get<SubscriberImportExport>().ImportAsync(reader, apply: true, Stop)).Refused);
    }

    /// <summary>Sends everything that may be sent.</summary>
    private async Task SendAsync()
    {
        Site.Clock.Advance(TimeSpan.FromMinutes(10));
        await Site.Get<IssueScheduler>().AdvanceAsync(Stop);
        await Site.SendMailsAsync(Stop);
        await Site.Get<IssueScheduler>().AdvanceAsync(Stop);
    }

    private async Task<IssueState> StateAsync() => (await Issues.FindAsync(RestoreTestSite.Issue, Stop))!.State;

    private string Dump()
    {
        StopSite();
        return PostgresServer.NewDatabase(new NpgsqlConnectionStringBuilder(databases[^1]).Database);
    }

    private void PutBack(string dump)
    {
        StopSite();
        databases.Add(dump);
    }

    private void StopSite()
    {
        running?.Dispose();
        running = null;
        using var connection = new NpgsqlConnection(databases[^1]);
        NpgsqlConnection.ClearPool(connection);
    }

    /// <returns>The output of the command.</returns>
    private async Task<string> RestoredAsync(int exit = 0)
    {
        var (ended, lines) = await CommandInProcess.RunAsync(
            ["database", "restored"],
            ("Data:Provider", "Postgres"), ("ConnectionStrings:ArmTwitch", databases[^1]), ("Content:Path", content.Folder));
        var said = string.Join('\n', lines);
        Assert.True(ended == exit, said);
        return said;
    }

    private IEnumerable<string> Recipients() =>
        sink.Mails.Select(mail => mail.To.Mailboxes.Single().Address).Order(StringComparer.Ordinal);
}
