using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Newsletter;

/// <summary>
/// One line of the ledger of consent, written once and never changed. It outlives the address, which it holds only as a keyed hash.
/// </summary>
public sealed class ConsentRecord
{
    public const int MaxWordingLength = 200, MaxPageLength = 200;

    public long Id { get; init; }

    public required Guid SubscriberId { get; init; }

    /// <summary>Keyed hash of the address, so that somebody who gives it can be told what was agreed.</summary>
    public required byte[] Address { get; init; }

    public required ConsentKind Kind { get; init; }

    public required ConsentMethod Method { get; init; }

    /// <summary>The version of the words that were agreed to; null where something ended.</summary>
    public string? Wording { get; init; }

    /// <summary>Where it was asked for; null where something ended.</summary>
    public string? Page { get; init; }

    /// <summary>When it was asked for, which is before it was confirmed.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Why it ended, as one of <see cref="UnsubscribeReason"/>; null when nobody said.</summary>
    public UnsubscribeReason? Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}

public enum ConsentKind
{
    Given,
    Withdrawn,
    ReasonTold,
    Bounced,
    Complained,
    Erased,
}

/// <summary>How it was said.</summary>
public enum ConsentMethod
{
    Link,
    Code,
    Import,
    OneClick,
    UnsubscribePage,
    ManagePage,
    CommandLine,
    MailServer,
}

/// <summary>What somebody who leaves may tick. Nothing can be typed, so nothing private can get in.</summary>
public enum UnsubscribeReason
{
    TooOften,
    NotForMe,
    Better,
    NeverAsked,
}

internal sealed class ConsentRecordConfiguration : IEntityTypeConfiguration<ConsentRecord>
{
    public void Configure(EntityTypeBuilder<ConsentRecord> builder)
    {
        builder.ToTable("ConsentRecords");
        builder.Property(record => record.Wording).HasMaxLength(ConsentRecord.MaxWordingLength);
        builder.Property(record => record.Page).HasMaxLength(ConsentRecord.MaxPageLength);
        builder.HasIndex(record => record.SubscriberId);
        builder.HasIndex(record => record.Address);
    }
}
