using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Mail.Queueing;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>An issue as editors see it.</summary>
/// <param name="IsLate">Whether it is overdue for so long that an editor has to decide what happens.</param>
/// <param name="Count">Its mails by state; null before there are any.</param>
public sealed record IssueOverview(
    Slug Slug, string Subject, IssueState State, DateTimeOffset? ScheduledFor, DateTimeOffset? PublishedAt, DateTimeOffset? DoneAt,
    Guid? MailingId, string? Trouble, bool IsLate, MailingCount? Count)
{
    private static readonly TimeSpan Leaving = TimeSpan.FromMinutes(1);

    /// <summary>Null while it is only a file. Once a draft is deleted, another one may get its address.</summary>
    public Guid? Id { get; init; }

    /// <summary>Whether it is only a file so far, which can be deleted.</summary>
    public bool IsOnlyFile => Id is null;

    public string Preheader { get; init; } = "";

    /// <summary>Why it will not go out at its time as it stands, in words for the editor; null when it will, or is not scheduled.</summary>
    public string? Obstacle { get; init; }

    public DateTimeOffset? EditedAt { get; init; }

    /// <inheritdoc cref="Issue.IsWritten"/>
    public bool IsWritten { get; init; }

    /// <inheritdoc cref="Issue.SeenHash"/>
    public string? SeenHash { get; init; }

    /// <summary>
    /// Whether it is due and about to be prepared, which takes seconds. When it takes longer than a minute, something is wrong and it is an
    /// issue as any other that is scheduled.
    /// </summary>
    public bool IsLeavingAt(DateTimeOffset now) =>
        this is { State: IssueState.Scheduled, IsLate: false, Trouble: null, Obstacle: null, ScheduledFor: { } time }
        && time <= now && now - time < Leaving;

    /// <param name="file">Null when it is missing, or has a fault.</param>
    /// <param name="row">Null for what is only a file so far.</param>
    /// <param name="lateBefore">An issue that was scheduled for an earlier time is late.</param>
    internal static IssueOverview Of(IssueFile? file, Issue? row, MailingCount? count, DateTimeOffset lateBefore)
    {
        // Until it is prepared, the file says what it is called.
        var isOfRow = row is { PreparedAt: not null } || file is null;
        var isLate = row is { State: IssueState.Scheduled, ScheduledFor: { } time } && time < lateBefore;
        return new IssueOverview(
            row?.Slug ?? file!.Slug, isOfRow ? row!.Subject : file!.Subject, row?.State ?? IssueState.Draft, row?.ScheduledFor,
            row?.PublishedAt, row?.DoneAt, row?.MailingId, row?.Trouble, isLate, count)
        {
            Preheader = isOfRow ? row!.Preheader : file!.Preheader,
            EditedAt = row?.EditedAt,
            Id = row?.Id,
            IsWritten = row is { IsWritten: true },
            SeenHash = row?.SeenHash
        };
    }
}

/// <summary>Some issues of the list.</summary>
/// <param name="Next">Where the next page begins; null when this is the last one.</param>
public sealed record IssueListPage(IReadOnlyList<IssueOverview> Issues, Guid? Next)
{
    public const int Size = 50;
}
