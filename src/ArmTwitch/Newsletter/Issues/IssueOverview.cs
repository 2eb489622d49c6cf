using ArmTwitch.Articles;
using ArmTwitch.Mail.Queueing;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>An issue as editors see it.</summary>
/// <param name="IsLate">Whether its time passed so long ago that a person has to say what shall happen.</param>
/// <param name="Count">Where its recipients stand; null before there are any.</param>
public sealed record IssueOverview(
    Slug Slug, string Subject, IssueState State, DateTimeOffset? ScheduledFor, DateTimeOffset? PublishedAt, DateTimeOffset? DoneAt,
    Guid? MailingId, string? Trouble, bool IsLate, MailingCount? Count)
{
    /// <summary>Whether there is nothing of it but its file, which its writer can take away again.</summary>
    public bool IsOnlyFile { get; init; }

    /// <inheritdoc cref="Issue.SeenHash"/>
    public string? SeenHash { get; init; }
}
