using ArmTwitch.Data;
using ArmTwitch.Data.Telemetry;

namespace ArmTwitch.Comments;

/// <summary>An entry of the audit log: what was done with a comment, by whom, when, and on which version. Never the text.</summary>
public sealed class CommentDecision : IAuditRow, ICountedRow
{
    /// <summary>The kinds that are decisions. The others record what else was done.</summary>
    public static readonly IReadOnlyList<DecisionKind> KindsByModerators =
        [DecisionKind.Approve, DecisionKind.ApproveRedacted, DecisionKind.Reject, DecisionKind.Spam, DecisionKind.Remove];

    public long Id { get; init; }

    string ICountedRow.Event => $"comment-{KebabCase.Of(Kind)}";

    public required Guid CommentId { get; init; }

    public required int Revision { get; init; }

    public required DecisionKind Kind { get; init; }

    /// <summary>Null when the author did it, or the command line.</summary>
    public Guid? ModeratorId { get; init; }

    /// <summary>The moderator's name at that time; the account may be deleted by now.</summary>
    public required string By { get; init; }

    /// <summary>The name of a <see cref="RefusalReason"/>, the kinds of words that were removed, or the number of a colleague.</summary>
    public string? Code { get; init; }

    public required CommentStatus Before { get; init; }

    public required CommentStatus After { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How long the comment had waited; null when it was not waiting.</summary>
    public double? WaitedSeconds { get; init; }

    /// <summary>The rules that had flagged the version, each as <c>id@version</c>.</summary>
    public required string Flags { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>An entry for what is no decision, on the current version. The kind tells the status after it.</summary>
    /// <param name="before">The comment before the change.</param>
    internal static CommentDecision Of(Comment before, DecisionKind kind, string by, DateTimeOffset at, Guid? moderatorId = null) => new()
    {
        CommentId = before.Id,
        Revision = before.Revision,
        Kind = kind,
        ModeratorId = moderatorId,
        By = by,
        Before = before.Status,
        After = kind switch
        {
            DecisionKind.Withdraw => CommentStatus.Withdrawn,
            DecisionKind.Erase => CommentStatus.Erased,
            DecisionKind.Appeal or DecisionKind.Reported => CommentStatus.Pending,
            _ => before.Status,
        },
        At = at,
        Flags = "",
    };
}

public enum DecisionKind
{
    Approve,
    ApproveRedacted,
    Reject,
    Spam,
    Remove,
    Undo,
    OriginalRead,
    OriginalPurged,
    Withdraw,
    Erase,
    Appeal,
    Edit,
    Reported,

    /// <summary>Passed on to a colleague, whose number is the <see cref="CommentDecision.Code"/>.</summary>
    Escalate,
}

/// <summary>Why a comment is refused. The author is told in a sentence.</summary>
public enum RefusalReason
{
    OffTopic,
    Advertising,
    Abuse,
    MedicalAdvice,
    PersonalData,
    NamesClinician,
    Misinformation,
    Safeguarding,
    Other,
}
