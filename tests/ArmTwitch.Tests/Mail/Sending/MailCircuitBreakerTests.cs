using ArmTwitch.Mail;
using ArmTwitch.Mail.Sending;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Mail.Sending;

public sealed class MailCircuitBreakerTests
{
    private readonly MailCircuitBreaker breaker = new(Options.Create(new MailOptions()), TimeProvider.System);

    /// <summary>A server that starts again breaks all connections to it; that is one accident.</summary>
    [Fact]
    public void Connections_that_were_open_together_count_as_one_doubt()
    {
        int[] first = [breaker.NumberConnection(), breaker.NumberConnection(), breaker.NumberConnection()];

        Assert.Equal([1, 0, 0], first.Select(breaker.CountUnknown));
        Assert.Equal(2, breaker.CountUnknown(breaker.NumberConnection()));
    }

    /// <summary>Two are on their way at once: one is refused, and the answer to the other comes a moment later.</summary>
    [Fact]
    public void A_mail_that_was_begun_before_the_trouble_does_not_end_it()
    {
        var trips = breaker.Trips;
        breaker.Trip("Refused.", isRefusal: true);

        Assert.False(breaker.Accept(trips));

        Assert.Equal(("Refused.", true, false), (breaker.Fault, breaker.IsRefusing, breaker.HasAccepted));
        Assert.True(breaker.Accept(breaker.Trips));
        Assert.Null(breaker.Fault);
    }

    [Fact]
    public void A_mail_that_is_taken_ends_the_count_of_doubts()
    {
        breaker.CountUnknown(breaker.NumberConnection());

        breaker.Accept(breaker.Trips);

        Assert.Equal(1, breaker.CountUnknown(breaker.NumberConnection()));
    }
}
