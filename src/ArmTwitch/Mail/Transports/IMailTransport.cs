namespace ArmTwitch.Mail.Transports;

/// <summary>The way out of the house.</summary>
public interface IMailTransport
{
    /// <exception cref="MailServerUnavailableException">There is no way just now; no mail is to blame.</exception>
    Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken);
}
