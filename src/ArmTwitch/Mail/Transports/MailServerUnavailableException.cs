namespace ArmTwitch.Mail.Transports;

/// <summary>No mail can be sent now. The message goes to the log and the health page, so it names no recipient.</summary>
public sealed class MailServerUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
