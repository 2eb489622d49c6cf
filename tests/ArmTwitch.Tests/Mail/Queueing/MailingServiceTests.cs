using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Tests.Mail.Crash;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Mail.Queueing;

/// <summary>One text for many: who gets it, when it stops, and that everybody is accounted for.</summary>
public sealed class MailingServiceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Everybody_gets_a_copy_with_links_of_their_own_and_the_headers_of_a_list(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(["ada@example.org", "grace@example.org"]);
        await site.SendMailsAsync(Cancel);

        Assert.Equal(["ada@example.org", "grace@example.org"], sink.Mails.Select(mail => mail.To.ToString()).Order());
        var mail = sink.Mails.Single(mail => mail.To.ToString().StartsWith("ada", StringComparison.Ordinal));
        Assert.Equal(
            "<https://armtwitch.test/u?token=1>, <mailto:leave@armtwitch.test?subject=unsubscribe>", mail.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Equal("ArmTwitch <newsletter.armtwitch.test>", mail.Headers["List-Id"]);
        Assert.Equal("Leave: https://armtwitch.test/u?token=1 Manage: https://armtwitch.test/m?a=1&b=2", mail.TextBody!.Trim());
        Assert.Equal(
            "<a href=\"https://armtwitch.test/u?token=1\">Leave</a> <a href=\"https://armtwitch.test/m?a=1&amp;b=2\">Manage</a>",
            mail.HtmlBody!.Trim());
        Assert.Equal(site.Clock.GetUtcNow(), mail.Date);
        Assert.Equal((MailingState.Done, site.Clock.GetUtcNow()), (await site.MailingAsync(mailing)).Ended());
        Assert.Equal(new MailingCount(2, 2, 0, 0, 0, 0, 0), await site.Get<MailingService>().CountAsync(mailing, Cancel));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task An_audience_is_frozen_once_also_when_the_program_died_in_the_middle(DatabaseKind database)
    {
        using var site = new TestSite(database: database);
        using var visitor = site.Visit();
        var (mailings, id) = (site.Get<MailingService>(), await site.MakeMailingAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => mailings.FreezeAsync(id, Readers(2500, diesAt: 2200).InPages(), Cancel));
        Assert.False(await mailings.StartAsync(id, Cancel));
        Assert.Equal(2000, (await mailings.CountAsync(id, Cancel))!.Waiting);

        Assert.Equal(2500, await mailings.FreezeAsync(id, Readers(2500).InPages(), Cancel));
        Assert.Equal(2500, await mailings.FreezeAsync(id, Readers(9).InPages(), Cancel));

        Assert.Equal(new MailingCount(2500, 0, 0, 0, 0, 0, 2500), await mailings.CountAsync(id, Cancel));
        Assert.Null(await mailings.FreezeAsync(Guid.NewGuid(), Readers(1).InPages(), Cancel));
        Assert.True(await mailings.StartAsync(id, Cancel));
        Assert.False(await mailings.StartAsync(id, Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_another_program_writes_down_at_the_very_end_is_counted_or_not_there(bool isCancelled)
    {
        var database = new FailingCommandInterceptor();
        using var site = new TestSite(database: DatabaseKind.Postgres).With(database.AddTo);
        using var visitor = site.Visit();
        var (mailings, id) = (site.Get<MailingService>(), await site.MakeMailingAsync());
        var other = database.After(
            "count(*)",
            async () => await Record.ExceptionAsync(() => mailings.FreezeAsync(id, Readers(1500, diesAt: 1200).InPages(), Cancel)),
            site.AwaitLockAsync);

        if (isCancelled)
            Assert.True(await site.CancelAsync(id));
        else
            Assert.NotNull(await mailings.FreezeAsync(id, Readers(2).InPages(), Cancel));

        await other;
        await site.CountAsync(id);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Who_is_suppressed_after_the_freezing_gets_nothing_and_is_counted(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(["ada@example.org", "Grace@Example.org", "eve@example.org", "joan@example.org"]);
        await site.QueueAsync("confirm 1", "grace@example.org");
        await site.QueueAsync("confirm 2", "eve@example.org");
        var suppressions = site.Get<SuppressionList>();
        Assert.True(await suppressions.AddAsync("grace@EXAMPLE.org", "newsletter", "unsubscribed", Cancel));
        Assert.False(await suppressions.AddAsync("grace@example.org", "newsletter", "complained", Cancel));
        await suppressions.AddAsync("eve@example.org", Suppression.All, "erased", Cancel);
        await suppressions.AddAsync("joan@example.org", "digest", "unsubscribed", Cancel);

        await site.SendMailsAsync(Cancel);

        Assert.Equal(["ada@example.org", "grace@example.org", "joan@example.org"], sink.Mails.Select(mail => mail.To.ToString()).Order());
        Assert.Equal(new MailingCount(4, 2, 0, 0, 2, 0, 0), await site.Get<MailingService>().CountAsync(mailing, Cancel));
        Assert.True(await suppressions.ContainsAsync(" EVE@example.org", "newsletter", Cancel));
        Assert.False(await suppressions.ContainsAsync("joan@example.org", "newsletter", Cancel));
        await using var db = site.Database();
        Assert.True(await suppressions.RemoveAsync(db, await suppressions.HashAsync("grace@example.org", Cancel), "newsletter", Cancel));
        Assert.False(await suppressions.ContainsAsync("grace@example.org", "newsletter", Cancel));
        Assert.DoesNotContain(await db.Set<Suppression>().ToListAsync(Cancel), one => one.Hash.AsSpan().IndexOf("eve"u8) >= 0);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Nothing_leaves_while_it_is_held_or_paused_and_what_waits_can_be_cancelled(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var mailings = site.Get<MailingService>();
        var mailing = await site.MailAsync(["ada@example.org", "grace@example.org"], start: false);
        await site.SendMailsAsync(Cancel);
        Assert.Empty(sink.Mails);

        await mailings.StartAsync(mailing, Cancel);
        Assert.True(await site.PauseAsync(mailing, "A wrong date"));
        Assert.False(await site.PauseAsync(mailing, "Another reason"));
        await site.SendMailsAsync(Cancel);
        Assert.Empty(sink.Mails);
        Assert.Equal("A wrong date", (await site.MailingAsync(mailing)).PausedBecause);

        Assert.True(await site.ResumeAsync(mailing));
        Assert.True(await site.CancelAsync(mailing));
        Assert.False(await site.ResumeAsync(mailing));
        Assert.False(await site.CancelAsync(mailing));
        await site.SendMailsAsync(Cancel);
        Assert.Empty(sink.Mails);
        Assert.Equal(new MailingCount(2, 0, 0, 0, 0, 2, 0), await mailings.CountAsync(mailing, Cancel));
        Assert.Equal(MailingState.Cancelled, (await site.MailingAsync(mailing)).Ended().State);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 25, MailingState.Done)]
    [InlineData(DatabaseKind.Sqlite, 10, MailingState.Paused)]
    [InlineData(DatabaseKind.Postgres, 10, MailingState.Paused)]
    public async Task One_hard_bounce_in_twenty_after_200_tries_stops_it(DatabaseKind database, int oneIn, MailingState state)
    {
        using var sink = new FakeSmtpServer
        {
            Answer =
                (now, said) => now is SmtpStage.To && said.Contains("gone", StringComparison.Ordinal) ? "550 5.1.1 no such person" : null
        };
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(
            [.. Enumerable.Range(0, 400).Select(number => $"{(number % oneIn is 0 ? "gone" : "here")}{number}@example.org")]);
        await site.SendMailsAsync(Cancel);

        var row = await site.MailingAsync(mailing);
        var count = (await site.Get<MailingService>().CountAsync(mailing, Cancel))!;
        Assert.Equal(state, row.State);
        Assert.True(count.AddsUp);
        Assert.Equal((count.Dead, count.Sent + count.Dead), (row.HardBounces, row.Tried));
        Assert.Equal(
            "5.1.1",
            (await site.Get<MailingService>().ListAsync(mailing, MailState.Dead, take: 1, cancellationToken: Cancel)).Single().Status);
        if (state is MailingState.Done)
            return;

        Assert.InRange(row.Tried, 200, 399);

        Assert.Contains("5 %", row.PausedBecause, StringComparison.Ordinal);
        Assert.True(await site.ResumeAsync(mailing));
        Assert.Equal((0, 0), ((await site.MailingAsync(mailing)).Tried, (await site.MailingAsync(mailing)).HardBounces));
    }

    [Theory]
    [InlineData(199, MailingState.Sending)]
    [InlineData(200, MailingState.Paused)]
    [InlineData(1000, MailingState.Paused)]
    [InlineData(1001, MailingState.Sending)]
    public async Task One_complaint_in_a_thousand_stops_it(int tried, MailingState state)
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(["ada@example.org"]);
        await using var db = site.Database();
        await db.Set<Mailing>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Tried, tried), Cancel);

        await MailingAutoPause.ReportComplaintAsync(db, mailing, Cancel);

        Assert.Equal(state, (await site.MailingAsync(mailing)).State);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Who_listens_is_told_in_the_same_transaction_and_cannot_stop_the_outcome(DatabaseKind database)
    {
        var listener = new RecordingOutcomeHandler();
        using var sink = new FakeSmtpServer
        {
            Answer = (now, said) => now is SmtpStage.To && said.Contains("eve", StringComparison.Ordinal) ? "550 5.1.1 unknown" : null
        };
        using var site = new TestSite(database: database, settings: sink.Settings())
            .With(services => services.AddSingleton<IMailOutcomeHandler>(listener));
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(["ada@example.org", "eve@example.org"]);
        await site.SendMailsAsync(Cancel);

        Assert.Equal(
            [("ada@example.org", MailState.Sent, null, false), ("eve@example.org", MailState.Dead, "5.1.1", true)],
            listener.Heard.OrderBy(outcome => outcome.To)
                .Select(outcome => (outcome.To, outcome.State, outcome.Status, outcome.IsHardBounce)));
        Assert.All(listener.Heard, outcome => Assert.Equal(mailing, outcome.MailingId));
        await using var db = site.Database();
        Assert.Equal(2, await db.Set<Suppression>().CountAsync(one => one.Scope == "heard", Cancel));

        listener.Fails = true;
        var mail = await site.QueueAsync("confirm");
        await site.SendMailsAsync(Cancel);
        Assert.Equal(MailState.Sent, (await site.ReadAsync(mail.Id)).State);
        Assert.Single(sink.Mails, one => one.MessageId == mail.MessageId);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Texts_links_and_addresses_go_after_a_month_and_the_states_of_an_issue_stay(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(["ada@example.org", "grace@example.org"]);
        var single = await site.QueueAsync("confirm");
        var doubtful = await site.QueueAsync("decision", mayRepeat: false);
        await site.PutAsync(doubtful.Id, MailState.InDoubt, 1);
        await site.SendMailsAsync(Cancel);
        site.Clock.Advance(TimeSpan.FromDays(29));
        await site.Get<RetentionService>().ApplyRulesAsync(Cancel);
        Assert.NotEmpty((await site.MailingAsync(mailing)).Text);

        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.Get<RetentionService>().ApplyRulesAsync(Cancel);

        var pruned = await site.MailingAsync(mailing);
        Assert.Equal(("", "", MailingState.Done), (pruned.Text, pruned.Html, pruned.State));
        Assert.All(
            await site.Get<MailingService>().ListAsync(mailing, MailState.Sent, cancellationToken: Cancel),
            mail => Assert.Equal((null, null), (mail.UnsubscribeAddress, mail.ManageAddress)));
        Assert.Equal(2, (await site.Get<MailingService>().CountAsync(mailing, Cancel))!.Sent);
        await using (var db = site.Database())
            Assert.All(
                await db.Set<OutgoingMail>().ToListAsync(Cancel),
                mail => Assert.Equal((mailing, true), (mail.MailingId, mail.To.EndsWith("@invalid", StringComparison.Ordinal))));
        var copy = (await site.Get<MailingService>().ListAsync(mailing, MailState.Sent, cancellationToken: Cancel))[0];
        await site.PutAsync(copy.Id, MailState.InDoubt, 1);
        Assert.False(await site.Get<Outbox>().ResolveAsync(copy.Id, MailState.Queued, Cancel));
        Assert.True(await site.Get<Outbox>().ResolveAsync(copy.Id, MailState.Sent, Cancel));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_copy_in_doubt_moves_only_when_an_operator_says_so(DatabaseKind database)
    {
        var isBroken = true;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.Dot && isBroken ? FakeSmtpServer.Drop : null;
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var mailing = await site.MailAsync(["ada@example.org"]);
        await site.SendMailsAsync(Cancel);
        isBroken = false;
        site.Clock.Advance(TimeSpan.FromDays(3));
        await site.SendMailsAsync(Cancel);
        Assert.Empty(sink.Mails);
        Assert.Equal(MailingState.Done, (await site.MailingAsync(mailing)).State);

        var copy = Assert.Single(await site.Get<MailingService>().ListAsync(mailing, MailState.InDoubt, cancellationToken: Cancel));
        Assert.True(await site.Get<Outbox>().ResolveAsync(copy.Id, MailState.Queued, Cancel));
        await site.SendMailsAsync(Cancel);

        Assert.Equal(copy.MessageId, Assert.Single(sink.Mails).MessageId);
        Assert.Equal(new MailingCount(1, 1, 0, 0, 0, 0, 0), await site.Get<MailingService>().CountAsync(mailing, Cancel));
        Assert.Equal(MailingState.Done, (await site.MailingAsync(mailing)).State);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task What_a_restored_backup_does_not_know_waits_for_a_person(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var (mailings, mailing) =
            (site.Get<MailingService>(), await site.MailAsync(["ada@example.org", "grace@example.org", "joan@example.org"]));
        var rows = await mailings.ListAsync(mailing, MailState.Queued, cancellationToken: Cancel);
        await site.PutAsync(rows[0].Id, MailState.Sent, 1);
        await site.PutAsync(rows[1].Id, MailState.InDoubt, 1);

        await using var output = new StringWriter();
        Assert.Equal(0, await OutboxAdministration.PauseAsync(site.Services, output, Cancel));
        Assert.Equal("1 mailing is paused.\n", output.ToString());
        await site.SendMailsAsync(Cancel);
        Assert.Empty(sink.Mails);

        await site.ResumeAsync(mailing);
        await site.SendMailsAsync(Cancel);
        Assert.Equal(rows[2].MessageId, Assert.Single(sink.Mails).MessageId);
    }

    [Theory]
    [InlineData("Hello\r\nBcc: eve@example.org", "list.example", null)]
    [InlineData("Hello", "list.example\nBcc: eve@example.org", null)]
    [InlineData("Hello", "list.example", "leave@example.org\r\nBcc: eve@example.org")]
    public async Task What_would_smuggle_a_header_in_makes_no_mailing(string subject, string list, string? mailbox)
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        await using var db = site.Database();

        Assert.Throws<ArgumentException>(
            () => site.Get<MailingService>().Add(db, new MailingDraft(subject, "text", "html", list) { UnsubscribeMailbox = mailbox }));
    }

    [Theory]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("ada@example.org, eve@example.org")]
    [InlineData("ada")]
    public async Task A_recipient_who_is_none_is_dead_and_counted(string to)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(settings: sink.Settings());
        using var visitor = site.Visit();
        var mailing = await site.MailAsync([to, "grace@example.org"]);

        await site.SendMailsAsync(Cancel);

        Assert.Equal("grace@example.org", Assert.Single(sink.Mails).To.ToString());
        Assert.Equal(new MailingCount(2, 1, 1, 0, 0, 0, 0), await site.Get<MailingService>().CountAsync(mailing, Cancel));
    }

    private static IEnumerable<MailingRecipient> Readers(int count, int diesAt = int.MaxValue)
    {
        for (var number = 0; number < count; number++)
        {
            if (number == diesAt)
                throw new InvalidOperationException("The program dies");
            yield return new MailingRecipient($"reader{number}@example.org");
        }
    }
}
