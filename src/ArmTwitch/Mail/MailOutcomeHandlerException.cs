namespace ArmTwitch.Mail;

/// <summary>Whoever is told of outcomes has failed, rather than the outbox.</summary>
internal sealed class MailOutcomeHandlerException(Exception cause) : Exception("A listener of mail outcomes failed.", cause);
