using MimeKit;

namespace ArmTwitch.Mail.Transports;

/// <summary>An open way, for one mail after the other.</summary>
public interface IMailConnection : IAsyncDisposable
{
    /// <summary>Whether another mail may be handed over.</summary>
    bool IsOpen { get; }

    /// <summary>Hands one mail over. Whatever goes wrong is in the answer.</summary>
    Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
