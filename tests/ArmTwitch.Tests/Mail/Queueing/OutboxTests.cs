using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ArmTwitch.Tests.Mail.Queueing;

/// <summary>Which change is allowed from which state, and that of two programs only one makes it.</summary>
public sealed class OutboxTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, (MailState[] From, MailState To)> Steps = new()
    {
        ["claim"] = ([MailState.Queued], MailState.Claimed),
        ["submit"] = ([MailState.Claimed], MailState.Submitting),
        ["sent"] = ([MailState.Queued, MailState.Claimed, MailState.Submitting, MailState.InDoubt], MailState.Sent),
        ["not now"] = ([MailState.Claimed, MailState.Submitting, MailState.InDoubt], MailState.Queued),
        ["not now, for the last time"] = ([MailState.Claimed, MailState.Submitting, MailState.InDoubt], MailState.Dead),
        ["not begun"] = ([MailState.Claimed, MailState.Submitting, MailState.InDoubt], MailState.Queued),
        ["dead"] = ([MailState.Claimed, MailState.Submitting, MailState.InDoubt], MailState.Dead),
        ["in doubt"] = ([MailState.Claimed, MailState.Submitting, MailState.InDoubt], MailState.InDoubt),
        ["resolve as sent"] = ([MailState.InDoubt], MailState.Sent),
        ["resolve as queued"] = ([MailState.InDoubt, MailState.Dead], MailState.Queued),
    };

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Every_step_is_taken_from_where_it_may_be_taken_and_from_nowhere_else(DatabaseKind database)
    {
        using var site = new TestSite(database: database).Start();
        var outbox = site.Get<Outbox>();
        var wrong = new List<string>();
        foreach (var (step, (allowed, to)) in Steps)
        {
            foreach (var state in Enum.GetValues<MailState>())
            {
                var mail = await site.QueueAsync();
                mail.Attempts = step.EndsWith("last time", StringComparison.Ordinal) ? 6 : 1;
                await site.PutAsync(mail.Id, state, mail.Attempts);
                var isTaken = step switch
                {
                    "claim" => await outbox.ClaimAsync() is not null,
                    "submit" => await outbox.SubmitAsync(mail),
                    "sent" => await outbox.RecordAsync(mail, SendVerdict.Accepted),
                    "dead" => await outbox.RecordAsync(mail, SendVerdict.Never),
                    "in doubt" => await outbox.RecordAsync(mail, SendVerdict.Unknown),
                    "not begun" => await outbox.RecordAsync(mail, SendVerdict.NotBegun),
                    "resolve as sent" => await outbox.ResolveAsync(mail.Id, MailState.Sent, Cancel),
                    "resolve as queued" => await outbox.ResolveAsync(mail.Id, MailState.Queued, Cancel),
                    _ => await outbox.RecordAsync(mail, SendVerdict.NotNow),
                };
                var now = (await site.ReadAsync(mail.Id)).State;
                if (isTaken != allowed.Contains(state) || now != (isTaken ? to : state))
                    wrong.Add($"{step} from {state}: {isTaken}, now {now}");
                await site.ClearMailsAsync();
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mail_waits_together_with_its_cause_or_not_at_all(DatabaseKind database)
    {
        using var site = new TestSite(database: database).Start();
        await site.QueueAsync("confirm 1");

        await Assert.ThrowsAsync<DbUpdateException>(() => site.QueueAsync("confirm 1"));
        await site.QueueAsync("confirm 1", "grace@example.org");

        Assert.Equal(2, (await site.Get<Outbox>().ListAsync(null, Cancel)).Count);
    }

    [Theory]
    [InlineData("ada@example.org\r\nBcc: eve@example.org", "Hello")]
    [InlineData("ada@example.org, eve@example.org", "Hello")]
    [InlineData("Ada <ada@example.org>", "Hello")]
    [InlineData("ada", "Hello")]
    [InlineData("", "Hello")]
    [InlineData("ada@example.org", "Hello\r\nBcc: eve@example.org")]
    [InlineData("ada@example.org", "Hello\nworld")]
    public async Task What_would_smuggle_a_header_in_is_never_queued(string to, string subject)
    {
        using var site = new TestSite().Start();

        await using var db = site.Database();

        Assert.Throws<ArgumentException>(() => site.Get<Outbox>().Queue(db, MailTestSite.Draft("cause", to) with { Subject = subject }));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Confirmations_go_before_newsletters_and_the_longest_waiting_first(DatabaseKind database)
    {
        using var site = new TestSite(database: database).Start();
        await site.QueueAsync("newsletter", priority: 10);
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await site.QueueAsync("first");
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        await site.QueueAsync("second");

        var outbox = site.Get<Outbox>();

        Assert.Equal(["first", "second", "newsletter", null], [
            (await outbox.ClaimAsync())?.Cause, (await outbox.ClaimAsync())?.Cause, (await outbox.ClaimAsync())?.Cause,
            (await outbox.ClaimAsync())?.Cause]);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_claim_that_ended_goes_to_another_and_its_old_holder_can_do_nothing(DatabaseKind database)
    {
        using var site = new TestSite(database: database).Start();
        var outbox = site.Get<Outbox>();
        await site.QueueAsync();
        var first = await outbox.ClaimAsync();

        Assert.Equal(0, await site.Get<OutboxRecovery>().RecoverAsync(Cancel));
        Assert.Null(await outbox.ClaimAsync());
        site.Clock.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal(0, await site.Get<OutboxRecovery>().RecoverAsync(Cancel));
        var second = await outbox.ClaimAsync();

        Assert.Equal(first!.Fence + 1, second!.Fence);
        Assert.False(await outbox.SubmitAsync(first!));
        Assert.False(await outbox.RecordAsync(first!, SendVerdict.Never));
        Assert.True(await outbox.SubmitAsync(second!));
        Assert.Equal(1, (await site.ReadAsync(second.Id)).Attempts);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task A_program_whose_clock_is_minutes_off_takes_no_mail_from_another_nor_loses_its_own_nor_sends_one_before_its_time(int minutes)
    {
        using var site = new TestSite().Start();
        var clock = new FakeTimeProvider(site.Clock.GetUtcNow().AddMinutes(minutes));
        var clocks = new ClockComparison(new ProgramClock(site.Clock), clock, NullLogger<ClockComparison>.Instance);
        var other = ActivatorUtilities.CreateInstance<Outbox>(site.Services, clocks, clock);
        var (here, there) = (site.Get<OutboxRecovery>(), ActivatorUtilities.CreateInstance<OutboxRecovery>(site.Services, clocks));
        await site.QueueAsync("here");
        Assert.True(await site.Get<Outbox>().SubmitAsync((await site.Get<Outbox>().ClaimAsync())!));

        Assert.Equal(0, await there.RecoverAsync(Cancel));
        await site.QueueAsync("there");
        Assert.True(await other.SubmitAsync((await other.ClaimAsync())!));
        var due = site.Clock.GetUtcNow().AddMinutes(11);
        await using (var db = site.Database())
        {
            other.Queue(db, MailTestSite.Draft("later", "ada@example.org") with { Delay = TimeSpan.FromMinutes(11) });
            await db.SaveChangesAsync(Cancel);
        }

        Assert.Equal(0, await here.RecoverAsync(Cancel));
        Assert.Equal(0, await there.RecoverAsync(Cancel));
        Assert.Equal(due, (await site.Get<Outbox>().ListAsync(MailState.Queued, Cancel)).Single().DueAt);

        site.Clock.Advance(TimeSpan.FromSeconds(121));
        clock.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal(2, await there.RecoverAsync(Cancel));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, true)]
    [InlineData(DatabaseKind.Sqlite, false)]
    [InlineData(DatabaseKind.Postgres, true)]
    [InlineData(DatabaseKind.Postgres, false)]
    public async Task A_killed_program_leaves_unknown_mails_and_only_repeatable_ones_are_sent_again(
        DatabaseKind database, bool mayRepeat)
    {
        using var site = new TestSite(database: database).Start();
        var outbox = site.Get<Outbox>();
        await site.QueueAsync(mayRepeat: mayRepeat);
        var mail = await outbox.ClaimAsync();
        await outbox.SubmitAsync(mail!);

        site.Clock.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal(1, await site.Get<OutboxRecovery>().RecoverAsync(Cancel));

        Assert.Equal(MailState.InDoubt, (await site.ReadAsync(mail!.Id)).State);
        site.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(mayRepeat ? 1 : 0, (await site.SendMailsAsync(Cancel)).Count);
        Assert.Equal(mayRepeat ? MailState.Sent : MailState.InDoubt, (await site.ReadAsync(mail.Id)).State);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mail_that_was_refused_grows_no_older_while_its_mailing_is_paused(DatabaseKind database)
    {
        using var site = new TestSite(database: database).Start();
        var (outbox, mailing) = (site.Get<Outbox>(), await site.MailAsync(["ada@example.org"]));
        await RefuseAsync();
        await site.PauseAsync(mailing, "A wrong date");
        site.Clock.Advance(TimeSpan.FromHours(25));
        await site.ResumeAsync(mailing);

        var mail = await RefuseAsync();

        Assert.Equal((MailState.Queued, 2), (mail.State, mail.Attempts));

        async Task<OutgoingMail> RefuseAsync()
        {
            var mine = (await outbox.ClaimAsync())!;
            Assert.True(await outbox.SubmitAsync(mine));
            Assert.True(await outbox.RecordAsync(mine, SendVerdict.NotNow));
            return await site.ReadAsync(mine.Id);
        }
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_lease_that_ran_out_does_not_hide_that_the_mail_was_sent(DatabaseKind database)
    {
        using var site = new TestSite(database: database).Start();
        var outbox = site.Get<Outbox>();
        await site.QueueAsync();
        var mail = await outbox.ClaimAsync();
        await outbox.SubmitAsync(mail!);
        site.Clock.Advance(TimeSpan.FromDays(1));
        await site.Get<OutboxRecovery>().RecoverAsync(Cancel);

        Assert.True(await outbox.RecordAsync(mail!, SendVerdict.Accepted));

        Assert.Equal(MailState.Sent, (await site.ReadAsync(mail!.Id)).State);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Eight_senders_in_two_programs_never_send_one_mail_twice(DatabaseKind database)
    {
        const int Mails = 120, Senders = 4;
        using var sink = new FakeSmtpServer();
        using var one = new TestSite(database: database, settings: sink.Settings());
        using var other = new TestSite(settings: [.. one.SameDatabase, .. sink.Settings()]);
        using var visitor = one.Visit();
        using var neighbour = other.Visit();
        for (var number = 0; number < Mails; number++)
            await one.QueueAsync($"cause {number}");

        await Task.WhenAll(Enumerable.Range(0, Senders).SelectMany(_ => new[] { one, other })
            .Select(site => Task.Run(() => site.SendMailsAsync(Cancel), Cancel)));

        Assert.Equal(Mails, sink.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(Mails, sink.Mails.Count);
        Assert.All(
            await one.Get<Outbox>().ListAsync(null, Cancel),
            mail => Assert.Equal((MailState.Sent, 1, 1L), (mail.State, mail.Attempts, mail.Fence)));
    }

    [Fact]
    public void Nothing_but_the_outbox_makes_a_mail()
    {
        var makers = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "src", "ArmTwitch"), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains($"new {nameof(OutgoingMail)}", StringComparison.Ordinal))
            .Select(Path.GetFileName);

        Assert.Equal(["Outbox.cs"], makers);
    }
}
