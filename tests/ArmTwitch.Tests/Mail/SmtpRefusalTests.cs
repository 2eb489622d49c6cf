using ArmTwitch.Mail.Sending;
using ArmTwitch.Mail.Transports;
using MailKit.Net.Smtp;

namespace ArmTwitch.Tests.Mail;

/// <summary>A fault on our side ends no subscription, however a mail server words it.</summary>
public sealed class SmtpRefusalTests
{
    [Theory]
    // The connection, the login, the sender: every mail would be refused.
    [InlineData(SmtpStep.Sender, "421 4.3.2 shutting down", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "500 5.5.2 what", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "501 5.1.7 bad sender address syntax", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "501 5.1.3 bad address", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "503 5.5.1 authenticate first", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "530 5.7.0 authentication required", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "535 5.7.8 credentials invalid", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "550 5.1.1 no such sender", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "550 5.7.1 no", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "554 5.7.1 no", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "555 5.5.4 unknown parameter", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Sender, "450 4.1.8 domain not found", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "450 4.1.8 <hello@armtwitch.test>: Sender address rejected: Domain not found", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "454 4.7.1 <ada@example.org>: Relay access denied", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "530 5.7.0 must issue STARTTLS first", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "534 5.7.9 mechanism is too weak", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "535 5.7.8 credentials invalid", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "538 5.7.11 encryption required", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "550 5.1.7 bad sender mailbox", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "550 5.1.8 bad sender domain", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "550 5.7.1 <x@y.example>: Sender address rejected: not owned by user", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "554 5.7.1 <ada@example.org>: Relay access denied", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "550 5.7.60 client does not have permissions to send as this sender", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "550 relay not permitted", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Recipient, "550 authentication required", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Message, "550 5.7.26 unauthenticated mail", SendVerdict.RouteClosed)]
    [InlineData(SmtpStep.Message, "451 4.7.24 SPF cannot be looked up", SendVerdict.RouteClosed)]
    public void What_is_wrong_with_us_closes_the_route_and_never_blames_a_recipient(SmtpStep step, string answer, SendVerdict expected)
    {
        var refusal = Read(step, answer);

        Assert.Equal(expected, refusal.Verdict);
        Assert.NotEqual(DeliveryFailure.NoSuchRecipient, refusal.Failure);
    }

    [Theory]
    // Size, format, content: a fault of the mail that ends no subscription.
    [InlineData(SmtpStep.Sender, "552 5.3.4 message too big", SendVerdict.Never, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Sender, "552 too big", SendVerdict.Never, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Sender, "452 4.3.1 insufficient system storage", SendVerdict.NotNow, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "452 4.3.1 insufficient system storage", SendVerdict.NotNow, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "552 5.3.4 message too big", SendVerdict.Never, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "552 too big", SendVerdict.Never, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "554 spam", SendVerdict.Never, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "554 5.0.0 failed", SendVerdict.Never, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "554 5.6.0 malformed", SendVerdict.Never, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Message, "550 5.7.1 message contains spam", SendVerdict.Never, DeliveryFailure.MessageRefused)]
    [InlineData(SmtpStep.Recipient, "550 5.7.1 policy", SendVerdict.Never, DeliveryFailure.MessageRefused)]
    // The recipient.
    [InlineData(SmtpStep.Recipient, "550 5.1.1 no such person", SendVerdict.Never, DeliveryFailure.NoSuchRecipient)]
    [InlineData(SmtpStep.Recipient, "552 5.2.2 mailbox full", SendVerdict.Never, DeliveryFailure.Unreachable)]
    [InlineData(SmtpStep.Recipient, "550 no", SendVerdict.Never, DeliveryFailure.Unreachable)]
    [InlineData(SmtpStep.Recipient, "451 4.7.1 greylisted", SendVerdict.NotNow, DeliveryFailure.Unreachable)]
    [InlineData(SmtpStep.Recipient, "550 sorry, no mailbox here by that name. (#5.1.1)", SendVerdict.Never, DeliveryFailure.NoSuchRecipient)]
    [InlineData(SmtpStep.Recipient, "550 sorry (#5.1.1), not now", SendVerdict.Never, DeliveryFailure.Unreachable)]
    [InlineData(SmtpStep.Message, "550 5.1.1 no such person", SendVerdict.Never, DeliveryFailure.NoSuchRecipient)]
    [InlineData(SmtpStep.Message, "552 5.2.2 mailbox full", SendVerdict.Never, DeliveryFailure.Unreachable)]
    public void Every_other_refusal_is_about_the_mail_or_the_recipient(
        SmtpStep step, string answer, SendVerdict verdict, DeliveryFailure failure)
    {
        var refusal = Read(step, answer);

        Assert.Equal((verdict, failure), (refusal.Verdict, refusal.Failure));
        Assert.Equal(answer, refusal.Answer);
    }

    /// <summary>The advice must not be about SPF and DMARC when the password is missing.</summary>
    [Theory]
    [InlineData(SmtpStep.Sender, "530 5.7.0 Authentication required")]
    [InlineData(SmtpStep.Sender, "535 5.7.8 credentials invalid")]
    [InlineData(SmtpStep.Recipient, "530 5.7.0 must issue STARTTLS first")]
    [InlineData(SmtpStep.Message, "538 5.7.11 encryption required")]
    public void A_login_that_is_missing_does_not_blame_the_sender(SmtpStep step, string answer) =>
        Assert.Equal(
            (SendVerdict.RouteClosed, DeliveryFailure.MessageRefused),
            Read(step, answer) is var refusal ? (refusal.Verdict, refusal.Failure) : default);

    private static SmtpRefusal Read(SmtpStep step, string answer) => new(step, (SmtpStatusCode)int.Parse(answer[..3], null), answer[4..]);
}
