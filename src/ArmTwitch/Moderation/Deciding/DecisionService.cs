using ArmTwitch.Comments;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>
/// Decides on comments. The first decision stands, and the second moderator is told (<see cref="CommentRowLock"/>). A decision holds
/// for the version that the moderator saw; only removal and spam hold for any version.
/// </summary>
public sealed partial class DecisionService(
    CommentRowLock rows, DecisionMailer mailer, CommentChangeNotifier notifier, TimeProvider clock, ILogger<DecisionService> logger)
{
    /// <param name="revisionSeen">The version that was on the moderator's screen.</param>
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
            var flags = await db.Set<CommentFlag>().AsNoTracking()
                .Where(flag => flag.CommentId == comment.Id && flag.Revision == comment.Revision).ToListAsync(cancellationToken);
            var risk = DecisionRisk.Of(decision, comment, flags, effect.ShownText);
            if (risk is not null && !decision.AcknowledgedRisk.HasFlag(risk.Kinds))
                return new(DecisionOutcome.NeedsConfirmation, Risk: risk);

            var change = new Change(comment, history, decision.Kind, effect, decision.At ?? clock.GetUtcNow());
            await UpdateAsync(db, change, cancellationToken);
            var mail = await QueueMailAsync(db, change, cancellationToken);
            await db.Set<DecisionUndoSnapshot>().Where(snapshot => snapshot.CommentId == commentId).ExecuteDeleteAsync(cancellationToken);
            var details = new AuditDetails(AuditCode(decision, effect, risk), RulesOf(flags));
            var entry = decider.Record(comment, decision.Kind, effect.Status, change.At, details);
            db.AddRange(UndoSnapshot(change, mail), entry);
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

    private static bool IsApproval(DecisionKind kind) => kind is DecisionKind.Approve or DecisionKind.ApproveRedacted;

    private static Task<int> UpdateAsync(ArmTwitchDb db, Change change, CancellationToken cancellationToken)
    {
        var (comment, effect) = (change.Before, change.Effect);
        var shownAt = effect.Status.IsPublished() ? comment.ShownAt ?? change.At : comment.ShownAt;
        return db.Set<Comment>().Where(one => one.Id == comment.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.Status, effect.Status)
                .SetProperty(one => one.ShownText, effect.ShownText)
                .SetProperty(one => one.Removed, effect.Removed)
                .SetProperty(one => one.Reason, effect.Reason)
                .SetProperty(one => one.ShownAt, shownAt)
                .SetProperty(one => one.IsWaiting, false)
                .SetProperty(one => one.DecidedAt, change.At)
                .SetProperty(one => one.ClaimedBy, (Guid?)null)
                .SetProperty(one => one.ClaimedUntil, (DateTimeOffset?)null)
                .SetProperty(one => one.EscalatedTo, (Guid?)null),
            cancellationToken);
    }

    /// <returns>The mail to the author; null when there is nothing to say, or no address.</returns>
    private async Task<OutgoingMail?> QueueMailAsync(ArmTwitchDb db, Change change, CancellationToken cancellationToken)
    {
        var (comment, history, effect) = (change.Before, change.History, change.Effect);
        var cause = CommentErasure.CauseOfMails(comment.Id);
        var isTold = DecisionEffect.TellsAuthor(change.Kind, history);
        // A mail that still waits is about a decision that no longer holds, unless this decision is the same again.
        if (!effect.Status.IsPublished() || isTold)
            await SentMailRecords.CancelByCauseAsync(db, cause, cancellationToken);
        var wasNotTold = IsApproval(change.Kind) && await SentMailRecords.IsLastCancelledAsync(db, cause, cancellationToken);
        return wasNotTold || isTold ? mailer.Add(db, comment, history.CountOfVersion + 1, effect, change.At) : null;
    }

    private static DecisionUndoSnapshot UndoSnapshot(Change change, OutgoingMail? mail) => new()
    {
        CommentId = change.Before.Id,
        ShownText = change.Before.ShownText,
        Removed = change.Before.Removed,
        Reason = change.Before.Reason,
        IsWaiting = change.Before.IsWaiting,
        ShownAt = change.Before.ShownAt,
        DecidedAt = change.Before.DecidedAt,
        MailId = mail?.Id,
        EscalatedTo = change.Before.EscalatedTo,
        At = change.At,
    };

    private static string RulesOf(IEnumerable<CommentFlag> flags) =>
        string.Join(' ', flags.Select(flag => $"{flag.Rule}@{flag.Version}").Distinct().Order(StringComparer.Ordinal));

    /// <returns>The reasons for the audit log; null when there are none.</returns>
    private static string? AuditCode(Decision decision, DecisionEffect effect, DecisionRisk? risk)
    {
        var reason = decision.Kind is DecisionKind.ApproveRedacted ? effect.Removed : decision.Reason?.ToString();
        return risk is null ? reason : string.Join("; ", new[] { reason, risk.Kinds.Label() }.OfType<string>());
    }

    [LoggerMessage(LogLevel.Information, "Comment {CommentId} revision {Revision}: {Kind} by {ModeratorId}")]
    private partial void LogDecided(Guid commentId, int revision, DecisionKind kind, Guid? moderatorId);

    /// <summary>A decision that is being carried out.</summary>
    /// <param name="Before">The comment as it stood.</param>
    private sealed record Change(Comment Before, DecisionHistory History, DecisionKind Kind, DecisionEffect Effect, DateTimeOffset At);
}
