using ArmTwitch.Comments;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueQueries;

/// <summary>
/// The order of a list, in parts, each of which an index gives in its order. A page is read from behind the last comment of the page
/// before, so the thousandth page takes as long as the first.
/// </summary>
internal static class QueueOrder
{
    private static readonly QueuePart[]
        Crisis = [new CrisisPart()],
        RedFlags = [new WaitingPart(FlagLevel.RedFlag, false), new WaitingPart(FlagLevel.RedFlag, true)],
        Rest = [new WaitingPart(FlagLevel.Ordinary, false)],
        Advertising = [new WaitingPart(FlagLevel.Ordinary, true)],
        Waiting = [.. Crisis, .. RedFlags, .. Rest, .. Advertising],
        Decided = [new DecidedPart(), new UndecidedPart()], Newest = [new NewestPart()],
        Reported = [new ReportedPart()];

    /// <summary>
    /// What waits: crises first, then what was passed on to the moderator who looks, then red flags, then the rest; in each level but the
    /// first what looks like advertising last, and the oldest first. What was decided: the newest first.
    /// </summary>
    /// <param name="me">The moderator who looks; null for nobody.</param>
    public static IReadOnlyList<QueuePart> Of(QueueFilter filter, Guid? me = null) => filter switch
    {
        { RelatedTo: not null } => Newest,
        { Status: not null and not CommentStatus.Pending } => Decided,
        { Tab: QueueTab.Crisis } => Crisis,
        { Tab: QueueTab.RedFlags } => RedFlags,
        { Tab: QueueTab.Advertising } => Advertising,
        { Tab: QueueTab.Rest } => Rest,
        { Tab: QueueTab.Reported } => Reported,
        { Tab: QueueTab.ForMe } => [new ForMePart(me, IsCrisis: true), new ForMePart(me, IsCrisis: false)],
        { Tab: QueueTab.All } when me is not null =>
            [.. Crisis, new ForMePart(me, IsCrisis: false), .. Waiting.Except(Crisis).Select(part => new ForOthersPart(part, me))],
        _ => Waiting,
    };

    /// <summary>A few comments that wait, in the order of the queue. A long list is read in its parts.</summary>
    public static IQueryable<Comment> Sort(IQueryable<Comment> waiting) =>
        waiting.OrderBy(comment => comment.Level).ThenBy(comment => comment.Level != FlagLevel.Crisis && comment.IsSpamLike)
            .ThenBy(comment => comment.WaitingSince).ThenBy(comment => comment.Id);

    private static IQueryable<Comment> OldestFirst(IQueryable<Comment> part, QueueCursor? after)
    {
        if (after is { At: { } at, Id: var id })
            part = part.Where(comment => comment.WaitingSince >= at && (comment.WaitingSince > at || comment.Id > id));
        return part.OrderBy(comment => comment.WaitingSince).ThenBy(comment => comment.Id);
    }

    /// <summary>Whatever looks like advertising among crises: no score puts one behind the others.</summary>
    private sealed record CrisisPart : QueuePart
    {
        public override IQueryable<Comment> Of(IQueryable<Comment> comments, QueueCursor? after) =>
            OldestFirst(comments.Where(comment => comment.Level == FlagLevel.Crisis), after);

        public override DateTimeOffset? TimeOf(Comment comment) => comment.WaitingSince;
    }

    private sealed record WaitingPart(FlagLevel Level, bool IsSpamLike) : QueuePart
    {
        public override IQueryable<Comment> Of(IQueryable<Comment> comments, QueueCursor? after)
        {
            var part = comments.Where(comment => comment.Level == Level);
            return OldestFirst(part.Where(comment => comment.IsSpamLike == IsSpamLike), after);
        }

        public override DateTimeOffset? TimeOf(Comment comment) => comment.WaitingSince;
    }

    private sealed record ReportedPart : QueuePart
    {
        public override IQueryable<Comment> Of(IQueryable<Comment> comments, QueueCursor? after) => OldestFirst(comments, after);

        public override DateTimeOffset? TimeOf(Comment comment) => comment.WaitingSince;
    }

    private sealed record ForMePart(Guid? Me, bool IsCrisis) : QueuePart
    {
        public override IQueryable<Comment> Of(IQueryable<Comment> comments, QueueCursor? after)
        {
            var all = QueueFiltering.PassedOnTo(Me, comments);
            var part = IsCrisis
                ? all.Where(comment => comment.Level == FlagLevel.Crisis)
                : all.Where(comment => comment.Level != FlagLevel.Crisis);
            return OldestFirst(part, after);
        }

        public override DateTimeOffset? TimeOf(Comment comment) => comment.WaitingSince;
    }

    private sealed record ForOthersPart(QueuePart Part, Guid? Me) : QueuePart
    {
        public override IQueryable<Comment> Of(IQueryable<Comment> comments, QueueCursor? after) =>
            Part.Of(comments.Where(comment => comment.EscalatedTo == null || comment.EscalatedTo != Me), after);

        public override DateTimeOffset? TimeOf(Comment comment) => Part.TimeOf(comment);
    }

    private sealed record DecidedPart : QueuePart
    {
        public override IQueryable<Comment> Of(IQueryable<Comment> comments, QueueCursor? after)
        {
            var part = comments.Where(comment => comment.DecidedAt != null);
            if (after is { At: { } at, Id: var id })
                part = part.Where(comment => comment.DecidedAt <= at && (comment.DecidedAt < at || comment.Id > id));
            return part.OrderByDescending(comment => comment.DecidedAt).ThenBy(comment => comment.Id);
        }

        public override DateTimeOffset? TimeOf(Comment comment) => comment.DecidedAt;
    }

    private sealed record NewestPart : QueuePart
    {
        public override IQueryable<Comment> Of(IQueryable<Comment> comments, QueueCursor? after)
        {
            var part = after is { Id: var id } ? comments.Where(comment => comment.Id < id) : comments;
            return part.OrderByDescending(comment => comment.Id);
        }

        public override DateTimeOffset? TimeOf(Comment comment) => null;
    }

    /// <summary>What its author took back before anybody decided on it.</summary>
    private sealed record UndecidedPart : QueuePart
    {
        public override IQueryable<Comment> Of(IQueryable<Comment> comments, QueueCursor? after)
        {
            var part = comments.Where(comment => comment.DecidedAt == null);
            if (after is { Id: var id })
                part = part.Where(comment => comment.Id > id);
            return part.OrderBy(comment => comment.Id);
        }

        public override DateTimeOffset? TimeOf(Comment comment) => null;
    }
}

/// <summary>The last comment of a page of the list; the next page begins behind it.</summary>
/// <param name="Part">The part of the order in which it stands.</param>
/// <param name="At">The time by which that part is ordered; null in the part without one.</param>
public sealed record QueueCursor(int Part, DateTimeOffset? At, Guid Id)
{
    /// <summary>The page then begins with this comment: both databases order ids by their bytes, and this one comes before its id.</summary>
    internal static QueueCursor Before(Comment comment, int number, QueuePart part)
    {
        var id = comment.Id.ToByteArray(bigEndian: true);
        for (var last = id.Length - 1; last >= 0 && id[last]-- is 0; last--)
        {
            // The digit before it is one less, too.
        }

        return new(number, part.TimeOf(comment), new Guid(id, bigEndian: true));
    }
}

/// <summary>A part of the order of a list.</summary>
internal abstract record QueuePart
{
    /// <param name="comments">Those that the filter lets through.</param>
    /// <param name="after">The last comment that was read of this part; null when none was.</param>
    public abstract IQueryable<Comment> Of(IQueryable<Comment> comments, QueueCursor? after);

    /// <summary>The time by which the part is ordered.</summary>
    public abstract DateTimeOffset? TimeOf(Comment comment);
}
