using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ArmTwitch.Newsletter;

/// <summary>What somebody did with an issue, and when. It is written together with what it tells of, and never changed.</summary>
public sealed class IssueStep
{
    /// <summary>Stands for a person where there is none.</summary>
    public const string Program = "The program", CommandLine = "The command line", Former = "A former editor";

    public const int MaxByLength = 80;

    public long Id { get; init; }

    public required Guid IssueId { get; init; }

    public required IssueAuditAction Act { get; init; }

    /// <summary>The name that colleagues see. It stays when the account is gone.</summary>
    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The time that it was given; null unless it was scheduled for later.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>Why the program did it; null when a person did.</summary>
    public string? Reason { get; init; }
}

public enum IssueAuditAction
{
    Scheduled,
    SentNow,
    Paused,
    Resumed,
    Cancelled,
}

internal sealed class IssueStepConfiguration : IEntityTypeConfiguration<IssueStep>
{
    public void Configure(EntityTypeBuilder<IssueStep> builder)
    {
        builder.ToTable("NewsletterIssueSteps");
        builder.Property(step => step.By).HasMaxLength(IssueStep.MaxByLength);
        builder.Property(step => step.Reason).HasMaxLength(Issue.MaxTroubleLength);
        builder.HasOne<Issue>().WithMany().HasForeignKey(step => step.IssueId);
    }
}
