using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Mail.Sending;

public sealed class MailConnectionPoolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_slow_connection_holds_up_no_other()
    {
        const int recipients = 100;
        var dripping = 0;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.Dot && Interlocked.Exchange(ref dripping, 1) is 0 ? FakeSmtpServer.Drip : null;
        using var site = new TestSite(settings: sink.Settings(("Mail:TimeoutSeconds", "10")))
            .With(services => services.AddSingleton(TimeProvider.System)).Start();
        var mailing = await site.MailAsync(MailTestSite.Readers(recipients));

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
    public async Task A_mail_whose_connection_came_too_late_for_its_lease_is_claimed_again()
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
                // One mail has the open connection. Opening the other's takes so long that the rest of its lease is shorter than the
                // timeout.
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

    [Fact]
    public async Task A_server_that_accepts_one_connection_only_still_gets_every_mail()
    {
        var open = 0;
        using var sink = new FakeSmtpServer();
        sink.Answer = (now, _) => now is SmtpStage.Greeting && Interlocked.Increment(ref open) > 1 ? "421 too many" : null;
        using var site = new TestSite(settings: sink.Settings()).Start();
        var mailing = await site.MailAsync(MailTestSite.Readers(100));

        await site.SendMailsAsync(Cancel);

        Assert.Equal(100, sink.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.Equal(new MailingCount(100, 100, 0, 0, 0, 0, 0), await site.Get<MailingService>().CountAsync(mailing, Cancel));
        Assert.False(site.Get<MailCircuitBreaker>().IsOpen);
    }
}
