namespace ArmTwitch.Mail;

/// <summary>An <see cref="IMailOutcomeHandler"/> failed, and not the outbox itself.</summary>
internal sealed class MailOutcomeHandlerException(Exception cause) : Exception("A handler of mail outcomes failed.", cause);
