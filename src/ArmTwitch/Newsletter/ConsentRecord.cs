using ArmTwitch.Data.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Newsletter;

/// <summary>
/// An entry of the consent ledger, written once and never changed. It outlives the address, which it holds only as a keyed hash.
/// </summary>
/// <remarks>A subscriber may download this as JSON: every property but those with <see cref="WithheldAttribute"/>.</remarks>
public sealed class ConsentRecord : ICountedRow
{
    public const int MaxWordingLength = 200, MaxPageLength = 200;

    [Withheld]
    public long Id { get; init; }

    string ICountedRow.Event => $"subscription-{KebabCase.Of(Kind)}";

    [Withheld]
    public required Guid SubscriberId { get; init; }

    /// <summary>Keyed hash of the address, by which the entries of a given address are found.</summary>
    [Withheld]
    public required byte[] Address { get; init; }

    public required ConsentKind Kind { get; init; }

    public required ConsentMethod Method { get; init; }

    /// <summary>The version of the wording that was agreed to; null where something ended.</summary>
    public string? Wording { get; init; }

    /// <summary>The page of the sign-up; null where something ended.</summary>
    public string? Page { get; init; }

    /// <summary>When they signed up, which is before the confirmation.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Why they left; null when they did not say.</summary>
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

/// <summary>By what means consent was given or withdrawn.</summary>
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

    /// <summary>An editor did it for somebody who asked.</summary>
    Editor,

    /// <summary>With a list that says when; where and to which words is what the editor said who imported it.</summary>
    ImportVouched,

    /// <summary>Ended with the import that had brought it.</summary>
    ImportTakenBack,
}

/// <summary>The reasons for leaving that can be chosen. There is no free text, so nothing private gets in.</summary>
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
        // Covers the count of who joined and who left by week.
        builder.HasIndex(record => new { record.At, record.Kind, record.Method });
    }
}
