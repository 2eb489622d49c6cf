using ArmTwitch.Data;

namespace ArmTwitch.Mail;

/// <summary>A feature that has to know what an operator has said of copies of its mailings, on a screen or by command.</summary>
public interface IMailResolutionHandler
{
    /// <summary>
    /// Gets what was said, in the transaction that does it: what is added to the context is committed with it. It must not begin another
    /// <see cref="WriteTransaction"/>: it would wait for this one for ever.
    /// </summary>
    Task HandleAsync(ArmTwitchDb db, MailResolution resolution, CancellationToken cancellationToken);
}

/// <summary>What an operator has said of copies of a mailing.</summary>
/// <param name="State"><see cref="MailState.Sent"/> when they have arrived, <see cref="MailState.Queued"/> when they are sent again.</param>
/// <param name="Copies">How many.</param>
/// <param name="By">The display name of whoever said it; null for the command line.</param>
public sealed record MailResolution(Guid Mailing, MailState State, int Copies, string? By);
