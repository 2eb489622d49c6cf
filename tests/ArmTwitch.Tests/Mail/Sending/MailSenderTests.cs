using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Mail.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Mail.Sending;

/// <summary>What becomes of a mail when the server at the other end behaves, and when it does not.</summary>
public sealed class MailSenderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>More than the buffers of both ends hold, so that a link that breaks is noticed while writing.</summary>
    private const int LongText = 20_000_000;

    /// <summary>In characters (RFC 5322, 2.1.1).</summary>
    private const int LongestLine = 998;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mail_arrives_once_with_everything_it_must_carry(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
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
    public async Task What_the_server_does_decides_where_the_mail_stands(SmtpStage moment, string does, MailState state, int attempts)
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
    public async Task A_link_that_breaks_in_the_middle_of_a_long_text_leaves_no_doubt()
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.Text ? FakeSmtpServer.Drop : null };
        using var site = new TestSite(settings: sink.Settings());
        using var visitor = site.Visit();
        var mail = await site.QueueAsync(text: new string('a', LongText));

        await site.SendMailsAsync(Cancel);

        Assert.Equal(MailState.Queued, (await site.ReadAsync(mail.Id)).State);
    }

    [Theory]
    [InlineData(SmtpStage.To, MailState.Queued)]
    [InlineData(SmtpStage.Dot, MailState.InDoubt)]
    public async Task A_server_that_falls_silent_is_given_up(SmtpStage moment, MailState state)
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now == moment ? FakeSmtpServer.Silence : null };
        using var site = new TestSite(settings: sink.Settings(("Mail:TimeoutSeconds", "0.5")))
            .With(services => services.AddSingleton(TimeProvider.System));
        using var visitor = site.Visit();
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
    public async Task A_server_that_answers_byte_by_byte_and_never_ends_is_given_up(SmtpStage moment, MailState state, int attempts)
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now == moment ? FakeSmtpServer.Drip : null };
        using var site = new TestSite(settings: sink.Settings(("Mail:TimeoutSeconds", "0.5")))
            .With(services => services.AddSingleton(TimeProvider.System));
        using var visitor = site.Visit();
        var mail = await site.QueueAsync(mayRepeat: false);
        var time = System.Diagnostics.Stopwatch.StartNew();

        await site.SendMailsAsync(Cancel);

        Assert.InRange(time.Elapsed.TotalSeconds, 0.4, 20);
        var row = await site.ReadAsync(mail.Id);
        Assert.Equal((state, attempts), (row.State, row.Attempts));
        Assert.Equal(attempts is 0 ? $"The mail server 127.0.0.1:{sink.Port} does not answer within 0.5 seconds. Look at the network, its firewalls, and Mail:Port." : null, site.Get<MailCircuitBreaker>().Fault);
    }

    [Fact]
    public async Task A_connection_that_drips_holds_up_no_other()
    {
        const int recipients = 100;
        var dripping = 0;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.Dot && Interlocked.Exchange(ref dripping, 1) is 0 ? FakeSmtpServer.Drip : null;
        using var site = new TestSite(settings: sink.Settings(("Mail:TimeoutSeconds", "10")))
            .With(services => services.AddSingleton(TimeProvider.System));
        using var visitor = site.Visit();
        var mailing = await site.MailAsync([.. Enumerable.Range(0, recipients).Select(number => $"reader{number}@example.org")]);

        var sending = site.SendMailsAsync(Cancel);
        while (sink.Mails.Count < recipients - 1 && !sending.IsCompleted)
            await Task.Delay(10, Cancel);
        Assert.False(sending.IsCompleted);
        await sending;

        Assert.Equal(recipients - 1, sink.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(
            new MailingCount(recipients, recipients - 1, 0, 1, 0, 0, 0), await site.Get<MailingService>().CountAsync(mailing, Cancel));
    }

    [Fact]
    public async Task A_mail_whose_connection_came_too_late_for_its_lease_is_taken_anew()
    {
        var links = 0;
        using var first = new ManualResetEventSlim();
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(
            settings: sink.Settings(("Mail:Connections", "2"), ("Mail:LeaseSeconds", "60"), ("Mail:TimeoutSeconds", "40")));
        sink.Answer = (now, _) =>
        {
            if (now is SmtpStage.From)
                first.Set();
            if (now is SmtpStage.Greeting && Interlocked.Increment(ref links) is 2)
            {
                // One mail has the connection that was there. The other's takes so long that what is left of the lease is less than a mail
                // may take.
                first.Wait(Cancel);
                site.Clock.Advance(TimeSpan.FromSeconds(30));
            }

            return null;
        };
        using var visitor = site.Visit();
        OutgoingMail[] mails = [await site.QueueAsync("one"), await site.QueueAsync("two")];

        await site.SendMailsAsync(Cancel);
        await site.SendMailsAsync(Cancel);

        Assert.Equal(2, links);
        Assert.Equal(2, sink.Mails.Count);
        var rows = await Task.WhenAll(mails.Select(mail => site.ReadAsync(mail.Id)));
        Assert.Equal(
            [(MailState.Sent, 1, 1), (MailState.Sent, 1, 2)], rows.Select(row => (row.State, row.Attempts, (int)row.Fence)).Order());
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mail_that_is_refused_for_now_comes_again_by_plan_and_dies_when_the_plan_is_over(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.To ? "450 later" : null };
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var mail = await site.QueueAsync();
        await site.SendMailsAsync(Cancel);

        foreach (var (minutes, tries) in new[] { (1, 1), (5, 2), (15, 3), (60, 4), (240, 5) })
        {
            var row = await site.ReadAsync(mail.Id);
            Assert.Equal((MailState.Queued, tries, site.Clock.GetUtcNow().AddMinutes(minutes)), (row.State, row.Attempts, row.DueAt));
            site.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            await site.SendMailsAsync(Cancel);
            Assert.Equal(tries, (await site.ReadAsync(mail.Id)).Attempts);
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            await site.SendMailsAsync(Cancel);
        }

        var dead = await site.ReadAsync(mail.Id);
        Assert.Equal((MailState.Dead, 6, site.Clock.GetUtcNow()), (dead.State, dead.Attempts, dead.DueAt));
    }

    [Fact]
    public async Task A_day_is_enough()
    {
        using var sink = new FakeSmtpServer { Answer = (now, _) => now is SmtpStage.To ? "450 later" : null };
        using var site = new TestSite(settings: [.. sink.Settings(), ("Mail:RetryMinutes:0", "1440"), ("Mail:RetryMinutes:1", "1440")]);
        using var visitor = site.Visit();
        var mail = await site.QueueAsync();
        // Nobody tries; that makes no mail old.
        site.Clock.Advance(TimeSpan.FromHours(24));
        await site.SendMailsAsync(Cancel);
        Assert.Equal(MailState.Queued, (await site.ReadAsync(mail.Id)).State);
        site.Clock.Advance(TimeSpan.FromHours(24));

        await site.SendMailsAsync(Cancel);

        Assert.Equal((MailState.Dead, 2), ((await site.ReadAsync(mail.Id)).State, (await site.ReadAsync(mail.Id)).Attempts));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mail_in_doubt_that_may_repeat_comes_again_with_the_same_Message_ID(DatabaseKind database)
    {
        var isBroken = true;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.Dot && isBroken ? FakeSmtpServer.Drop : null;
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var harmless = await site.QueueAsync("confirm");
        var copy = await site.QueueAsync("issue 1", mayRepeat: false);
        await site.SendMailsAsync(Cancel);
        isBroken = false;

        await site.SendMailsAsync(Cancel);
        Assert.Empty(sink.Mails);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.SendMailsAsync(Cancel);

        Assert.Equal(harmless.MessageId, Assert.Single(sink.Mails).MessageId);
        Assert.Equal(MailState.Sent, (await site.ReadAsync(harmless.Id)).State);
        Assert.Equal(MailState.InDoubt, (await site.ReadAsync(copy.Id)).State);
    }

    [Theory]
    [InlineData(SmtpStage.Greeting, "421 busy", null, "takes no mail just now (421 busy).")]
    [InlineData(SmtpStage.Greeting, "554 go away", null, "takes no mail just now (554 go away).")]
    [InlineData(SmtpStage.Greeting, FakeSmtpServer.Drop, null, "broke the connection off. Look at Mail:Port and at the server's log; 'mail test ADDRESS' shows how far it goes.")]
    [InlineData(SmtpStage.Login, "535 wrong password", "None", "refuses the login (535). Look at Mail:User and Mail:Password.")]
    [InlineData(SmtpStage.Hello, null, "StartTls", "offers no STARTTLS. Look at Mail:Port and Mail:Security.")]
    [InlineData(SmtpStage.Hello, null, "Tls", "does not speak TLS as Mail:Security Tls asks. Look at Mail:Port and Mail:Security.")]
    public async Task Trouble_of_the_connection_costs_no_mail_a_try_and_is_told(
        SmtpStage moment, string? does, string? security, string told)
    {
        var isBroken = true;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now == moment && isBroken ? does : null;
        (string, string)[] more = security is null ? [] : [("Mail:Security", security), ("Mail:User", "site"), ("Mail:Password", "secret")];
        using var site = new TestSite(settings: sink.Settings(more));
        using var visitor = site.Visit();
        var mail = await site.QueueAsync();

        await site.SendMailsAsync(Cancel);
        await site.SendMailsAsync(Cancel);

        Assert.Equal(1, sink.Links);
        var row = await site.ReadAsync(mail.Id);
        Assert.Equal((MailState.Queued, 0, 0L), (row.State, row.Attempts, row.Fence));
        Assert.Equal(("degraded", $"Mails wait. The mail server 127.0.0.1:{sink.Port} {told}"), await HealthAsync(visitor));
        if (does is null)
            return;

        isBroken = false;
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        await site.SendMailsAsync(Cancel);
        Assert.Single(sink.Mails);
        Assert.Equal(("healthy", null), await HealthAsync(visitor));
    }

    [Fact]
    public async Task The_way_stays_shut_for_longer_each_time()
    {
        var port = BuiltProgram.FreePort();
        using var site = new TestSite(settings: [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{port}")]);
        using var visitor = site.Visit();
        await site.QueueAsync();
        var breaker = site.Get<MailCircuitBreaker>();

        foreach (var seconds in new[] { 5, 10, 20, 40, 80, 160, 300, 300 })
        {
            await site.SendMailsAsync(Cancel);
            Assert.Equal(
                $"The mail server 127.0.0.1:{port} refuses the connection. Look at Mail:Port, and whether the server runs.",
                breaker.Fault);
            site.Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.True(breaker.IsOpen);
            site.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.False(breaker.IsOpen);
        }
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task With_no_server_every_mail_is_a_file_that_mail_programs_read(DatabaseKind database)
    {
        using var site = new TestSite(database: database);
        using var visitor = site.Visit();
        var mail = await site.QueueAsync();

        var sent = Assert.Single(await site.SendMailsAsync(Cancel));

        Assert.Equal(mail.MessageId, sent.MessageId);
        Assert.Equal(("ArmTwitch", "no-reply@armtwitch.test"), (sent.From.Mailboxes.Single().Name, sent.From.Mailboxes.Single().Address));
        Assert.Equal("Plain words.\n.A line with a dot.", sent.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        Assert.All(
            Directory.EnumerateFiles(Path.Combine(site.DataFolder, "mail")),
            file => Assert.EndsWith(".eml", file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Here it is:\nhttps://armtwitch.test/newsletter/confirm?token=abc", true)]
    [InlineData("Beyond ASCII: …", false)]
    [InlineData("A lone \r in a line", false)]
    [InlineData(null, false)]
    public async Task Who_looks_into_the_file_of_a_plain_mail_reads_it_as_it_was_written(string? text, bool isAsWritten)
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        var words = text ?? new string('a', LongestLine + 1);
        await site.QueueAsync(text: words);

        var sent = Assert.Single(await site.SendMailsAsync(Cancel));

        var file = Assert.Single(Directory.EnumerateFiles(Path.Combine(site.DataFolder, "mail")));
        Assert.Equal(
            isAsWritten, (await File.ReadAllTextAsync(file, Cancel)).ReplaceLineEndings("\n").Contains(words, StringComparison.Ordinal));
        Assert.Equal(words.ReplaceLineEndings("\n"), sent.TextBody!.ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public async Task A_row_that_no_mail_can_be_made_of_dies_alone()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
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
    public async Task Told_to_stop_it_finishes_the_mail_that_is_on_its_way_and_takes_no_other()
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
        using var site = new TestSite(settings: sink.Settings(("Mail:Connections", "1")));
        using var visitor = site.Visit();
        var (first, second) = (await site.QueueAsync("first"), await site.QueueAsync("second"));
        using var worker = new MailWorker(
            site.Get<DatabaseInitializer>(), site.Get<MailSender>(), site.Get<IHostApplicationLifetime>(),
            site.Get<IOptions<MailOptions>>(), site.Clock, NullLogger<MailWorker>.Instance);
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
    public async Task The_running_program_sends_by_itself_and_logs_neither_address_nor_text()
    {
        using var sink = new FakeSmtpServer
        {
            Answer = (now, said) =>
                now is SmtpStage.To && said.Contains("eve", StringComparison.Ordinal) ? "550 eve@example.org is unknown" : null
        };
        var log = new CapturedLog();
        using var site = new TestSite(settings: sink.Settings(("Logging:LogLevel:Default", "Trace")))
            .With(services => services.AddSingleton<ILoggerProvider>(log)).With(services => services.AddHostedService<MailWorker>());
        using var visitor = site.Visit();
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
    public async Task Letters_beyond_ASCII_before_the_at_sign_are_refused_for_good_by_a_server_that_cannot_take_them_and_a_domain_is_spelt_for_DNS()
    {
        var asked = new List<string>();
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, said) =>
        {
            if (now is SmtpStage.To)
                asked.Add(said);
            return null;
        };
        using var site = new TestSite(settings: sink.Settings());
        using var visitor = site.Visit();
        var (person, domain) =
            (await site.QueueAsync("one", "jürgen@example.org"), await site.QueueAsync("two", "ada@mu\u0308ller.ｅｘａｍｐｌｅ"));

        await site.SendMailsAsync(Cancel);

        var row = await site.ReadAsync(person.Id);
        Assert.Equal((MailState.Dead, 1, "5.6.7"), (row.State, row.Attempts, row.Status));
        Assert.Contains("SMTPUTF8", row.Answer, StringComparison.Ordinal);
        Assert.Equal(MailState.Sent, (await site.ReadAsync(domain.Id)).State);
        Assert.Contains("<ada@xn--mller-kva.example>", Assert.Single(asked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_clock_that_jumps_by_a_day_delays_nothing_and_doubles_nothing(int days)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(settings: sink.Settings());
        using var visitor = site.Visit();
        var outbox = site.Get<Outbox>();
        var (waits, claimed, held) = (
            await site.QueueAsync("waits"), await site.QueueAsync("claimed", priority: -1),
            await site.QueueAsync("on its way", priority: -2, mayRepeat: false));
        var mine = await outbox.ClaimAsync();
        await outbox.SubmitAsync(mine!);
        await outbox.ClaimAsync();
        Assert.Equal((held.Id, MailState.Claimed), (mine!.Id, (await site.ReadAsync(claimed.Id)).State));

        site.Clock.AdjustTime(site.Clock.GetUtcNow().AddDays(days));
        await site.SendMailsAsync(Cancel);

        Assert.Equal([waits.MessageId, claimed.MessageId], sink.Mails.Select(mail => mail.MessageId).Order());
        Assert.Equal(MailState.InDoubt, (await site.ReadAsync(held.Id)).State);
        Assert.True(await outbox.RecordAsync(mine, SendVerdict.Accepted));
        Assert.Equal(MailState.Sent, (await site.ReadAsync(held.Id)).State);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task An_acceptance_that_comes_after_the_lease_stops_the_second_try(DatabaseKind database)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings());
        using var visitor = site.Visit();
        var outbox = site.Get<Outbox>();
        await site.QueueAsync();
        var first = await outbox.ClaimAsync();
        await outbox.SubmitAsync(first!);
        site.Clock.Advance(TimeSpan.FromSeconds(121));
        await site.Get<OutboxRecovery>().RecoverAsync(Cancel);
        await site.Get<OutboxRecovery>().RecoverAsync(Cancel);
        var second = await outbox.ClaimAsync();
        Assert.NotNull(second);

        Assert.True(await outbox.RecordAsync(first!, SendVerdict.Accepted, "250 taken"));

        Assert.False(await outbox.SubmitAsync(second));
        await site.SendMailsAsync(Cancel);
        Assert.Empty(sink.Mails);
        Assert.Equal(MailState.Sent, (await site.ReadAsync(first!.Id)).State);
    }

    [Fact]
    public async Task A_server_that_takes_one_connection_only_still_gets_every_mail()
    {
        var open = 0;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.Greeting && Interlocked.Increment(ref open) > 1 ? "421 too many" : null;
        using var site = new TestSite(settings: sink.Settings());
        using var visitor = site.Visit();
        var mailing = await site.MailAsync([.. Enumerable.Range(0, 100).Select(number => $"reader{number}@example.org")]);

        await site.SendMailsAsync(Cancel);

        Assert.Equal(100, sink.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(new MailingCount(100, 100, 0, 0, 0, 0, 0), await site.Get<MailingService>().CountAsync(mailing, Cancel));
        Assert.False(site.Get<MailCircuitBreaker>().IsOpen);
    }

    [Fact]
    public async Task No_more_leave_in_a_second_than_are_allowed()
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(settings: sink.Settings(("Mail:PerSecond", "20")))
            .With(services => services.AddSingleton(TimeProvider.System));
        using var visitor = site.Visit();
        for (var number = 0; number < 50; number++)
            await site.QueueAsync($"cause {number}");
        var time = System.Diagnostics.Stopwatch.StartNew();

        await site.SendMailsAsync(Cancel);

        Assert.Equal(50, sink.Mails.Count);
        Assert.InRange(time.Elapsed.TotalSeconds, 1.4, 20);
    }

    [Theory]
    [InlineData("Mail:RetryMinutes:0", "soon", "Mail:RetryMinutes:0 is \"soon\"; it must be a number")]
    [InlineData("Mail:RetryMinutes", "1,soon", "Mail:RetryMinutes:1 is \"soon\"; it must be a number")]
    [InlineData("Mail:RetryMinutes", "1,-5", "Mail:RetryMinutes is \"1, -5\"; it must hold numbers between 0 and 1440")]
    [InlineData("Mail:Connections", "0", "Mail:Connections is \"0\"; it must be between 1 and 100")]
    [InlineData("Mail:UnsubscribeMailto", "Leave <leave@armtwitch.example>", "Mail:UnsubscribeMailto is \"Leave <leave@armtwitch.example>\"; it must be an address alone, of letters, digits, dots, hyphens, underscores and plus signs, such as leave@armtwitch.example")]
    [InlineData("Mail:PerSecond", "-1", "Mail:PerSecond is \"-1\"; it must be between 0 and 10000")]
    public async Task A_wrong_setting_stops_the_start_and_is_told(string key, string value, string fault)
    {
        using var program = new BuiltProgram([$"--{key}={value}"]);

        Assert.Equal(1, await program.EndAsync());
        Assert.Contains($"ArmTwitch cannot start: {fault}.", program.Lines);
    }

    private static async Task<(string? Status, string? Reason)> HealthAsync(HttpClient visitor)
    {
        using var answer = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var mail = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("checks").GetProperty("mail");
        return (mail.GetProperty("status").GetString(), mail.GetProperty("reason").GetString());
    }
}
