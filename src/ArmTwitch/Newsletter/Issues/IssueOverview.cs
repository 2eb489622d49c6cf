using ArmTwitch.Articles;
using ArmTwitch.Mail.Queueing;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>An issue as editors see it.</summary>
/// <param name="IsLate">Whether it is overdue for so long that an editor has to decide what happens.</param>
/// <param name="Count">Its mails by state; null before there are any.</param>
public sealed record IssueOverview(
    Slug Slug, string Subject, IssueState State, DateTimeOffset? ScheduledFor, DateTimeOffset? PublishedAt, DateTimeOffset? DoneAt,
    Guid? MailingId, string? Trouble, bool IsLate, MailingCount? Count)
{
    /// <summary>Whether it is only a file so far, which can be deleted.</summary>
    public bool IsOnlyFile { get; init; }

    public string Preheader { get; init; } = "";

    public DateTimeOffset? EditedAt { get; init; }

    /// <inheritdoc cref="Issue.IsWritten"/>
    public bool IsWritten { get; init; }

    /// <inheritdoc cref="Issue.SeenHash"/>
    public string? SeenHash { get; init; }
}
