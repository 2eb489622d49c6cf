using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Tests.Mail.Crash;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Mail.Queueing;

public sealed class MailingServiceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Each_recipient_gets_a_copy_with_own_links_and_the_headers_of_a_list(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
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
    public async Task An_audience_is_frozen_once_even_if_the_program_was_killed_meanwhile(DatabaseKind database)
    {
        using var site = new TestSite(database: database).Start();
        var (mailings, id) = (site.Get<MailingService>(), await site.MakeMailingAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => mailings.FreezeAsync(id, Readers(2500, killedAt: 2200).InPages(), Cancel));
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
    public async Task Rows_that_another_program_writes_at_the_very_end_are_counted_or_not_there(bool isCancelled)
    {
        var database = new FailingCommandInterceptor();
        using var site = new TestSite(database: DatabaseKind.Postgres).With(database.AddTo).Start();
        var (mailings, id) = (site.Get<MailingService>(), await site.MakeMailingAsync());
        var other = database.After(
            "count(*)",
            async () => await Record.ExceptionAsync(() => mailings.FreezeAsync(id, Readers(1500, killedAt: 1200).InPages(), Cancel)),
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
    public async Task A_recipient_suppressed_after_the_freezing_gets_nothing_and_is_counted(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
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
    public async Task A_held_or_paused_mailing_sends_nothing_and_can_be_cancelled(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
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
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task An_unknown_copy_is_sent_again_only_by_an_operator(DatabaseKind database)
    {
        var isBroken = true;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.Dot && isBroken ? FakeSmtpServer.Drop : null;
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
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
    public async Task After_a_pause_by_command_only_what_waits_is_sent_on_resuming(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
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
    public async Task A_line_break_in_a_header_makes_no_mailing(string subject, string list, string? mailbox)
    {
        using var site = new TestSite().Start();
        await using var db = site.Database();

        Assert.Throws<ArgumentException>(
            () => site.Get<MailingService>().Add(db, new MailingDraft(subject, "text", "html", list) { UnsubscribeMailbox = mailbox }));
    }

    [Theory]
    [InlineData("ada@example.org\r\nBcc: eve@example.org")]
    [InlineData("ada@example.org, eve@example.org")]
    [InlineData("ada")]
    public async Task A_recipient_without_a_valid_address_is_refused_and_counted(string to)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(settings: sink.Settings()).Start();
        var mailing = await site.MailAsync([to, "grace@example.org"]);

        await site.SendMailsAsync(Cancel);

        Assert.Equal("grace@example.org", Assert.Single(sink.Mails).To.ToString());
        Assert.Equal(new MailingCount(2, 1, 1, 0, 0, 0, 0), await site.Get<MailingService>().CountAsync(mailing, Cancel));
    }

    private static IEnumerable<MailingRecipient> Readers(int count, int killedAt = int.MaxValue)
    {
        for (var number = 0; number < count; number++)
        {
            if (number == killedAt)
                throw new InvalidOperationException("The program dies");
            yield return new MailingRecipient($"reader{number}@example.org");
        }
    }
}
