namespace ArmTwitch.Comments;

/// <summary>What was decided on a comment, by whom, when and on which version. Never the text.</summary>
public sealed class CommentDecision
{
    /// <summary>What moderators decide; the other kinds tell what else was done.</summary>
    public static readonly IReadOnlyList<DecisionKind> KindsByModerators =
        [DecisionKind.Approve, DecisionKind.ApproveRedacted, DecisionKind.Reject, DecisionKind.Spam, DecisionKind.Remove];

    public long Id { get; init; }

    public required Guid CommentId { get; init; }

    public required int Revision { get; init; }

    public required DecisionKind Kind { get; init; }

    /// <summary>Null for what the writer did, and for the command line.</summary>
    public Guid? ModeratorId { get; init; }

    /// <summary>The name at that time; the account may be gone.</summary>
    public required string By { get; init; }

    /// <summary>A <see cref="RefusalReason"/> as its word, or the kinds that were taken out.</summary>
    public string? Code { get; init; }

    public required CommentStatus Before { get; init; }

    public required CommentStatus After { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How long the comment had waited; null when it did not.</summary>
    public double? WaitedSeconds { get; init; }

    /// <summary>The rules that had spoken, each as <c>id@version</c>.</summary>
    public required string Flags { get; init; }

    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>Tells what else was done than decided, on the version that the comment has now.</summary>
    /// <param name="before">The comment as it stood.</param>
    internal static CommentDecision Of(
        Comment before, DecisionKind kind, CommentStatus after, string by, DateTimeOffset at, Guid? moderatorId = null) => new()
        {
            CommentId = before.Id,
            Revision = before.Revision,
            Kind = kind,
            ModeratorId = moderatorId,
            By = by,
            Before = before.Status,
            After = after,
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
}

/// <summary>Why a comment is refused; the writer is told in words.</summary>
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
