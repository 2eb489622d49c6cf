using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>Undoes decisions of the last ten minutes, and passing on as long as nobody has done anything with the comment since.</summary>
public sealed partial class DecisionUndoService(
    IDbContextFactory<ArmTwitchDb> databases, CommentRowLock rows, CommentChangeNotifier notifier, TimeProvider clock,
    ILogger<DecisionUndoService> logger)
{
    /// <summary>How long a decision can be undone; the mail to the author waits longer (<see cref="DecisionMailer.Delay"/>).</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Undoes a decision: within ten minutes, by the moderator who made it or by an admin, and only while nothing has happened since.
    /// </summary>
    public Task<DecisionResult> UndoAsync(long decisionId, Decider decider, CancellationToken cancellationToken = default) =>
        UndoAsync(decisionId, decider, clock.GetUtcNow(), cancellationToken);

    /// <inheritdoc cref="UndoAsync(long, Decider, CancellationToken)"/>
    /// <param name="at">The time to record; one for all that are undone together, by which the audit lists them together.</param>
    public async Task<DecisionResult> UndoAsync(
        long decisionId, Decider decider, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(decisionId, cancellationToken) is not { } made)
            return new(DecisionOutcome.NoSuchComment);
        var role = made.ModeratorId == decider.Id ? ModeratorRole.Moderator : ModeratorRole.Admin;
        if (decider.Role < role || !(made.Kind is DecisionKind.Escalate || DecisionHistory.IsByModerator(made.Kind)))
            return new(DecisionOutcome.NotAllowed);
        if (made.Kind is DecisionKind.Escalate)
            return await TakeBackAsync(made, role, decider, at, cancellationToken);
        Comment? undone = null;
        var isSeen = false;
        var result = await rows.RunAsync(made.CommentId, decider, role, async (db, comment) =>
        {
            var history = await DecisionHistory.ReadAsync(db, comment, cancellationToken);
            if (history.Find(decisionId) is not { UndoneAt: null })
                return new(DecisionOutcome.AlreadyDecided, made.By);
            var snapshots = db.Set<DecisionUndoSnapshot>().AsNoTracking().Where(one => one.CommentId == comment.Id);
            if (clock.GetUtcNow() - made.At > Window || await snapshots.SingleOrDefaultAsync(cancellationToken) is not { } snapshot)
                return new(DecisionOutcome.TooLate);
            if (comment.Revision != made.Revision)
                return new(DecisionOutcome.TextChanged);
            if (comment.Status != made.After || comment.IsWaiting || history.IsOvertaken(made))
                return new(DecisionOutcome.AlreadyDecided, history.LastBy);
            if (snapshot.MailId is { } mail && !await SentMailRecords.TryCancelAsync(db, mail, cancellationToken))
                return new(DecisionOutcome.AuthorTold);

            await RestoreAsync(db, made, snapshot, at, cancellationToken);
            await QueueEarlierMailAsync(db, comment, history, made, cancellationToken);
            await snapshots.ExecuteDeleteAsync(cancellationToken);
            db.Add(decider.Record(comment, DecisionKind.Undo, made.Before, at, new(made.Kind.ToString())));
            undone = comment;
            isSeen = new DecisionEffect(made.Before, snapshot.ShownText, snapshot.Removed, snapshot.Reason).IsSeen(comment);
            return new(DecisionOutcome.Done);
        }, cancellationToken);
        if (undone is null)
            return result;
        LogUndone(undone.Id, made.Kind, decider.Id);
        notifier.Notify(undone, isSeen);
        return result;
    }

    /// <summary>How many of the decisions that can be undone are shown.</summary>
    public const int MostShown = 20;

    /// <summary>What this moderator can still undo, the newest first.</summary>
    public async Task<IReadOnlyList<UndoableDecision>> ListAsync(Decider decider, CancellationToken cancellationToken = default)
    {
        var since = clock.GetUtcNow() - Window;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var decisions = await Undoable(db, decider, since).ToListAsync(cancellationToken);
        decisions.AddRange(await PassedOn(db, decider, since).ToListAsync(cancellationToken));
        var newest = decisions.OrderByDescending(one => one.At).ThenByDescending(one => one.Id).ToList();
        var shown = newest.Take(MostShown).Select(one => one.CommentId).ToHashSet();
        var hidden = DecisionHistory.WithHiddenOriginal(db);
        var comments = await db.Set<Comment>().AsNoTracking().Where(comment => shown.Contains(comment.Id))
            .Select(comment => new { Comment = comment, IsSealed = hidden.Any(one => one.Id == comment.Id) }).ToListAsync(cancellationToken);
        var excerpts = comments.ToDictionary(one => one.Comment.Id, one => CommentExcerpt.Of(one.Comment, one.IsSealed));
        return [.. newest.Select(one => one with { Excerpt = excerpts.GetValueOrDefault(one.CommentId) })];
    }

    /// <remarks>Ordered by time first, which has an index. Ordered by id, SQLite would read every decision there ever was.</remarks>
    internal static IQueryable<UndoableDecision> Undoable(ArmTwitchDb db, Decider decider, DateTimeOffset since) =>
        from decision in db.Set<CommentDecision>()
        where decision.ModeratorId == decider.Id && decision.At >= since && decision.UndoneAt == null
        join snapshot in db.Set<DecisionUndoSnapshot>() on new { decision.CommentId, decision.At } equals new { snapshot.CommentId, snapshot.At }
        join comment in db.Set<Comment>() on decision.CommentId equals comment.Id
        where comment.Revision == decision.Revision && comment.Status == decision.After && !comment.IsWaiting
        orderby decision.At descending, decision.Id descending
        select new UndoableDecision(decision.Id, decision.CommentId, comment.Author, decision.Kind, decision.At);

    /// <summary>What this moderator passed on, and nobody has done anything with since.</summary>
    internal static IQueryable<UndoableDecision> PassedOn(ArmTwitchDb db, Decider decider, DateTimeOffset since) =>
        from entry in db.Set<CommentDecision>()
        where entry.ModeratorId == decider.Id && entry.At >= since && entry.UndoneAt == null && entry.Kind == DecisionKind.Escalate
        join comment in db.Set<Comment>() on entry.CommentId equals comment.Id
        where comment.IsWaiting && comment.EscalatedTo != null
            && !db.Set<CommentDecision>().Any(later => later.CommentId == entry.CommentId && later.Id > entry.Id
                && later.Kind != DecisionKind.OriginalRead)
        select new UndoableDecision(entry.Id, entry.CommentId, comment.Author, entry.Kind, entry.At);

    /// <summary>Gives a comment that was passed on back to whoever had it, unless somebody has done something with it since.</summary>
    private async Task<DecisionResult> TakeBackAsync(
        CommentDecision made, ModeratorRole role, Decider decider, DateTimeOffset at, CancellationToken cancellationToken)
    {
        Comment? back = null;
        var result = await rows.RunAsync(made.CommentId, decider, role, async (db, comment) =>
        {
            var history = await DecisionHistory.ReadAsync(db, comment, cancellationToken);
            if (!comment.IsWaiting || history.Find(made.Id) is not { UndoneAt: null } || !history.IsLast(made))
                return new(DecisionOutcome.AlreadyDecided, history.LastBy);
            var before = history.PassedOnBefore(made);
            await db.Set<Comment>().Where(one => one.Id == comment.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.EscalatedTo, before), cancellationToken);
            await db.Set<CommentDecision>().Where(one => one.Id == made.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.UndoneAt, at), cancellationToken);
            db.Add(decider.Record(comment, DecisionKind.Undo, comment.Status, at, new(made.Kind.ToString())));
            back = comment;
            return new(DecisionOutcome.Done);
        }, cancellationToken);
        if (back is null)
            return result;
        LogUndone(back.Id, made.Kind, decider.Id);
        notifier.Notify(back, isSeen: false);
        return result;
    }

    private async Task<CommentDecision?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<CommentDecision>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
    }

    private static async Task RestoreAsync(
        ArmTwitchDb db, CommentDecision made, DecisionUndoSnapshot snapshot, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.Set<Comment>().Where(one => one.Id == made.CommentId).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.Status, made.Before)
                .SetProperty(one => one.ShownText, snapshot.ShownText)
                .SetProperty(one => one.Removed, snapshot.Removed)
                .SetProperty(one => one.Reason, snapshot.Reason)
                .SetProperty(one => one.ShownAt, snapshot.ShownAt)
                .SetProperty(one => one.DecidedAt, snapshot.DecidedAt)
                .SetProperty(one => one.EscalatedTo, snapshot.EscalatedTo)
                .SetProperty(one => one.IsWaiting, snapshot.IsWaiting),
            cancellationToken);
        await db.Set<CommentDecision>().Where(one => one.Id == made.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UndoneAt, now), cancellationToken);
    }

    /// <summary>The mail about the decision before this one was cancelled when this one was made. It is true again.</summary>
    private static async Task QueueEarlierMailAsync(
        ArmTwitchDb db, Comment comment, DecisionHistory history, CommentDecision undone, CancellationToken cancellationToken)
    {
        if (comment.Email is not { } address || history.StandingBefore(undone) is not { } before || before.After != undone.Before)
            return;
        var cause = DecisionMailer.CauseOf(comment.Id, before.Revision, history.NumberOf(before));
        await SentMailRecords.QueueAgainAsync(db, cause, address, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Comment {CommentId}: {Kind} undone by {ModeratorId}")]
    private partial void LogUndone(Guid commentId, DecisionKind kind, Guid? moderatorId);
}
