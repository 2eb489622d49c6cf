namespace ArmTwitch.Mail.Transports;

/// <summary>Opens connections: to a mail server, or to the pickup folder.</summary>
public interface IMailTransport
{
    /// <exception cref="MailServerUnavailableException">No mail can be sent now, and no mail is the cause.</exception>
    Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken);
}
