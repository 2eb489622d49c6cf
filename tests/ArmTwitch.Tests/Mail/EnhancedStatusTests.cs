using ArmTwitch.Mail;

namespace ArmTwitch.Tests.Mail;

public sealed class EnhancedStatusTests
{
    [Theory]
    [InlineData("5.1.1", null, DeliveryFailure.NoSuchRecipient)]
    [InlineData("5.1.2", null, DeliveryFailure.NoSuchRecipient)]
    [InlineData("5.1.3", null, DeliveryFailure.NoSuchRecipient)]
    [InlineData("5.1.6", null, DeliveryFailure.NoSuchRecipient)]
    [InlineData("5.1.10", null, DeliveryFailure.NoSuchRecipient)]
    [InlineData("5.1.0", "550 5.1.0 sender rejected", DeliveryFailure.Unreachable)]
    [InlineData("5.1.4", null, DeliveryFailure.Unreachable)]
    [InlineData("5.1.5", null, DeliveryFailure.Unreachable)]
    [InlineData("5.1.9", null, DeliveryFailure.Unreachable)]
    [InlineData("5.1.100", null, DeliveryFailure.Unreachable)]
    [InlineData("5.2.1", null, DeliveryFailure.Unreachable)]
    [InlineData("5.2.2", null, DeliveryFailure.Unreachable)]
    [InlineData("5.4.1", "550 5.4.1 recipient address rejected: access denied", DeliveryFailure.Unreachable)]
    [InlineData("5.4.4", "dns; host not found", DeliveryFailure.Unreachable)]
    [InlineData("4.1.1", "451 4.1.1 and not 5.1.1", DeliveryFailure.Unreachable)]
    [InlineData("4.7.1", "451 4.7.1 greylisted", DeliveryFailure.Unreachable)]
    [InlineData(null, null, DeliveryFailure.Unreachable)]
    [InlineData(null, "smtp; 550 5.1.1 user unknown", DeliveryFailure.Unreachable)]
    [InlineData("no code", null, DeliveryFailure.Unreachable)]
    [InlineData("5.0.0", null, DeliveryFailure.Unreachable)]
    [InlineData("5.5.0", "smtp; 550 mailbox not available", DeliveryFailure.Unreachable)]
    [InlineData("5.0.0", "smtp; 550 5.1.1 no such user here", DeliveryFailure.NoSuchRecipient)]
    [InlineData("5.5.0", "550 5.5.0 host mx[10.5.1.1] said: 550-5.1.1 no such user", DeliveryFailure.NoSuchRecipient)]
    [InlineData("5.0.0", "550 refused by 10.5.1.1 and by 5.1.1.9", DeliveryFailure.Unreachable)]
    [InlineData("5.0.0", "553 5.1.8 sender domain does not resolve", DeliveryFailure.SenderRefused)]
    [InlineData("5.4.0", "550 5.1.1 no such user", DeliveryFailure.Unreachable)]
    [InlineData("5.1.7", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.1.8", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.7.8", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.7.20", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.7.23", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.7.26", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.7.509", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.7.708", null, DeliveryFailure.SenderRefused)]
    [InlineData("5.7.1", "554 5.7.1 <ada@example.org>: Relay access denied", DeliveryFailure.SenderRefused)]
    [InlineData("5.7.1", "550 5.7.1 the SPF record of the domain forbids it", DeliveryFailure.SenderRefused)]
    [InlineData("5.7.1", "554 5.7.1 Message contains spam", DeliveryFailure.MessageRefused)]
    [InlineData("5.7.1", null, DeliveryFailure.MessageRefused)]
    [InlineData("5.7.133", "550 5.7.133 only members may write to this group", DeliveryFailure.MessageRefused)]
    [InlineData("5.7.17", "550 5.7.17 the mailbox has another owner", DeliveryFailure.MessageRefused)]
    [InlineData("5.2.3", null, DeliveryFailure.MessageRefused)]
    [InlineData("5.3.4", null, DeliveryFailure.MessageRefused)]
    [InlineData("5.6.7", null, DeliveryFailure.MessageRefused)]
    public void A_code_says_whether_recipient_sender_or_mail_is_refused(string? status, string? words, DeliveryFailure expected) =>
        Assert.Equal(expected, EnhancedStatus.FailureOf(status, words));

    [Theory]
    [InlineData("5.1.1", "550 5.1.1 <ada@example.org> unknown", "5.1.1")]
    [InlineData(null, "550 <ada@example.org> unknown", "550")]
    [InlineData(null, "SocketException: broken", "no code")]
    [InlineData(null, null, "no code")]
    public void The_code_for_screen_and_log_holds_no_words_of_the_server(string? status, string? words, string expected) =>
        Assert.Equal(expected, EnhancedStatus.CodeOf(status, words));
}
