using MimeKit;

namespace ArmTwitch.Mail.Transports;

/// <summary>An open connection, for one mail after the other.</summary>
public interface IMailConnection : IAsyncDisposable
{
    /// <summary>Whether another mail can be sent.</summary>
    bool IsOpen { get; }

    /// <summary>Sends one mail. Every failure is a result, not an exception.</summary>
    Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
