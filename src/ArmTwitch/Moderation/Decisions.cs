using System.Linq.Expressions;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>
/// What moderators decide on comments. A decision is one conditional statement on the version and the state that the moderator saw
/// and on what the moderator may do at that moment: the first one stands, the second moderator is told. Only removal and spam hold for
/// any version.
/// </summary>
public sealed partial class Decisions(
    IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, DecisionMail letters, CommentNews news, SessionStore sessions, TimeProvider clock, ILogger<Decisions> logger)
{
    /// <summary>How long a decision can be undone; the mail to the writer waits as long.</summary>
    public static readonly TimeSpan UndoWindow = TimeSpan.FromMinutes(10);

    /// <summary>Stands in the audit where an editor's answer was published, which is no decision on a reader's words.</summary>
    internal const string ReplyCode = "Reply";

    private const string EditorBadge = "Editor";

    /// <summary>How long a moderator waits for others who write before being asked to try again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="revisionSeen">The version that the moderator had before the eyes.</param>
    public async Task<DecisionResult> DecideAsync(Guid commentId, int revisionSeen, Decision decision, Decider decider, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, commentId, cancellationToken) is not { } comment)
            return new(DecisionOutcome.NoSuchComment);
        var past = await CommentPast.ReadAsync(db, comment, cancellationToken);
        if (Obstacle(comment, past, revisionSeen, decision) is { } obstacle)
            return obstacle;
        if (past.IsAppeal && past.Last!.ModeratorId == decider.Id && decider.Id is not null && await db.Users.AnyAsync(other => other.Id != decider.Id, cancellationToken))
            return new(DecisionOutcome.NotAllowed);
        if (Change(comment, past, decision) is not { } change)
            return new(DecisionOutcome.NotAllowed);

        var flags = await FlagsAsync(db, comment, cancellationToken);
        var risk = decision.Kind is DecisionKind.Approve or DecisionKind.ApproveRedacted ? PublishingRisk.Of(comment, flags, change.ShownText!) : null;
        if (risk is not null && !decision.Named.HasFlag(risk.Kinds))
            return new(DecisionOutcome.NeedsConfirmation, Risk: risk);

        var now = clock.GetUtcNow();
        CommentDecision entry;
        using (await gate.EnterAsync(Patience, cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var shownAt = IsShown(change.Status) ? comment.ShownAt ?? now : comment.ShownAt;
            var decided = await db.Set<Comment>()
                .Where(one => one.Id == commentId && one.Status == comment.Status
                    && (decision.HoldsForAnyVersion || one.Revision == revisionSeen) && (decision.Kind == DecisionKind.Remove || one.IsWaiting == comment.IsWaiting))
                .Where(OnlyWhile(db, decider, ModeratorRole.Moderator))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(one => one.Status, change.Status)
                        .SetProperty(one => one.ShownText, change.ShownText)
                        .SetProperty(one => one.Removed, change.Removed)
                        .SetProperty(one => one.Reason, change.Reason)
                        .SetProperty(one => one.ShownAt, shownAt)
                        .SetProperty(one => one.IsWaiting, false)
                        .SetProperty(one => one.DecidedAt, now)
                        .SetProperty(one => one.ClaimedBy, (Guid?)null)
                        .SetProperty(one => one.ClaimedUntil, (DateTimeOffset?)null),
                    cancellationToken);
            if (decided is 0)
            {
                await transaction.RollbackAsync(cancellationToken);
                return await MayAsync(db, decider, ModeratorRole.Moderator, cancellationToken)
                    ? await WhoWasFasterAsync(db, commentId, revisionSeen, decision, cancellationToken)
                    : new(DecisionOutcome.MayNoLonger);
            }

            // The writer may have changed the text, or switched the mails off, since it was read above; from here on the row is ours.
            var latest = await db.Set<Comment>().Where(one => one.Id == commentId).Select(one => new { one.Revision, one.Email }).SingleAsync(cancellationToken);
            (comment.IsWaiting, comment.Revision, comment.Email) = (comment.IsWaiting || latest.Revision != comment.Revision, latest.Revision, latest.Email);
            // What waits tells of a decision that holds no longer, unless it is the same again.
            if (!IsShown(change.Status) || TellsWriter(decision.Kind, past))
                await MailRecords.CancelCauseAsync(db, CommentErasure.CauseOfMails(commentId), cancellationToken);
            var wasNotTold = decision.Kind is DecisionKind.Approve or DecisionKind.ApproveRedacted
                && await MailRecords.IsLastCancelledAsync(db, CommentErasure.CauseOfMails(commentId), cancellationToken);
            var mail = wasNotTold || TellsWriter(decision.Kind, past)
                ? letters.Add(db, comment, past.CountOfVersion + 1, change.Status, decision.Kind is DecisionKind.Reject ? change.Reason : null, now)
                : null;
            await db.Set<UndoNote>().Where(note => note.CommentId == commentId).ExecuteDeleteAsync(cancellationToken);
            db.Add(Note(comment, mail, now));
            entry = Entry(comment, decision.Kind, change.Status, decider, now, Code(decision, change, risk), RulesOf(await FlagsAsync(db, comment, cancellationToken)));
            db.Add(entry);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        LogDecided(commentId, comment.Revision, decision.Kind, decider.Id);
        news.Tell(comment, isSeen: Seen(comment.Status, comment.ShownText, comment.Removed) != Seen(change.Status, change.ShownText, change.Removed));
        return new(DecisionOutcome.Done, DecisionId: entry.Id);
    }

    /// <summary>Takes a decision back: within ten minutes, by whoever made it or by an admin, and only while nothing has happened since.</summary>
    public async Task<DecisionResult> UndoAsync(long decisionId, Decider decider, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var decision = await db.Set<CommentDecision>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == decisionId, cancellationToken);
        if (decision is null || await FindAsync(db, decision.CommentId, cancellationToken) is not { } comment)
            return new(DecisionOutcome.NoSuchComment);
        var atLeast = decision.ModeratorId == decider.Id ? ModeratorRole.Moderator : ModeratorRole.Admin;
        if (!CommentPast.IsByModerator(decision.Kind) || (decision.ModeratorId != decider.Id && decider.Role is not ModeratorRole.Admin))
            return new(DecisionOutcome.NotAllowed);
        if (decision.UndoneAt is not null)
            return new(DecisionOutcome.AlreadyDecided, decision.By);
        var now = clock.GetUtcNow();
        var note = await db.Set<UndoNote>().AsNoTracking().SingleOrDefaultAsync(one => one.CommentId == comment.Id, cancellationToken);
        if (now - decision.At > UndoWindow || note is null)
            return new(DecisionOutcome.TooLate);

        using (await gate.EnterAsync(Patience, cancellationToken))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var undone = await db.Set<Comment>()
                .Where(one => one.Id == comment.Id && one.Revision == decision.Revision && one.Status == decision.After && !one.IsWaiting
                    && !db.Set<CommentDecision>().Any(later => later.CommentId == comment.Id && later.Id > decisionId && later.Kind != DecisionKind.OriginalRead))
                .Where(OnlyWhile(db, decider, atLeast))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(one => one.Status, decision.Before)
                        .SetProperty(one => one.ShownText, note.ShownText)
                        .SetProperty(one => one.Removed, note.Removed)
                        .SetProperty(one => one.Reason, note.Reason)
                        .SetProperty(one => one.ShownAt, note.ShownAt)
                        .SetProperty(one => one.DecidedAt, note.DecidedAt)
                        .SetProperty(one => one.IsWaiting, note.IsWaiting),
                    cancellationToken);
            if (undone is 0)
            {
                await transaction.RollbackAsync(cancellationToken);
                if (!await MayAsync(db, decider, atLeast, cancellationToken))
                    return new(DecisionOutcome.MayNoLonger);
                return comment.Revision == decision.Revision
                    ? new(DecisionOutcome.AlreadyDecided, (await CommentPast.ReadAsync(db, comment, cancellationToken)).LastBy)
                    : new(DecisionOutcome.TextChanged);
            }

            await db.Set<CommentDecision>().Where(one => one.Id == decisionId).ExecuteUpdateAsync(set => set.SetProperty(one => one.UndoneAt, now), cancellationToken);
            await db.Set<OutgoingMail>().Where(mail => mail.Id == note.MailId && mail.State == MailState.Queued)
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, MailState.Cancelled), cancellationToken);
            await db.Set<UndoNote>().Where(one => one.CommentId == comment.Id).ExecuteDeleteAsync(cancellationToken);
            db.Add(Entry(comment, DecisionKind.Undo, decision.Before, decider, now, decision.Kind.ToString()));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        LogUndone(comment.Id, decision.Kind, decider.Id);
        news.Tell(comment, isSeen: Seen(comment.Status, comment.ShownText, comment.Removed) != Seen(decision.Before, note.ShownText, note.Removed));
        return new(DecisionOutcome.Done);
    }

    /// <summary>What this moderator can still take back, the newest first.</summary>
    public async Task<IReadOnlyList<UndoableDecision>> ListUndoableAsync(Decider decider, CancellationToken cancellationToken = default)
    {
        var since = clock.GetUtcNow() - UndoWindow;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Undoable(db, decider, since).ToListAsync(cancellationToken);
    }

    /// <remarks>Ordered by time first, for which there is an index; by number, SQLite would go through every decision there ever was.</remarks>
    internal static IQueryable<UndoableDecision> Undoable(ArmTwitchDb db, Decider decider, DateTimeOffset since) =>
        from decision in db.Set<CommentDecision>()
        where decision.ModeratorId == decider.Id && decision.At >= since && decision.UndoneAt == null
        join note in db.Set<UndoNote>() on new { decision.CommentId, decision.At } equals new { note.CommentId, note.At }
        join comment in db.Set<Comment>() on decision.CommentId equals comment.Id
        where comment.Revision == decision.Revision && comment.Status == decision.After && !comment.IsWaiting
        orderby decision.At descending, decision.Id descending
        select new UndoableDecision(decision.Id, decision.CommentId, comment.Author, decision.Kind, decision.At);

    /// <summary>Answers a published comment in the editors' name; the answer is published at once.</summary>
    /// <param name="replyId">Made with the form, so that an answer that is sent twice is published once.</param>
    public async Task<DecisionResult> ReplyAsync(Guid commentId, Guid replyId, string text, Decider decider, CancellationToken cancellationToken = default)
    {
        text = text.ReplaceLineEndings("\n").Trim();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, commentId, cancellationToken) is not { } comment)
            return new(DecisionOutcome.NoSuchComment);
        if (decider.Role < ModeratorRole.Editor || text.Length is 0 or > Comment.MaxTextLength || !IsShown(comment.Status))
            return new(DecisionOutcome.NotAllowed);

        var now = clock.GetUtcNow();
        var reply = new Comment
        {
            Id = replyId,
            Article = comment.Article,
            ParentId = comment.ParentId ?? comment.Id,
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
        using (await gate.EnterAsync(Patience, cancellationToken))
        {
            if (!await MayAsync(db, decider, ModeratorRole.Editor, cancellationToken))
                return new(DecisionOutcome.MayNoLonger);
            db.AddRange(reply, Entry(reply, DecisionKind.Approve, CommentStatus.Approved, decider, now, ReplyCode));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                db.ChangeTracker.Clear();
                if (await FindAsync(db, replyId, cancellationToken) is not { Badge: EditorBadge } before || before.ParentId != reply.ParentId)
                    throw;
                return new(DecisionOutcome.AlreadyDecided, before.Author);
            }
        }

        LogReplied(reply.Id, comment.Id, decider.Id);
        news.Tell(reply, isSeen: true);
        return new(DecisionOutcome.Done);
    }

    /// <summary>The part of a statement that asks whether the moderator still may. Whoever has the machine always may.</summary>
    private Expression<Func<Comment, bool>> OnlyWhile(ArmTwitchDb db, Decider decider, ModeratorRole atLeast)
    {
        if (decider.Id is not { } id)
            return _ => true;
        var who = sessions.WhoMayAct(db, id, atLeast, decider.Session);
        return _ => who.Any();
    }

    private Task<bool> MayAsync(ArmTwitchDb db, Decider decider, ModeratorRole atLeast, CancellationToken cancellationToken) =>
        decider.Id is { } id ? sessions.WhoMayAct(db, id, atLeast, decider.Session).AnyAsync(cancellationToken) : Task.FromResult(true);

    internal static bool IsShown(CommentStatus status) => status is CommentStatus.Approved or CommentStatus.ApprovedRedacted;

    private static Task<Comment?> FindAsync(DbContext db, Guid id, CancellationToken cancellationToken) =>
        db.Set<Comment>().AsNoTracking().SingleOrDefaultAsync(comment => comment.Id == id, cancellationToken);

    /// <summary>Why the decision cannot be taken, as far as the comment itself tells; null when it can.</summary>
    private static DecisionResult? Obstacle(Comment comment, CommentPast past, int revisionSeen, Decision decision)
    {
        if (comment.Status is CommentStatus.Withdrawn or CommentStatus.Erased)
            return new(DecisionOutcome.AlreadyDecided, past.LastBy);
        if (comment.Revision != revisionSeen && !decision.HoldsForAnyVersion)
            return new(DecisionOutcome.TextChanged);
        if (!CommentPast.IsByModerator(decision.Kind) || !decision.IsComplete)
            return new(DecisionOutcome.NotAllowed);
        if (decision.Kind is DecisionKind.Remove)
            return IsShown(comment.Status) ? null : comment.Status is CommentStatus.Removed ? new(DecisionOutcome.AlreadyDecided, past.LastBy) : new(DecisionOutcome.NotAllowed);
        return comment.IsWaiting && (comment.Status is CommentStatus.Pending || IsShown(comment.Status)) ? null : new(DecisionOutcome.AlreadyDecided, past.LastBy);
    }

    /// <returns>How the comment looks after the decision; null when the parts to be taken out do not lie in its text.</returns>
    private static Outlook? Change(Comment comment, CommentPast past, Decision decision) => decision.Kind switch
    {
        DecisionKind.Approve when past.IsSealed => new(CommentStatus.ApprovedRedacted, comment.ShownText, comment.Removed, null),
        DecisionKind.Approve => new(CommentStatus.Approved, past.Words, null, null),
        DecisionKind.ApproveRedacted => Redaction.Apply(past.Words, decision.Redactions, past.IsSealed ? comment.Removed : null) is { } redacted
            ? new(CommentStatus.ApprovedRedacted, redacted.Text, redacted.Removed, null)
            : null,
        DecisionKind.Reject => Refuse(comment, past, CommentStatus.Rejected, decision.Reason!.Value.ForWriter(decision.Words)),
        DecisionKind.Spam => Refuse(comment, past, CommentStatus.Spam, RefusalReason.Advertising.ForWriter()),
        DecisionKind.Remove => new(CommentStatus.Removed, comment.ShownText, comment.Removed, RefusalWords.TakenDown),
        _ => null,
    };

    /// <summary>
    /// Refusing a new version leaves the approved one standing. Refusing the approved one itself, which readers had reported, takes it down.
    /// </summary>
    private static Outlook Refuse(Comment comment, CommentPast past, CommentStatus refused, string reason)
    {
        var after = !IsShown(comment.Status) ? refused : past.IsApprovedVersion ? CommentStatus.Removed : comment.Status;
        return new(after, comment.ShownText, comment.Removed, reason);
    }

    /// <summary>Nothing is said to a sender of spam, nor of a version that readers see again as they did before.</summary>
    private static bool TellsWriter(DecisionKind kind, CommentPast past) =>
        kind is DecisionKind.Reject || (kind is DecisionKind.Approve or DecisionKind.ApproveRedacted && !past.IsApprovedVersion);

    private static (string?, string?) Seen(CommentStatus status, string? text, string? removed) => IsShown(status) ? (text, removed) : (null, null);

    private static UndoNote Note(Comment before, OutgoingMail? mail, DateTimeOffset now) => new()
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

    private static CommentDecision Entry(Comment comment, DecisionKind kind, CommentStatus after, Decider decider, DateTimeOffset now, string? code, string flags = "") => new()
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
        db.Set<CommentFlag>().AsNoTracking().Where(flag => flag.CommentId == comment.Id && flag.Revision == comment.Revision).ToListAsync(cancellationToken);

    private static string RulesOf(IEnumerable<CommentFlag> flags) =>
        string.Join(' ', flags.Select(flag => $"{flag.Rule}@{flag.Version}").Distinct().Order(StringComparer.Ordinal));

    /// <summary>What the audit says of the reasons; null when there is nothing to say.</summary>
    private static string? Code(Decision decision, Outlook change, PublishingRisk? risk)
    {
        var reason = decision.Kind is DecisionKind.ApproveRedacted ? change.Removed : decision.Reason?.ToString();
        return risk is null ? reason : string.Join("; ", new[] { reason, risk.Kinds.Word() }.OfType<string>());
    }

    private static async Task<DecisionResult> WhoWasFasterAsync(DbContext db, Guid commentId, int revisionSeen, Decision decision, CancellationToken cancellationToken)
    {
        if (await FindAsync(db, commentId, cancellationToken) is not { } comment)
            return new(DecisionOutcome.NoSuchComment);
        var past = await CommentPast.ReadAsync(db, comment, cancellationToken);
        return Obstacle(comment, past, revisionSeen, decision) ?? new(DecisionOutcome.AlreadyDecided, past.LastBy);
    }

    [LoggerMessage(LogLevel.Information, "Comment {CommentId} revision {Revision}: {Kind} by {ModeratorId}")]
    private partial void LogDecided(Guid commentId, int revision, DecisionKind kind, Guid? moderatorId);

    [LoggerMessage(LogLevel.Information, "Comment {CommentId}: {Kind} undone by {ModeratorId}")]
    private partial void LogUndone(Guid commentId, DecisionKind kind, Guid? moderatorId);

    [LoggerMessage(LogLevel.Information, "Comment {ReplyId} answers {CommentId}, by {ModeratorId}")]
    private partial void LogReplied(Guid replyId, Guid commentId, Guid? moderatorId);

    /// <summary>How a comment looks after a decision.</summary>
    private sealed record Outlook(CommentStatus Status, string? ShownText, string? Removed, string? Reason);
}
