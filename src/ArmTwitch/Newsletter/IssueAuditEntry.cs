using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Newsletter;

/// <summary>An audit entry: who did what with an issue. It is written in the transaction of the action and never changed.</summary>
public sealed class IssueAuditEntry : IAuditRow
{
    /// <summary>Instead of a name where there is none.</summary>
    public const string Program = "The program", CommandLine = "The command line", Former = "A former editor";

    public const int MaxByLength = 80;

    public long Id { get; init; }

    public required Guid IssueId { get; init; }

    public required IssueAuditAction Act { get; init; }

    /// <summary>The display name of the editor. It stays when the account is deleted.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The time that was chosen; null unless it was scheduled for later.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>Why the program did it, or with how many copies an editor did it; null where there is nothing to add.</summary>
    public string? Reason { get; init; }
}

public enum IssueAuditAction
{
    Scheduled,
    Unscheduled,
    SentNow,
    Paused,
    Resumed,
    Cancelled,

    /// <summary>Unknown copies are noted as arrived.</summary>
    CopiesSettled,

    /// <summary>Unknown or refused copies are sent again.</summary>
    CopiesRepeated,
}

internal sealed class IssueAuditEntryConfiguration : IEntityTypeConfiguration<IssueAuditEntry>
{
    public void Configure(EntityTypeBuilder<IssueAuditEntry> builder)
    {
        builder.ToTable("NewsletterIssueSteps");
        builder.Property(entry => entry.By).HasMaxLength(IssueAuditEntry.MaxByLength);
        builder.Property(entry => entry.Reason).HasMaxLength(Issue.MaxTroubleLength);
        builder.HasOne<Issue>().WithMany().HasForeignKey(entry => entry.IssueId);
    }
}
