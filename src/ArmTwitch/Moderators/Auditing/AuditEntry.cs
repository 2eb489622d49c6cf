using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Moderators.Auditing;

/// <summary>
/// Who did what with an account or with subscribers, or deleted a draft of an issue. It is written in the transaction of the act and never
/// changed, and never holds an address.
/// </summary>
public sealed class AuditEntry : IAuditRow
{
    /// <summary>Instead of a name where there is none.</summary>
    public const string CommandLine = "The command line", Former = "a former colleague";

    public const int MaxNameLength = 80, MaxDetailLength = 300;

    /// <summary>How long the name of somebody without an account stays; long enough to answer a complaint.</summary>
    public static readonly TimeSpan NameLife = TimeSpan.FromDays(730);

    public long Id { get; init; }

    public required AuditAction Act { get; init; }

    /// <summary>The display name of whoever did it at that time.</summary>
    public required string By { get; init; }

    /// <summary>Null for the command line.</summary>
    public Guid? ModeratorId { get; init; }

    /// <summary>The account, invitation, subscriber, draft or import that it was done with; null for another act on many.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The display name of the account at that time; null where it is none.</summary>
    public string? SubjectName { get; init; }

    /// <summary>More in words of the program, such as a role or how many, or the subject line of a draft; null when there is no more.</summary>
    public string? Detail { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries");
        builder.Property(entry => entry.By).HasMaxLength(AuditEntry.MaxNameLength);
        builder.Property(entry => entry.SubjectName).HasMaxLength(AuditEntry.MaxNameLength);
        builder.Property(entry => entry.Detail).HasMaxLength(AuditEntry.MaxDetailLength);
        builder.HasIndex(entry => entry.At);
        builder.HasIndex(entry => entry.SubjectId);
    }
}
