using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Mail.Queueing;

public sealed class MailResultRecorderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_handler_is_called_in_the_same_transaction_and_cannot_stop_the_outcome(DatabaseKind database)
    {
        var listener = new RecordingOutcomeHandler();
        using var sink = new FakeSmtpServer
        {
            Answer = (now, said) => now is SmtpStage.To && said.Contains("eve", StringComparison.Ordinal) ? "550 5.1.1 unknown" : null
        };
        using var site = new TestSite(database: database, settings: sink.Settings())
            .With(services => services.AddSingleton<IMailOutcomeHandler>(listener)).Start();
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
}
