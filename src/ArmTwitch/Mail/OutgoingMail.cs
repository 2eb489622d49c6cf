using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Mail;

/// <summary>A row of the outbox. It is written in the same transaction as its cause.</summary>
public sealed class OutgoingMail
{
    public const int MaxAnswerLength = 1000, MaxStatusLength = 11;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The event it is about. One cause makes at most one mail to one recipient.</summary>
    public required string Cause { get; init; }

    public required string To { get; init; }

    /// <summary>What it is a copy of; null for a mail with a text of its own.</summary>
    public Guid? MailingId { get; init; }

    /// <summary>Which suppressions hold it back besides those of <see cref="Suppression.All"/>; null for none.</summary>
    public string? SuppressionScope { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    /// <summary>The URL of one-click unsubscribing (RFC 8058); null where there is nothing to unsubscribe from.</summary>
    public string? UnsubscribeAddress { get; init; }

    /// <summary>The URL where the recipient sees and changes the subscription; null outside a mailing.</summary>
    public string? ManageAddress { get; init; }

    /// <summary>Message-ID (RFC 5322, 3.6.4) without the angle brackets; the same at every try.</summary>
    public required string MessageId { get; init; }

    /// <summary>Smaller is more urgent.</summary>
    public int Priority { get; init; }

    /// <summary>Whether an unknown mail may be sent again, because a second copy does no harm.</summary>
    public bool MayRepeat { get; init; } = true;

    public MailState State { get; set; } = MailState.Queued;

    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When the next try is due; of a claimed mail, when its lease ends; of a refused one, when it was refused.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>When the first try that counts began. Moved on by the time for which no mail could leave.</summary>
    public DateTimeOffset? FirstTriedAt { get; set; }

    /// <summary>A fencing token: it grows with each claim, and only the newest claim may record a result.</summary>
    public long Fence { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What the mail server last said.</summary>
    public string? Answer { get; set; }

    /// <summary>The enhanced status (RFC 3463) of that answer, or of a later bounce, such as 5.1.1.</summary>
    public string? Status { get; set; }
}

/// <remarks>On screens <see cref="InDoubt"/> is "unknown" and <see cref="Dead"/> "refused".</remarks>
public enum MailState
{
    Queued,
    Claimed,
    Submitting,
    Sent,
    Dead,
    InDoubt,
    Suppressed,
    Cancelled,
}

internal sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>
{
    private const int Long = 200, Address = 320;

    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("OutgoingMails");
        builder.Property(mail => mail.Cause).HasMaxLength(Long);
        builder.Property(mail => mail.To).HasMaxLength(Address);
        builder.Property(mail => mail.Subject).HasMaxLength(Long);
        builder.Property(mail => mail.MessageId).HasMaxLength(Long);
        builder.Property(mail => mail.Answer).HasMaxLength(OutgoingMail.MaxAnswerLength);
        builder.HasIndex(mail => new { mail.Cause, mail.To }).IsUnique();
        builder.Property(mail => mail.Status).HasMaxLength(OutgoingMail.MaxStatusLength);
        builder.Property(mail => mail.SuppressionScope).HasMaxLength(Suppression.MaxScopeLength);
        builder.HasOne<Mailing>().WithMany().HasForeignKey(mail => mail.MailingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(mail => new { mail.MailingId, mail.State, mail.Priority, mail.DueAt });
        builder.HasIndex(mail => new { mail.State, mail.DueAt });
    }
}
