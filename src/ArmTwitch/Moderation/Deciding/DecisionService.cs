using ArmTwitch.Comments;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderation.QueueState;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>
/// What moderators decide on comments. An act takes the comment's row and looks at it afterwards (<see cref="CommentRowLock"/>): the first
/// one stands, the second moderator is told. Only removal and spam hold for any version.
/// </summary>
public sealed partial class DecisionService(
    IDbContextFactory<ArmTwitchDb> databases, CommentRowLock rows, DecisionMailer mailer, CommentChangeNotifier notifier,
    TimeProvider clock, ILogger<DecisionService> logger)
{
    /// <summary>How long a decision can be undone; the mail to the writer waits longer (<see cref="DecisionMailer.Delay"/>).</summary>
    public static readonly TimeSpan UndoWindow = TimeSpan.FromMinutes(10);

    /// <summary>Stands in the audit where an editor's answer was published, which is no decision on a reader's words.</summary>
    internal const string ReplyCode = "Reply";

    private const string EditorBadge = "Editor";

    /// <param name="revisionSeen">The version that the moderator had before the eyes.</param>
    public async Task<DecisionResult> DecideAsync(
        Guid commentId, int revisionSeen, Decision decision, Decider decider, CancellationToken cancellationToken = default)
    {
        Comment? decided = null;
        var isSeen = false;
        var result = await rows.RunAsync(commentId, decider, ModeratorRole.Moderator, async (db, comment) =>
        {
            var history = await DecisionHistory.ReadAsync(db, comment, cancellationToken);
            if (DecisionEffect.Obstacle(comment, history, revisionSeen, decision) is { } obstacle)
                return obstacle;
            var isOwnAppeal = history.IsAppeal && decider.Id is not null && history.Last!.ModeratorId == decider.Id;
            if (isOwnAppeal && await db.Users.AnyAsync(other => other.Id != decider.Id, cancellationToken))
                return new(DecisionOutcome.NotAllowed);
            if (DecisionEffect.Of(decision, comment, history) is not { } effect)
                return new(DecisionOutcome.NotAllowed);
            var flags = await FlagsAsync(db, comment, cancellationToken);
            var publishes = decision.Kind is DecisionKind.Approve or DecisionKind.ApproveRedacted;
            var risk = publishes ? PublishingRisk.Of(comment, flags, effect.ShownText!) : null;
            if (risk is not null && !decision.AcknowledgedRisk.HasFlag(risk.Kinds))
                return new(DecisionOutcome.NeedsConfirmation, Risk: risk);

            var now = clock.GetUtcNow();
            await ChangeAsync(db, comment, effect, now, cancellationToken);
            var mail = await TellAsync(db, comment, history, decision.Kind, effect, now, cancellationToken);
            await db.Set<UndoNote>().Where(note => note.CommentId == commentId).ExecuteDeleteAsync(cancellationToken);
            var entry = AuditEntry(comment, decision.Kind, effect.Status, decider, now, AuditCode(decision, effect, risk), RulesOf(flags));
            db.AddRange(UndoSnapshotOf(comment, mail, now), entry);
            await db.SaveChangesAsync(cancellationToken);
            (decided, isSeen) = (comment, effect.IsSeen(comment));
            return new(DecisionOutcome.Done, DecisionId: entry.Id);
        }, cancellationToken);
        if (decided is null)
            return result;
        LogDecided(commentId, decided.Revision, decision.Kind, decider.Id);
        notifier.Notify(decided, isSeen);
        return result;
    }

    /// <summary>
    /// Takes a decision back: within ten minutes, by whoever made it or by an admin, and only while nothing has happened since.
    /// </summary>
    public async Task<DecisionResult> UndoAsync(long decisionId, Decider decider, CancellationToken cancellationToken = default)
    {
        if (await FindDecisionAsync(decisionId, cancellationToken) is not { } made)
            return new(DecisionOutcome.NoSuchComment);
        if (!DecisionHistory.IsByModerator(made.Kind) || (made.ModeratorId != decider.Id && decider.Role is not ModeratorRole.Admin))
            return new(DecisionOutcome.NotAllowed);
        var atLeast = made.ModeratorId == decider.Id ? ModeratorRole.Moderator : ModeratorRole.Admin;
        Comment? undone = null;
        var isSeen = false;
        var result = await rows.RunAsync(made.CommentId, decider, atLeast, async (db, comment) =>
        {
            var history = await DecisionHistory.ReadAsync(db, comment, cancellationToken);
            if (history.Find(decisionId) is not { UndoneAt: null } decision)
                return new(DecisionOutcome.AlreadyDecided, made.By);
            var now = clock.GetUtcNow();
            var note = await db.Set<UndoNote>().AsNoTracking().SingleOrDefaultAsync(one => one.CommentId == comment.Id, cancellationToken);
            if (now - decision.At > UndoWindow || note is null)
                return new(DecisionOutcome.TooLate);
            if (comment.Revision != decision.Revision)
                return new(DecisionOutcome.TextChanged);
            if (comment.Status != decision.After || comment.IsWaiting || history.IsOvertaken(decision))
                return new(DecisionOutcome.AlreadyDecided, history.LastBy);
            if (note.MailId is { } mail && !await SentMailRecords.TryCancelAsync(db, mail, cancellationToken))
                return new(DecisionOutcome.WriterTold);

            await db.Set<Comment>().Where(one => one.Id == comment.Id).ExecuteUpdateAsync(
                set => set
                    .SetProperty(one => one.Status, decision.Before)
                    .SetProperty(one => one.ShownText, note.ShownText)
                    .SetProperty(one => one.Removed, note.Removed)
                    .SetProperty(one => one.Reason, note.Reason)
                    .SetProperty(one => one.ShownAt, note.ShownAt)
                    .SetProperty(one => one.DecidedAt, note.DecidedAt)
                    .SetProperty(one => one.IsWaiting, note.IsWaiting),
                cancellationToken);
            await db.Set<CommentDecision>().Where(one => one.Id == decisionId)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.UndoneAt, now), cancellationToken);
            // What the writer was to be told before holds again.
            if (comment.Email is { } address && history.StandingBefore(decision) is { } before && before.After == decision.Before)
            {
                var cause = DecisionMailer.CauseOf(comment.Id, before.Revision, history.NumberOf(before));
                await SentMailRecords.QueueAgainAsync(db, cause, address, cancellationToken);
            }

            await db.Set<UndoNote>().Where(one => one.CommentId == comment.Id).ExecuteDeleteAsync(cancellationToken);
            db.Add(AuditEntry(comment, DecisionKind.Undo, decision.Before, decider, now, decision.Kind.ToString()));
            (undone, isSeen) = (comment, new DecisionEffect(decision.Before, note.ShownText, note.Removed, note.Reason).IsSeen(comment));
            return new(DecisionOutcome.Done);
        }, cancellationToken);
        if (undone is null)
            return result;
        LogUndone(undone.Id, made.Kind, decider.Id);
        notifier.Notify(undone, isSeen);
        return result;
    }

    /// <summary>What this moderator can still take back, the newest first.</summary>
    public async Task<IReadOnlyList<UndoableDecision>> ListUndoableAsync(Decider decider, CancellationToken cancellationToken = default)
    {
        var since = clock.GetUtcNow() - UndoWindow;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Undoable(db, decider, since).ToListAsync(cancellationToken);
    }

    /// <remarks>
    /// Ordered by time first, for which there is an index; by number, SQLite would go through every decision there ever was.
    /// </remarks>
    internal static IQueryable<UndoableDecision> Undoable(ArmTwitchDb db, Decider decider, DateTimeOffset since) =>
        from decision in db.Set<CommentDecision>()
        where decision.ModeratorId == decider.Id && decision.At >= since && decision.UndoneAt == null
        join note in db.Set<UndoNote>() on new { decision.CommentId, decision.At } equals new { note.CommentId, note.At }
        join comment in db.Set<Comment>() on decision.CommentId equals comment.Id
        where comment.Revision == decision.Revision && comment.Status == decision.After && !comment.IsWaiting
        orderby decision.At descending, decision.Id descending
        select new UndoableDecision(decision.Id, decision.CommentId, comment.Author, decision.Kind, decision.At);

    /// <summary>Answers a published comment in the editors' name; the answer is published at once.</summary>
    /// <param name="version">The version that the editor had before the eyes.</param>
    /// <param name="shown">What readers see, as the editor saw it: below other words the answer is not published.</param>
    /// <param name="replyId">Made with the form, so that an answer that is sent twice is published once.</param>
    public async Task<DecisionResult> ReplyAsync(
        CommentVersion version, string? shown, Guid replyId, string text, Decider decider, CancellationToken cancellationToken = default)
    {
        text = text.ReplaceLineEndings("\n").Trim();
        if (decider.Role < ModeratorRole.Editor || text.Length is 0 or > Comment.MaxTextLength)
            return new(DecisionOutcome.NotAllowed);
        Comment? reply = null;
        var result = await rows.RunAsync(version.Id, decider, ModeratorRole.Editor, async (db, comment) =>
        {
            var parent = comment.ParentId ?? comment.Id;
            var before = await db.Set<Comment>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == replyId, cancellationToken);
            if (before is { Badge: EditorBadge } && before.ParentId == parent)
                return new(DecisionOutcome.AlreadyDecided, before.Author);
            if (!comment.IsShown)
                return new(DecisionOutcome.NotShown);
            if (comment.Revision != version.Revision || comment.ShownText != shown)
                return new(DecisionOutcome.TextChanged);
            var now = clock.GetUtcNow();
            reply = new Comment
            {
                Id = replyId,
                Article = comment.Article,
                ParentId = parent,
                Author = decider.Name,
                Badge = EditorBadge,
                Text = text,
                ShownText = text,
                Status = CommentStatus.Approved,
                IsWaiting = false,
                WrittenAt = now,
                WaitingSince = now,
                ShownAt = now,
                DecidedAt = now,
            };
            db.AddRange(reply, AuditEntry(reply, DecisionKind.Approve, CommentStatus.Approved, decider, now, ReplyCode));
            return new(DecisionOutcome.Done);
        }, cancellationToken);
        if (reply is null)
            return result;
        LogReplied(reply.Id, version.Id, decider.Id);
        notifier.Notify(reply, isSeen: true);
        return result;
    }

    private static Task<int> ChangeAsync(
        ArmTwitchDb db, Comment comment, DecisionEffect effect, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var shownAt = effect.Status.IsPublished() ? comment.ShownAt ?? now : comment.ShownAt;
        return db.Set<Comment>().Where(one => one.Id == comment.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.Status, effect.Status)
                .SetProperty(one => one.ShownText, effect.ShownText)
                .SetProperty(one => one.Removed, effect.Removed)
                .SetProperty(one => one.Reason, effect.Reason)
                .SetProperty(one => one.ShownAt, shownAt)
                .SetProperty(one => one.IsWaiting, false)
                .SetProperty(one => one.DecidedAt, now)
                .SetProperty(one => one.ClaimedBy, (Guid?)null)
                .SetProperty(one => one.ClaimedUntil, (DateTimeOffset?)null),
            cancellationToken);
    }

    /// <returns>The mail that tells the writer; null when there is nothing to tell, or nobody.</returns>
    private async Task<OutgoingMail?> TellAsync(
        ArmTwitchDb db, Comment comment, DecisionHistory history, DecisionKind kind, DecisionEffect effect, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var cause = CommentErasure.CauseOfMails(comment.Id);
        var tells = DecisionEffect.TellsWriter(kind, history);
        // What waits tells of a decision that holds no longer, unless it is the same again.
        if (!effect.Status.IsPublished() || tells)
            await SentMailRecords.CancelByCauseAsync(db, cause, cancellationToken);
        var wasNotTold = kind is DecisionKind.Approve or DecisionKind.ApproveRedacted
            && await SentMailRecords.IsLastCancelledAsync(db, cause, cancellationToken);
        return wasNotTold || tells
            ? mailer.Add(db, comment, history.CountOfVersion + 1, effect.Status, kind is DecisionKind.Reject ? effect.Reason : null, now)
            : null;
    }

    private async Task<CommentDecision?> FindDecisionAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<CommentDecision>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken);
    }

    private static UndoNote UndoSnapshotOf(Comment before, OutgoingMail? mail, DateTimeOffset now) => new()
    {
        CommentId = before.Id,
        ShownText = before.ShownText,
        Removed = before.Removed,
        Reason = before.Reason,
        IsWaiting = before.IsWaiting,
        ShownAt = before.ShownAt,
        DecidedAt = before.DecidedAt,
        MailId = mail?.Id,
        At = now,
    };

    private static CommentDecision AuditEntry(
        Comment comment, DecisionKind kind, CommentStatus after, Decider decider, DateTimeOffset now, string? code,
        string flags = "") => new()
        {
            CommentId = comment.Id,
            Revision = comment.Revision,
            Kind = kind,
            ModeratorId = decider.Id,
            By = decider.Name,
            Code = code,
            Before = comment.Status,
            After = after,
            At = now,
            WaitedSeconds = comment.IsWaiting ? (now - comment.WaitingSince).TotalSeconds : null,
            Flags = flags,
        };

    private static Task<List<CommentFlag>> FlagsAsync(DbContext db, Comment comment, CancellationToken cancellationToken) =>
        db.Set<CommentFlag>().AsNoTracking()
            .Where(flag => flag.CommentId == comment.Id && flag.Revision == comment.Revision).ToListAsync(cancellationToken);

    private static string RulesOf(IEnumerable<CommentFlag> flags) =>
        string.Join(' ', flags.Select(flag => $"{flag.Rule}@{flag.Version}").Distinct().Order(StringComparer.Ordinal));

    /// <summary>What the audit says of the reasons; null when there is nothing to say.</summary>
    private static string? AuditCode(Decision decision, DecisionEffect effect, PublishingRisk? risk)
    {
        var reason = decision.Kind is DecisionKind.ApproveRedacted ? effect.Removed : decision.Reason?.ToString();
        return risk is null ? reason : string.Join("; ", new[] { reason, risk.Kinds.Label() }.OfType<string>());
    }

    [LoggerMessage(LogLevel.Information, "Comment {CommentId} revision {Revision}: {Kind} by {ModeratorId}")]
    private partial void LogDecided(Guid commentId, int revision, DecisionKind kind, Guid? moderatorId);

    [LoggerMessage(LogLevel.Information, "Comment {CommentId}: {Kind} undone by {ModeratorId}")]
    private partial void LogUndone(Guid commentId, DecisionKind kind, Guid? moderatorId);

    [LoggerMessage(LogLevel.Information, "Comment {ReplyId} answers {CommentId}, by {ModeratorId}")]
    private partial void LogReplied(Guid replyId, Guid commentId, Guid? moderatorId);
}
