using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Mail;

/// <summary>A mail that is to be sent: a row first, written in the same transaction as its cause.</summary>
public sealed class OutgoingMail
{
    public const int MaxAnswerLength = 1000, MaxStatusLength = 11;

    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>What it tells of; one cause makes one mail to one recipient.</summary>
    public required string Cause { get; init; }

    public required string To { get; init; }

    /// <summary>What it is a copy of; null for a mail with a text of its own.</summary>
    public Guid? MailingId { get; init; }

    /// <summary>Which suppressions hold it back; null when only those of everything do.</summary>
    public string? SuppressionScope { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    /// <summary>Where one click ends mails of this kind (RFC 8058); null for a mail that is no member of a series.</summary>
    public string? UnsubscribeAddress { get; init; }

    /// <summary>Where the recipient sees what is kept; null outside a mailing.</summary>
    public string? ManageAddress { get; init; }

    /// <summary>Message-ID (RFC 5322, 3.6.4) without the angle brackets; the same at every try.</summary>
    public required string MessageId { get; init; }

    /// <summary>Smaller goes first.</summary>
    public int Priority { get; init; }

    /// <summary>Whether a second copy does no harm, so that one in doubt may be sent again.</summary>
    public bool MayRepeat { get; init; } = true;

    public MailState State { get; set; } = MailState.Queued;

    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When the next try is due; while it is claimed, when the claim ends.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>When the first try began that counts: a mail grows old from then, and not while no mail could leave.</summary>
    public DateTimeOffset? FirstTriedAt { get; set; }

    /// <summary>Counts the claims; only the holder of the newest may write the outcome.</summary>
    public long Fence { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>What the mail server last said.</summary>
    public string? Answer { get; set; }

    /// <summary>The enhanced status in that answer (RFC 3463), such as 5.1.1, or in the report that a mail came back later.</summary>
    public string? Status { get; set; }
}

/// <summary>Where a mail stands. The words are the contract's.</summary>
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
