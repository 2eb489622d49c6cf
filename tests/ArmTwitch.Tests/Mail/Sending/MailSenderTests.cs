using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Mail.Sending;

/// <summary>What a try does to a mail, with a server that behaves well or badly.</summary>
public sealed class MailSenderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Longer than the buffers of both ends, so that a broken connection is noticed while writing.</summary>
    private const int LongText = 20_000_000;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mail_arrives_once_with_all_its_headers_and_both_texts(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        await using (var db = site.Database())
        {
            site.Get<Outbox>().Queue(db, MailTestSite.Draft("issue 1", "ada@example.org") with
            {
                UnsubscribeAddress = "https://armtwitch.test/newsletter/unsubscribe?token=abc"
            });
            await db.SaveChangesAsync(Cancel);
        }

        await site.SendMailsAsync(Cancel);
        await site.SendMailsAsync(Cancel);

        var mail = Assert.Single(sink.Mails);
        var row = Assert.Single(await site.Get<Outbox>().ListAsync(null, Cancel));
        Assert.Equal(("ArmTwitch", "hello@armtwitch.test"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal("ada@example.org", mail.To.ToString());
        Assert.Equal("Grüße", mail.Subject);
        Assert.Equal(site.Clock.GetUtcNow(), mail.Date);
        Assert.Equal(row.MessageId, mail.MessageId);
        Assert.EndsWith("@armtwitch.test", mail.MessageId, StringComparison.Ordinal);
        Assert.Equal("Plain words.\n.A line with a dot.", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.Equal("<p>Plain words.</p>", mail.HtmlBody!.TrimEnd());
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("All", mail.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal("<https://armtwitch.test/newsletter/unsubscribe?token=abc>", mail.Headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        Assert.Equal((MailState.Sent, 1, site.Clock.GetUtcNow()), (row.State, row.Attempts, row.SentAt));
    }

    [Theory]
    [InlineData(SmtpStage.From, "451 later", MailState.Queued, 1)]
    [InlineData(SmtpStage.To, "450 later", MailState.Queued, 1)]
    [InlineData(SmtpStage.Data, "451 later", MailState.Queued, 1)]
    [InlineData(SmtpStage.Dot, "452 full", MailState.Queued, 1)]
    [InlineData(SmtpStage.To, "550 no such person", MailState.Dead, 1)]
    [InlineData(SmtpStage.Data, "554 no", MailState.Dead, 1)]
    [InlineData(SmtpStage.Dot, "554 spam", MailState.Dead, 1)]
    [InlineData(SmtpStage.From, "552 too big", MailState.Dead, 1)]
    [InlineData(SmtpStage.From, FakeSmtpServer.Drop, MailState.Queued, 0)]
    [InlineData(SmtpStage.To, FakeSmtpServer.Drop, MailState.Queued, 0)]
    [InlineData(SmtpStage.Data, FakeSmtpServer.Drop, MailState.Queued, 0)]
    [InlineData(SmtpStage.Dot, FakeSmtpServer.Drop, MailState.InDoubt, 1)]
    [InlineData(SmtpStage.From, "550 we know you not", MailState.Queued, 0)]
    [InlineData(SmtpStage.From, "554 we know you not", MailState.Queued, 0)]
    [InlineData(SmtpStage.From, "501 5.1.3 what an address", MailState.Queued, 0)]
    [InlineData(SmtpStage.From, "450 4.1.8 Domain not found", MailState.Queued, 0)]
    [InlineData(SmtpStage.To, "535 5.7.8 log in first", MailState.Queued, 0)]
    [InlineData(SmtpStage.To, "550 5.7.1 Sender address rejected", MailState.Queued, 0)]
    [InlineData(SmtpStage.Data, "550 5.7.1 relay access denied", MailState.Queued, 0)]
    [InlineData(SmtpStage.Dot, "550 5.7.26 neither SPF nor DKIM pass", MailState.Queued, 0)]
    [InlineData(SmtpStage.From, "530 log in first", MailState.Queued, 0)]
    [InlineData(SmtpStage.From, "421 closing", MailState.Queued, 0)]
    [InlineData(SmtpStage.To, "421 closing", MailState.Queued, 0)]
    [InlineData(SmtpStage.Data, "421 closing", MailState.Queued, 0)]
    [InlineData(SmtpStage.Dot, "421 closing", MailState.Queued, 0)]
    public async Task The_answer_of_the_server_decides_the_state_of_the_mail(SmtpStage moment, string does, MailState state, int attempts)
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now == moment ? does : null };
        foreach (var database in Enum.GetValues<DatabaseKind>())
        {
            using var site = new TestSite(database: database, settings: sink.Settings());
            using var visitor = site.Visit();
            var mail = await site.QueueAsync();

            await site.SendMailsAsync(Cancel);

            var row = await site.ReadAsync(mail.Id);
            Assert.Equal((state, attempts), (row.State, row.Attempts));
            Assert.Equal(attempts is 0, site.Get<MailCircuitBreaker>().IsOpen);
            Assert.Empty(sink.Mails);
            if (does is not FakeSmtpServer.Drop)
                Assert.Contains(does[4..], row.Answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_within_a_long_text_leaves_the_mail_queued()
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.Text ? FakeSmtpServer.Drop : null };
        using var site = new TestSite(settings: sink.Settings()).Start();
        var mail = await site.QueueAsync(text: new string('a', LongText));

        await site.SendMailsAsync(Cancel);

        Assert.Equal(MailState.Queued, (await site.ReadAsync(mail.Id)).State);
    }

    [Theory]
    [InlineData(SmtpStage.To, MailState.Queued)]
    [InlineData(SmtpStage.Dot, MailState.InDoubt)]
    public async Task A_server_that_stops_answering_runs_into_the_timeout(SmtpStage moment, MailState state)
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now == moment ? FakeSmtpServer.Silence : null };
        using var site = new TestSite(settings: sink.Settings(("Mail:TimeoutSeconds", "0.5")))
            .With(services => services.AddSingleton(TimeProvider.System)).Start();
        var mail = await site.QueueAsync();

        await site.SendMailsAsync(Cancel);

        Assert.Equal(state, (await site.ReadAsync(mail.Id)).State);
    }

    [Theory]
    [InlineData(SmtpStage.Greeting, MailState.Queued, 0)]
    [InlineData(SmtpStage.Hello, MailState.Queued, 0)]
    [InlineData(SmtpStage.From, MailState.Queued, 0)]
    [InlineData(SmtpStage.To, MailState.Queued, 0)]
    [InlineData(SmtpStage.Data, MailState.Queued, 0)]
    [InlineData(SmtpStage.Dot, MailState.InDoubt, 1)]
    public async Task A_server_that_answers_byte_by_byte_without_end_runs_into_the_timeout(SmtpStage moment, MailState state, int attempts)
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now == moment ? FakeSmtpServer.Drip : null };
        using var site = new TestSite(settings: sink.Settings(("Mail:TimeoutSeconds", "0.5")))
            .With(services => services.AddSingleton(TimeProvider.System)).Start();
        var mail = await site.QueueAsync(mayRepeat: false);
        var time = System.Diagnostics.Stopwatch.StartNew();

        await site.SendMailsAsync(Cancel);

        Assert.InRange(time.Elapsed.TotalSeconds, 0.4, 20);
        var row = await site.ReadAsync(mail.Id);
        Assert.Equal((state, attempts), (row.State, row.Attempts));
        Assert.Equal(attempts is 0 ? $"The mail server 127.0.0.1:{sink.Port} does not answer within 0.5 seconds. Look at the network, "
            + "its firewalls, and Mail:Port." : null, site.Get<MailCircuitBreaker>().Fault);
    }

    [Fact]
    public async Task A_row_that_makes_no_mail_is_refused_and_holds_up_no_other()
    {
        using var site = new TestSite().Start();
        var bad = new OutgoingMail
        {
            Cause = "by hand",
            To = "a@example.org, b@example.org",
            Subject = "x",
            Text = "x",
            Html = "x",
            MessageId = "1@armtwitch.test",
            QueuedAt = site.Clock.GetUtcNow(),
            DueAt = site.Clock.GetUtcNow()
        };
        await using (var db = site.Database())
        {
            db.Add(bad);
            await db.SaveChangesAsync(Cancel);
        }

        await site.QueueAsync();

        Assert.Single(await site.SendMailsAsync(Cancel));
        Assert.Equal(MailState.Dead, (await site.ReadAsync(bad.Id)).State);
    }

    [Fact]
    public async Task A_worker_that_stops_finishes_the_mail_on_its_way_and_claims_no_other()
    {
        using var begun = new CancellationTokenSource();
        using var told = new ManualResetEventSlim();
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) =>
        {
            if (now is not SmtpStage.Data)
                return null;
            begun.Cancel();
            told.Wait(TimeSpan.FromSeconds(30));
            return null;
        };
        using var site = new TestSite(settings: sink.Settings(("Mail:Connections", "1"))).Start();
        var (first, second) = (await site.QueueAsync("first"), await site.QueueAsync("second"));
        using var worker = new MailWorker(
            site.Get<DatabaseInitializer>(), site.Get<MailSender>(), site.Get<IOptions<MailOptions>>(), site.Clock,
            NullLogger<MailWorker>.Instance);
        await worker.StartAsync(Cancel);
        await Task.Delay(Timeout.Infinite, begun.Token).ContinueWith(_ => { }, TaskScheduler.Default);

        var stopped = worker.StopAsync(Cancel);
        told.Set();
        await stopped;

        Assert.Single(sink.Mails);
        Assert.Equal([MailState.Sent, MailState.Queued], new[] { await site.ReadAsync(first.Id), await site.ReadAsync(second.Id) }
            .OrderBy(mail => mail.State is not MailState.Sent).Select(mail => mail.State));
    }

    [Fact]
    public async Task The_worker_sends_by_itself_and_logs_neither_address_nor_text()
    {
        using var sink = new FakeSmtpServer
        {
            Answer = (now, said) =>
                now is SmtpStage.To && said.Contains("eve", StringComparison.Ordinal) ? "550 eve@example.org is unknown" : null
        };
        var log = new CapturedLog();
        using var site = new TestSite(settings: sink.Settings(("Logging:LogLevel:Default", "Trace")))
            .With(services => services.AddSingleton<ILoggerProvider>(log))
            .With(services => services.AddHostedService<MailWorker>()).Start();
        await site.QueueAsync("one");
        await site.QueueAsync("two", "eve@example.org");

        for (var round = 0; round < 200 && !(Says("is sent") && Says("is refused")); round++)
        {
            site.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(50, Cancel);
        }

        Assert.Single(sink.Mails);
        Assert.True(Says("is sent") && Says("is refused"));
        Assert.DoesNotContain(log.Lines, line => line.Contains("@example.org", StringComparison.Ordinal)
            || line.Contains("Plain words", StringComparison.Ordinal) || line.Contains("Grüße", StringComparison.Ordinal));

        bool Says(string words) => log.Lines.Any(line => line.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_SMTPUTF8_a_local_part_beyond_ASCII_is_refused_and_a_domain_is_Punycode()
    {
        var asked = new List<string>();
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, said) =>
        {
            if (now is SmtpStage.To)
                asked.Add(said);
            return null;
        };
        using var site = new TestSite(settings: sink.Settings()).Start();
        var (person, domain) =
            (await site.QueueAsync("one", "jürgen@example.org"), await site.QueueAsync("two", "ada@mu\u0308ller.ｅｘａｍｐｌｅ"));

        await site.SendMailsAsync(Cancel);

        var row = await site.ReadAsync(person.Id);
        Assert.Equal((MailState.Dead, 1, "5.6.7"), (row.State, row.Attempts, row.Status));
        Assert.Contains("SMTPUTF8", row.Answer, StringComparison.Ordinal);
        Assert.Equal(MailState.Sent, (await site.ReadAsync(domain.Id)).State);
        Assert.Contains("<ada@xn--mller-kva.example>", Assert.Single(asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_leave_in_a_second_than_the_rate_limit_allows()
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(settings: sink.Settings(("Mail:PerSecond", "20")))
            .With(services => services.AddSingleton(TimeProvider.System)).Start();
        for (var number = 0; number < 50; number++)
            await site.QueueAsync($"cause {number}");
        var time = System.Diagnostics.Stopwatch.StartNew();

        await site.SendMailsAsync(Cancel);

        Assert.Equal(50, sink.Mails.Count);
        Assert.InRange(time.Elapsed.TotalSeconds, 1.4, 20);
    }
}
