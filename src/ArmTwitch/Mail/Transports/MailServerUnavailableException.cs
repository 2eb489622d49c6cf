namespace ArmTwitch.Mail.Transports;

/// <summary>Why no mail can leave just now, in words for the log and the health page: no names, no addresses.</summary>
public sealed class MailServerUnavailableException : Exception
{
    public MailServerUnavailableException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    public MailServerUnavailableException() : this("The mail server cannot be used.")
    {
    }

    public MailServerUnavailableException(string message) : this(message, null)
    {
    }
}
