using ArmTwitch.Data;
using ArmTwitch.Mail.Queueing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Mail;

/// <summary>
/// One text for many recipients. Each recipient is an <see cref="OutgoingMail"/> without a text of its own.
/// </summary>
public sealed class Mailing
{
    /// <summary>
    /// Placeholders in the text, for <see cref="OutgoingMail.UnsubscribeAddress"/> and <see cref="OutgoingMail.ManageAddress"/>.
    /// </summary>
    public const string UnsubscribePlaceholder = "{{unsubscribe}}", ManagePlaceholder = "{{manage}}";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Subject { get; init; }

    /// <summary>Empty once it is pruned.</summary>
    public required string Text { get; set; }

    /// <inheritdoc cref="Text"/>
    public required string Html { get; set; }

    /// <summary>
    /// List-Id (RFC 2919), by which mail programs group the mails: <c>ArmTwitch &lt;newsletter.armtwitch.example&gt;</c>.
    /// </summary>
    public required string ListId { get; init; }

    /// <summary>The mailbox of List-Unsubscribe (RFC 2369); null for none.</summary>
    public string? UnsubscribeMailbox { get; init; }

    /// <inheritdoc cref="OutgoingMail.SuppressionScope"/>
    public string? SuppressionScope { get; init; }

    /// <inheritdoc cref="OutgoingMail.Priority"/>
    public int Priority { get; init; }

    public MailingState State { get; set; } = MailingState.Held;

    /// <summary>For an operator; null unless it is paused.</summary>
    public string? PausedBecause { get; set; }

    /// <summary>How many recipients there are; null until the last one has a row.</summary>
    public int? Audience { get; set; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was first started; the Date header of its mails.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>
    /// When it was last started or resumed. The three counts begin at 0 then: otherwise the automatic pause would follow at once.
    /// </summary>
    public DateTimeOffset? RunningSince { get; set; }

    /// <summary>Recipients whose mail was sent or refused.</summary>
    public int Tried { get; set; }

    /// <summary>Recipients who do not exist (5.1.x of RFC 3463).</summary>
    public int HardBounces { get; set; }

    public int Complaints { get; set; }

    /// <summary>When the last mail was settled.</summary>
    public DateTimeOffset? DoneAt { get; set; }

    /// <summary>When the text and the addresses were deleted (<see cref="Retention.MailRetentionRules"/>).</summary>
    public DateTimeOffset? PrunedAt { get; set; }
}

public enum MailingState
{
    /// <summary>Not started yet.</summary>
    Held,
    Sending,
    Paused,
    Cancelled,

    /// <summary>Nothing waits any more. An operator may still settle unknown and refused mails.</summary>
    Done,
}

/// <summary>
/// Reads the next recipients in the transaction that writes their rows, and locks what makes them recipients. So a person who is erased at
/// that moment either gets no row, or the erasure finds it.
/// </summary>
/// <returns>An empty list after the last one.</returns>
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
