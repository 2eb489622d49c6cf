using ArmTwitch.Mail;
using ArmTwitch.Mail.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Mail.Sending;

public sealed class MailCircuitBreakerTests
{
    private readonly MailCircuitBreaker breaker = new(Options.Create(new MailOptions()), TimeProvider.System);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A server that restarts breaks all its connections at once.</summary>
    [Fact]
    public void Connections_that_were_open_together_count_as_one_unknown_mail()
    {
        int[] first = [breaker.NumberConnection(), breaker.NumberConnection(), breaker.NumberConnection()];

        Assert.Equal([1, 0, 0], first.Select(breaker.CountUnknown));
        Assert.Equal(2, breaker.CountUnknown(breaker.NumberConnection()));
    }

    /// <summary>Two mails are on their way: one is refused, and then the other, which began before, is accepted.</summary>
    [Fact]
    public void A_mail_that_began_before_the_fault_does_not_end_it()
    {
        var trips = breaker.Trips;
        breaker.Trip("Refused.", isRefusal: true);

        Assert.False(breaker.Accept(trips));

        Assert.Equal(("Refused.", true, false), (breaker.Fault, breaker.IsRefusing, breaker.HasAccepted));
        Assert.True(breaker.Accept(breaker.Trips));
        Assert.Null(breaker.Fault);
    }

    [Fact]
    public void An_accepted_mail_ends_the_count_of_unknown_ones()
    {
        breaker.CountUnknown(breaker.NumberConnection());

        breaker.Accept(breaker.Trips);

        Assert.Equal(1, breaker.CountUnknown(breaker.NumberConnection()));
    }

    [Theory]
    [InlineData(SmtpStage.Greeting, "421 busy", null, "takes no mail just now (421 busy).")]
    [InlineData(SmtpStage.Greeting, "554 go away", null, "takes no mail just now (554 go away).")]
    [InlineData(SmtpStage.Greeting, FakeSmtpServer.Drop, null, "broke the connection off. Look at Mail:Port and at the server's log; "
        + "'mail test ADDRESS' shows how far it goes.")]
    [InlineData(SmtpStage.Login, "535 wrong password", "None", "refuses the login (535). Look at Mail:User and Mail:Password.")]
    [InlineData(SmtpStage.Hello, null, "StartTls", "offers no STARTTLS. Look at Mail:Port and Mail:Security.")]
    [InlineData(SmtpStage.Hello, null, "Tls", "does not speak TLS as Mail:Security Tls asks. Look at Mail:Port and Mail:Security.")]
    public async Task A_fault_of_the_connection_costs_no_try_and_degrades_the_health(
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
        Assert.Equal(("degraded", $"Mails wait. The mail server 127.0.0.1:{sink.Port} {told}"), await visitor.HealthAsync());
        if (does is null)
            return;

        isBroken = false;
        site.Clock.Advance(TimeSpan.FromSeconds(5));
        await site.SendMailsAsync(Cancel);
        Assert.Single(sink.Mails);
        Assert.Equal(("healthy", null), await visitor.HealthAsync());
    }

    [Fact]
    public async Task The_circuit_stays_open_for_longer_each_time()
    {
        var port = BuiltProgram.FreePort();
        using var site = new TestSite(settings: [("Mail:Host", "127.0.0.1"), ("Mail:Port", $"{port}")]).Start();
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
}
