using System.Net;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Comments.Authors;

/// <param name="Token">The secret in the link to the author's page.</param>
/// <param name="Text">The new text of an edit, or an appeal; from <see cref="CommentTextCleaner.CleanWithinLimit"/>.</param>
/// <param name="Revision">The version that the author saw.</param>
/// <param name="From">For the limit on edits; other actions do not need it.</param>
public sealed record AuthorActionRequest(string Token, AuthorAction Action, string Text = "", int Revision = 0, IPAddress? From = null);

/// <summary>What authors do with their own comments, by the secret in their link.</summary>
public sealed class AuthorCommentService(
    DatabaseReads reads, DatabaseInitializer database, WriteTransactionFactory writing, CommentFlagger flagger,
    CommentChangeNotifier notifier, ClientNetworkHasher networkHasher, RateLimiter limiter, IOptions<CommentLimitOptions> limits,
    TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10),
        WaitsMeasuredFor = TimeSpan.FromDays(30),
        TenMinutes = TimeSpan.FromMinutes(10),
        Day = TimeSpan.FromDays(1);

    private readonly RateLimit ofComment = new(
        "edits of a comment", new(limits.Value.EditsInTenMinutes, TenMinutes), new(limits.Value.EditsInADay, Day));

    private readonly RateLimit ofNetwork = new(
        "edits from a network", new(limits.Value.NetworkEditsInTenMinutes, TenMinutes), new(limits.Value.NetworkEditsInADay, Day));

    /// <returns>Null when the link is unknown or has expired.</returns>
    public async Task<AuthorCommentView?> FindAsync(string token, CancellationToken cancellationToken = default)
    {
        return await reads.ReadAsync(ReadAsync, cancellationToken);

        async Task<AuthorCommentView?> ReadAsync(ArmTwitchDb db)
        {
            var view = await FindAsync(db, token, CancellationToken.None);
            return view is { Comment.IsWaiting: true } ? view with { UsualWait = await MedianWaitAsync(db, CancellationToken.None) } : view;
        }
    }

    public async Task<AuthorActionResult> ActAsync(AuthorActionRequest request, CancellationToken cancellationToken = default)
    {
        var (token, action, text, revision, from) = request;
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            var network = action is AuthorAction.Edit ? await networkHasher.HashAsync(from, cancellationToken) : null;
            await using var write = await writing.BeginAsync(Patience, cancellationToken);
            var db = write.Db;
            if (await FindAsync(db, token, cancellationToken) is not { Comment.Id: var id } view)
                return new(AuthorActionOutcome.NoSuchComment);
            if (network is not null
                && await limiter.TakeAsync(db, [.. ofNetwork.For(network), .. ofComment.For(id)], cancellationToken) is { } wait)
                return new(AuthorActionOutcome.TooMany, wait);

            // Changes nothing and locks the row: what is read next is the latest, and stays so until the end of the transaction.
            var row = db.Set<Comment>().Where(one => one.Id == id);
            await row.ExecuteUpdateAsync(set => set.SetProperty(one => one.Revision, one => one.Revision), cancellationToken);
            var comment = await row.AsNoTracking().SingleAsync(cancellationToken);
            view = view with { Comment = comment };
            var changed = action switch
            {
                AuthorAction.Edit when view.MayEdit && comment.Revision == revision =>
                    await EditAsync(db, row, comment, text, cancellationToken),
                AuthorAction.Appeal when view.MayAppeal => await AppealAsync(db, row, comment, text, cancellationToken),
                AuthorAction.Withdraw when view.MayWithdraw => await CommentErasure.WithdrawAsync(db, row, id, cancellationToken),
                AuthorAction.Erase when comment.Status is not CommentStatus.Erased =>
                    await CommentErasure.EraseAsync(db, row, id, cancellationToken),
                AuthorAction.Mute => await CommentErasure.EraseAddressAsync(db, row, id, cancellationToken),
                _ => 0,
            };
            if (changed is 0)
                return new(IsDone(comment, action, text, revision) ? AuthorActionOutcome.Done : AuthorActionOutcome.TooLate);
            if (action is not AuthorAction.Mute)
                db.Add(CommentDecision.Of(comment, KindOf(action), "the author", clock.GetUtcNow()));
            await write.CommitAsync(cancellationToken);
            notifier.Notify(comment, isSeen: comment.IsShown && action is AuthorAction.Withdraw or AuthorAction.Erase);
            return new(AuthorActionOutcome.Done);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return new(AuthorActionOutcome.Unavailable);
        }
    }

    private async Task<int> EditAsync(
        ArmTwitchDb db, IQueryable<Comment> row, Comment comment, string text, CancellationToken cancellationToken)
    {
        var (ofText, level, spam) = flagger.FlagComment(comment.Author, text, null);
        // Moderators read the appeal beside the new text.
        var ofAppeal = CommentFlagger.FlagAppeal(comment.Appeal);
        level = ofAppeal.Select(flag => flag.Level).Append(level).Min();
        var since = comment.IsWaiting ? comment.WaitingSince : clock.GetUtcNow();
        var changed = await row.ExecuteUpdateAsync(set => set
            .SetProperty(one => one.Text, text).SetProperty(one => one.Revision, comment.Revision + 1)
            .SetProperty(one => one.IsWaiting, true).SetProperty(one => one.WaitingSince, since)
            .SetProperty(one => one.Level, level).SetProperty(one => one.SpamScore, spam)
            .SetProperty(one => one.Urgency, level < comment.Urgency ? level : comment.Urgency), cancellationToken);
        await DeleteFlagsAsync(db, comment.Id, cancellationToken);
        db.AddRange(ofText.Concat(ofAppeal).Select(flag => flag.ToEntity(comment.Id, comment.Revision + 1)));
        return changed;
    }

    private async Task<int> AppealAsync(
        ArmTwitchDb db, IQueryable<Comment> row, Comment comment, string text, CancellationToken cancellationToken)
    {
        var (now, flags) = (clock.GetUtcNow(), CommentFlagger.FlagAppeal(text));
        var urgent = flags.Select(flag => flag.Level).Append(FlagLevel.Ordinary).Min();
        var (level, urgency) = (urgent < comment.Level ? urgent : comment.Level, urgent < comment.Urgency ? urgent : comment.Urgency);
        db.AddRange(flags.Select(flag => flag.ToEntity(comment.Id, comment.Revision)));
        return await row.ExecuteUpdateAsync(set => set
            .SetProperty(one => one.Appeal, text).SetProperty(one => one.Status, CommentStatus.Pending)
            .SetProperty(one => one.IsWaiting, true).SetProperty(one => one.WaitingSince, now)
            .SetProperty(one => one.Level, level).SetProperty(one => one.Urgency, urgency), cancellationToken);
    }

    /// <summary>Whether the action was done before: the button was pressed twice, or the first response got lost.</summary>
    private static bool IsDone(Comment comment, AuthorAction action, string text, int revision) => action switch
    {
        AuthorAction.Edit => comment.Text == text && comment.Revision == revision + 1
            && comment.Status is not (CommentStatus.Rejected or CommentStatus.Spam or CommentStatus.Removed),
        AuthorAction.Withdraw => comment.Status is CommentStatus.Withdrawn or CommentStatus.Erased,
        AuthorAction.Erase => comment.Status is CommentStatus.Erased,
        AuthorAction.Appeal => comment.Appeal == text && comment.Status is CommentStatus.Pending,
        _ => false,
    };

    /// <summary>Only the flags of the version that was decided last are kept. Those of the new version are added afterwards.</summary>
    private static async Task DeleteFlagsAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken)
    {
        var kinds = CommentDecision.KindsByModerators;
        var decided = await db.Set<CommentDecision>()
            .Where(decision => decision.CommentId == id && decision.UndoneAt == null && kinds.Contains(decision.Kind))
            .OrderByDescending(decision => decision.Id).Select(decision => (int?)decision.Revision).FirstOrDefaultAsync(cancellationToken);
        await db.Set<CommentFlag>().Where(flag => flag.CommentId == id && flag.Revision != decided).ExecuteDeleteAsync(cancellationToken);
    }

    private static DecisionKind KindOf(AuthorAction action) => action switch
    {
        AuthorAction.Edit => DecisionKind.Edit,
        AuthorAction.Appeal => DecisionKind.Appeal,
        AuthorAction.Withdraw => DecisionKind.Withdraw,
        _ => DecisionKind.Erase,
    };

    private async Task<AuthorCommentView?> FindAsync(ArmTwitchDb db, string token, CancellationToken cancellationToken)
    {
        if (SecretToken.Hash(CommentToken.Purpose, token) is not { } hash)
            return null;
        var now = clock.GetUtcNow();
        return await (
            from link in db.Set<CommentToken>()
            where link.Hash == hash && link.ExpiresAt > now
            join comment in db.Set<Comment>().AsNoTracking() on link.CommentId equals comment.Id
            select new AuthorCommentView(comment, null, link.ExpiresAt)).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<TimeSpan?> MedianWaitAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - WaitsMeasuredFor;
        var waits = db.Set<CommentDecision>()
            .Where(decision => decision.At > since && decision.UndoneAt == null && decision.WaitedSeconds != null)
            .Select(decision => decision.WaitedSeconds!.Value);
        var count = await waits.CountAsync(cancellationToken);
        return count is 0
            ? null
            : TimeSpan.FromSeconds(await waits.OrderBy(seconds => seconds).Skip(count / 2).FirstAsync(cancellationToken));
    }
}
