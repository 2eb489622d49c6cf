using ArmTwitch.Data;
using ArmTwitch.Mail.Queueing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Mail;

/// <summary>
/// One text for many recipients. It is kept once; every recipient is an <see cref="OutgoingMail"/> without a text of its own.
/// </summary>
public sealed class Mailing
{
    /// <summary>
    /// Stands in the text for the address at which this recipient unsubscribes, and for the one at which they see what is kept.
    /// </summary>
    public const string UnsubscribePlaceholder = "{{unsubscribe}}", ManagePlaceholder = "{{manage}}";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Subject { get; init; }

    /// <summary>Empty when it has been pruned.</summary>
    public required string Text { get; set; }

    /// <inheritdoc cref="Text"/>
    public required string Html { get; set; }

    /// <summary>
    /// What mail programs gather the series by (RFC 2919), such as <c>ArmTwitch &lt;newsletter.armtwitch.example&gt;</c>.
    /// </summary>
    public required string ListId { get; init; }

    /// <summary>Where a mail ends the series for its sender (RFC 2369); null when there is no such mailbox.</summary>
    public string? UnsubscribeMailbox { get; init; }

    /// <inheritdoc cref="OutgoingMail.SuppressionScope"/>
    public string? SuppressionScope { get; init; }

    /// <inheritdoc cref="OutgoingMail.Priority"/>
    public int Priority { get; init; }

    public MailingState State { get; set; } = MailingState.Held;

    /// <summary>Why it does not go on, in words for the operator; null unless it is paused.</summary>
    public string? PausedBecause { get; set; }

    /// <summary>How many recipients there are; null until all of them are written down.</summary>
    public int? Audience { get; set; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it first began; the date that its mails carry.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>
    /// When it last began or went on. The three counts begin anew then, so that an operator's word is not undone at once.
    /// </summary>
    public DateTimeOffset? RunningSince { get; set; }

    /// <summary>Recipients whose mail was taken or refused for good.</summary>
    public int Tried { get; set; }

    /// <summary>Recipients who do not exist (5.1.x of RFC 3463).</summary>
    public int HardBounces { get; set; }

    public int Complaints { get; set; }

    /// <summary>When nothing waited any more.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    public DateTimeOffset? PrunedAt { get; set; }
}

/// <summary>Where a mailing stands.</summary>
public enum MailingState
{
    /// <summary>Nobody has said yet that it shall begin.</summary>
    Held,
    Sending,
    Paused,
    Cancelled,

    /// <summary>Nothing waits any more. What is in doubt or dead may still be settled by an operator.</summary>
    Done,
}

/// <summary>
/// Reads the next recipients, in the transaction that writes them down, and locks whatever makes them recipients: of somebody who is
/// erased at that moment, either nothing is written down, or the erasure finds it.
/// </summary>
/// <returns>None when there are no more.</returns>
public delegate Task<IReadOnlyList<MailingRecipient>> NextRecipients(ArmTwitchDb db, int most, CancellationToken cancellationToken);

internal sealed class MailingConfiguration : IEntityTypeConfiguration<Mailing>
{
    private const int Line = 200, Address = 320, Words = 500, Word = 40;

    public void Configure(EntityTypeBuilder<Mailing> builder)
    {
        builder.ToTable("Mailings");
        builder.Property(mailing => mailing.Subject).HasMaxLength(Line);
        builder.Property(mailing => mailing.ListId).HasMaxLength(Line);
        builder.Property(mailing => mailing.UnsubscribeMailbox).HasMaxLength(Address);
        builder.Property(mailing => mailing.SuppressionScope).HasMaxLength(Word);
        builder.Property(mailing => mailing.PausedBecause).HasMaxLength(Words);
        builder.HasIndex(mailing => mailing.State);
    }
}
