using ArmTwitch.Comments;
using ArmTwitch.Comments.TextCleaning;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>What the earlier decisions on a comment mean for the next one.</summary>
internal sealed class DecisionHistory(Comment comment, IReadOnlyList<CommentDecision> all)
{
    /// <summary>Stands for the author in <see cref="LastBy"/>.</summary>
    public const string Author = "the author";

    private readonly IReadOnlyList<CommentDecision> standing =
        [.. all.Where(decision => decision.UndoneAt is null && IsByModerator(decision.Kind))];

    /// <summary>Whether this version was approved before, so that it waits for another reason than being new.</summary>
    public bool IsApprovedVersion => standing.Any(
        decision => decision.Revision == comment.Revision && decision.Kind is DecisionKind.Approve or DecisionKind.ApproveRedacted);

    /// <summary>Whether something was taken out of this version. Its original is then hidden, and reading it is recorded.</summary>
    public bool IsOriginalHidden => comment is { Removed: not null, ShownText: not null }
        && standing.Any(decision => decision.Revision == comment.Revision && decision.Kind is DecisionKind.ApproveRedacted);

    /// <summary><see cref="IsOriginalHidden"/> as a query.</summary>
    public static IQueryable<Comment> WithHiddenOriginal(DbContext db) =>
        db.Set<Comment>().Where(comment => comment.Removed != null && comment.ShownText != null
            && db.Set<CommentDecision>().Any(decision => decision.CommentId == comment.Id && decision.Revision == comment.Revision
                && decision.Kind == DecisionKind.ApproveRedacted && decision.UndoneAt == null));

    /// <summary>The text that a moderator sees and decides on.</summary>
    public string DisplayText => IsOriginalHidden ? comment.ShownText! : CommentTextCleaner.Clean(comment.Text);

    /// <summary>The text as its author typed it; null when it is hidden, or the same as <see cref="DisplayText"/>.</summary>
    public string? OriginalText => IsOriginalHidden || comment.Text == DisplayText ? null : comment.Text;

    /// <summary>Whether the author has appealed against the last refusal.</summary>
    public bool IsAppeal => comment is { Status: CommentStatus.Pending, Appeal: not null } && Last is { Kind: DecisionKind.Reject };

    public CommentDecision? Last => standing.Count > 0 ? standing[^1] : null;

    /// <summary>The name that is shown to a moderator who comes too late.</summary>
    public string LastBy => comment.Status is CommentStatus.Withdrawn or CommentStatus.Erased ? Author : Last?.By ?? "somebody else";

    /// <summary>Counts the decisions on this version, undone ones too.</summary>
    public int CountOfVersion => all.Count(decision => decision.Revision == comment.Revision && IsByModerator(decision.Kind));

    public CommentDecision? Find(long id) => all.SingleOrDefault(decision => decision.Id == id);

    /// <summary>Whether anything has happened since that decision, other than that a moderator read the original or passed it on.</summary>
    public bool IsOvertaken(CommentDecision by) =>
        all.Any(later => later.Id > by.Id && later.Kind is not (DecisionKind.OriginalRead or DecisionKind.Escalate));

    /// <summary>Whether nothing has happened since, other than that a moderator read the original.</summary>
    public bool IsLast(CommentDecision one) => !all.Any(later => later.Id > one.Id && later.Kind is not DecisionKind.OriginalRead);

    /// <summary>When and by whom it was passed on to the moderator who has it now; null when nobody did.</summary>
    public CommentDecision? LastPassedOn => all.LastOrDefault(one => one is { Kind: DecisionKind.Escalate, UndoneAt: null });

    /// <summary>To whom it had been passed on before that; null when to nobody, or when somebody has decided since.</summary>
    public Guid? PassedOnBefore(CommentDecision passedOn) =>
        all.LastOrDefault(one => one.Id < passedOn.Id && one.UndoneAt is null
            && (one.Kind is DecisionKind.Escalate || IsByModerator(one.Kind))) is { Kind: DecisionKind.Escalate, Code: var colleague }
            && Guid.TryParse(colleague, out var id) ? id : null;

    /// <summary>The decision that holds again once this one is undone; null when there is none.</summary>
    public CommentDecision? StandingBefore(CommentDecision one) => standing.LastOrDefault(decision => decision.Id < one.Id);

    /// <summary>The value of <see cref="CountOfVersion"/> when this decision was made.</summary>
    public int NumberOf(CommentDecision one) =>
        all.Count(decision => decision.Revision == one.Revision && decision.Id <= one.Id && IsByModerator(decision.Kind));

    public static async Task<DecisionHistory> ReadAsync(DbContext db, Comment comment, CancellationToken cancellationToken) => new(
        comment,
        await db.Set<CommentDecision>().AsNoTracking().Where(decision => decision.CommentId == comment.Id)
            .OrderBy(decision => decision.Id).ToListAsync(cancellationToken));

    public static bool IsByModerator(DecisionKind kind) => CommentDecision.KindsByModerators.Contains(kind);
}
