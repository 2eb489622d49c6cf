using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Transports;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Mail;

/// <summary>Mails whose recipient is erased while they are on their way.</summary>
public sealed class ErasedMailTests
{
    private const string Address = "ada@example.org";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<DatabaseKind, SendVerdict, MailState> Ends => new(
        from database in Enum.GetValues<DatabaseKind>()
        from end in new[]
        {
            (SendVerdict.Accepted, MailState.Sent), (SendVerdict.NotNow, MailState.Cancelled), (SendVerdict.Never, MailState.Cancelled),
            (SendVerdict.Unknown, MailState.Cancelled),
            (SendVerdict.RouteClosed, MailState.Cancelled), (SendVerdict.NotBegun, MailState.Cancelled),
        }
        select (database, end.Item1, end.Item2));

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_mail_on_its_way_is_neither_tried_again_nor_counted(DatabaseKind database, SendVerdict verdict, MailState end)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        var (outbox, listener) = (site.Get<Outbox>(), new RecordingOutcomeHandler());
        var mailing = await site.MailAsync([Address, "grace@example.org"]);
        var claimed = (await outbox.RecordAndClaimAsync([], [], 2, [], Cancel)).Claimed;
        await outbox.RecordAndClaimAsync([], claimed, 0, [], Cancel);
        var mine = claimed.Single(mail => mail.To is Address);

        await EraseAsync(site);
        var turn = await outbox.RecordAndClaimAsync(
            [new MailSendResult(mine, new SendResult(verdict, $"what a server says to <{Address}>", "5.1.1"))], [], 0, [listener], Cancel);

        var row = await site.ReadAsync(mine.Id);
        Assert.Equal((end, null), (row.State, row.Answer));
        Assert.EndsWith(SentMailRecords.Nobody, row.To, StringComparison.Ordinal);
        Assert.Empty(turn.Late);
        Assert.Empty(listener.Heard);
        var (state, tried, bounces) = (await site.MailingAsync(mailing)) is var one ? (one.State, one.Tried, one.HardBounces) : default;
        Assert.Equal((MailingState.Sending, 0, 0), (state, tried, bounces));
        await SendsNothingMoreAsync(site, sink, mine.Id);
        await site.CountAsync(mailing);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_mail_that_is_answered_while_its_person_is_erased_is_not_tried_again(DatabaseKind database)
    {
        var failing = new FailingCommandInterceptor();
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).With(failing.AddTo).Start();
        await site.QueueAsync(to: Address);
        var outbox = site.Get<Outbox>();
        var mail = (await outbox.ClaimAsync())!;
        await outbox.SubmitAsync(mail);
        var answered = failing.After("UPDATE \"OutgoingMails\"", () => outbox.RecordAsync(mail, SendVerdict.NotNow));

        await EraseAsync(site);

        Assert.True(await answered);
        Assert.Equal(MailState.Cancelled, (await site.ReadAsync(mail.Id)).State);
        await SendsNothingMoreAsync(site, sink, mail.Id);
    }

    [Fact]
    public async Task Mails_to_a_person_are_found_without_reading_every_copy_of_every_issue()
    {
        using var site = new TestSite().Start();
        await using var db = site.Database();

        var copies = await PlanAsync(db, SentMailRecords.CopiesTo(db, [Address, "Ada@example.org"], [Guid.NewGuid(), Guid.NewGuid()]));
        var others = await PlanAsync(db, SentMailRecords.OthersTo(db, [Address, "Ada@example.org"], "newsletter "));

        Assert.Contains("USING INDEX IX_OutgoingMails_Cause_To (Cause=? AND To=?)", copies[0], StringComparison.Ordinal);
        Assert.Contains("USING INDEX IX_OutgoingMails_MailingId_State_Priority_DueAt (MailingId=?", others[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, MailState.Submitting)]
    [InlineData(DatabaseKind.Sqlite, MailState.InDoubt)]
    [InlineData(DatabaseKind.Postgres, MailState.Submitting)]
    [InlineData(DatabaseKind.Postgres, MailState.InDoubt)]
    public async Task A_mail_whose_program_died_is_not_tried_again(DatabaseKind database, MailState state)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(database: database, settings: sink.Settings()).Start();
        var mail = await site.QueueAsync(to: Address);
        await site.PutAsync(mail.Id, state, 1);

        await EraseAsync(site);
        await SendsNothingMoreAsync(site, sink, mail.Id);

        Assert.Equal(MailState.Cancelled, (await site.ReadAsync(mail.Id)).State);
    }

    [Theory]
    [InlineData(MailState.InDoubt)]
    [InlineData(MailState.Dead)]
    public async Task An_operator_cannot_send_a_mail_to_an_erased_person_again(MailState state)
    {
        using var sink = new FakeSmtpServer();
        using var site = new TestSite(settings: sink.Settings()).Start();
        var mailing = await site.MailAsync([Address]);
        var mine = (await site.Get<MailingService>().ListAsync(mailing, MailState.Queued, cancellationToken: Cancel)).Single();
        await site.PutAsync(mine.Id, state, 1);
        await EraseAsync(site);

        Assert.False(await site.Get<Outbox>().ResolveAsync(mine.Id, MailState.Queued, Cancel));
    }

    private static async Task EraseAsync(TestSite site)
    {
        await using var db = site.Database();
        Assert.Equal(1, await SentMailRecords.EraseAsync(db, [Address], Cancel));
    }

    private static async Task SendsNothingMoreAsync(TestSite site, FakeSmtpServer sink, Guid erased)
    {
        for (var day = 0; day < 2; day++)
        {
            site.Clock.Advance(TimeSpan.FromHours(6));
            await site.SendMailsAsync(Cancel);
        }

        Assert.DoesNotContain(sink.Mails, mail => mail.MessageId!.StartsWith($"{erased:N}", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> PlanAsync<T>(ArmTwitchDb db, IQueryable<T> query)
    {
        await db.Database.OpenConnectionAsync(Cancel);
        await using var command = query.CreateDbCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var steps = new List<string>();
        while (await reader.ReadAsync(Cancel))
            steps.Add(reader.GetString(3));
        return steps;
    }
}
