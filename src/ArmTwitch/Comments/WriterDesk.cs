using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Limits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Comments;

/// <summary>What a writer may do with a comment.</summary>
public enum WriterAction
{
    Edit,
    Withdraw,
    Erase,
    Appeal,

    /// <summary>No mail about this comment any more.</summary>
    Mute,
}

public enum WriterOutcome
{
    Done,
    NoSuchComment,

    /// <summary>A moderator was faster, or the state does not allow it.</summary>
    TooLate,

    /// <summary>This comment, or comments from this network, were changed a lot lately.</summary>
    TooMany,

    Unavailable,
}

/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public sealed record WriterAnswer(WriterOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>What the writer's own page shows.</summary>
/// <param name="UsualWait">The median of the last 30 days; null when nothing was measured.</param>
/// <param name="ExpiresAt">Until when the link works.</param>
public sealed record WriterView(Comment Comment, TimeSpan? UsualWait, DateTimeOffset ExpiresAt)
{
    public bool MayEdit => Comment.Status is CommentStatus.Pending || Comment.Status.IsPublished();

    public bool MayWithdraw => MayEdit;

    /// <summary>Whether a moderator refused the latest text, while readers go on seeing the one before.</summary>
    public bool IsEditRefused => Comment is { IsShown: true, IsWaiting: false, Reason: not null };

    public bool MayAppeal => Comment.Status is CommentStatus.Rejected && Comment.Appeal is null;
}

/// <summary>What somebody wants done with the comment that the token opens.</summary>
/// <param name="Text">The new text of an edit, or what speaks against a refusal; from <see cref="CommentText.Keep"/>.</param>
/// <param name="Revision">The version that was seen.</param>
/// <param name="From">Where the request comes from; for an edit only, which is limited.</param>
public sealed record AuthorActionRequest(string Token, WriterAction Action, string Text = "", int Revision = 0, IPAddress? From = null);

/// <summary>What writers do with their own comments, by the secret in their link.</summary>
public sealed class WriterDesk(
    IDbContextFactory<ArmTwitchDb> databases, Database database, WriteGate gate, CommentFlagger flagger, CommentNews news, Network networks, RateLimiter limiter,
    IOptions<LimitsOptions> limits, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Measured = TimeSpan.FromDays(30), TenMinutes = TimeSpan.FromMinutes(10), Day = TimeSpan.FromDays(1);

    private readonly RateLimit ofComment = new(
        "edits of a comment", new(limits.Value.EditsInTenMinutes, TenMinutes), new(limits.Value.EditsInADay, Day));

    private readonly RateLimit ofNetwork = new(
        "edits from a network", new(limits.Value.NetworkEditsInTenMinutes, TenMinutes), new(limits.Value.NetworkEditsInADay, Day));

    /// <returns>Null when the link opens nothing, or no longer.</returns>
    public async Task<WriterView?> FindAsync(string token, CancellationToken cancellationToken = default)
    {
        await database.WhenReadyAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, token, cancellationToken) is { Comment: var comment, ExpiresAt: var ends }
            ? new WriterView(comment, comment.IsWaiting ? await UsualWaitAsync(db, cancellationToken) : null, ends)
            : null;
    }

    public async Task<WriterAnswer> ActAsync(AuthorActionRequest request, CancellationToken cancellationToken = default)
    {
        var (token, action, text, revision, from) = request;
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            var network = action is WriterAction.Edit ? await networks.OfAsync(from, cancellationToken) : null;
            using var turn = await gate.EnterAsync(Patience, cancellationToken);
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (await FindAsync(db, token, cancellationToken) is not { Comment.Id: var id, ExpiresAt: var ends })
                return new(WriterOutcome.NoSuchComment);
            if (network is not null
                && await limiter.TakeAsync(db, [.. ofNetwork.For(network), .. ofComment.For(id)], cancellationToken) is { } wait)
                return new(WriterOutcome.TooMany, wait);

            // Changes nothing and locks the row: it is read as it is after whatever others were doing, and stays so until the end.
            var row = db.Set<Comment>().Where(one => one.Id == id);
            await row.ExecuteUpdateAsync(set => set.SetProperty(one => one.Revision, one => one.Revision), cancellationToken);
            var comment = await row.AsNoTracking().SingleAsync(cancellationToken);
            var now = clock.GetUtcNow();
            var view = new WriterView(comment, null, ends);
            var changed = action switch
            {
                WriterAction.Edit when view.MayEdit && comment.Revision == revision => await EditAsync(db, row, comment, text, now, cancellationToken),
                WriterAction.Appeal when view.MayAppeal => await AppealAsync(db, row, comment, text, now, cancellationToken),
                WriterAction.Withdraw when view.MayWithdraw => await CommentErasure.WithdrawAsync(db, row, id, cancellationToken),
                WriterAction.Erase when comment.Status is not CommentStatus.Erased => await CommentErasure.EraseAsync(db, row, id, cancellationToken),
                WriterAction.Mute => await CommentErasure.EraseAddressAsync(db, row, id, cancellationToken),
                _ => 0,
            };
            if (changed is 0)
                return new(IsDone(comment, action, text, revision) ? WriterOutcome.Done : WriterOutcome.TooLate);
            if (action is not WriterAction.Mute)
                db.Add(Record(comment, action, now));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            news.Tell(comment, isSeen: comment.IsShown && action is WriterAction.Withdraw or WriterAction.Erase);
            return new(WriterOutcome.Done);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            return new(WriterOutcome.Unavailable);
        }
    }

    private async Task<int> EditAsync(ArmTwitchDb db, IQueryable<Comment> row, Comment comment, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (ofText, level, spam) = flagger.Look(comment.Author, text, null);
        // The appeal still stands beside the new text.
        var ofAppeal = CommentFlagger.LookAtAppeal(comment.Appeal);
        level = ofAppeal.Select(flag => flag.Level).Append(level).Min();
        var since = comment.IsWaiting ? comment.WaitingSince : now;
        var changed = await row.ExecuteUpdateAsync(set => set
            .SetProperty(one => one.Text, text).SetProperty(one => one.Revision, comment.Revision + 1)
            .SetProperty(one => one.IsWaiting, true).SetProperty(one => one.WaitingSince, since)
            .SetProperty(one => one.Level, level).SetProperty(one => one.SpamScore, spam)
            .SetProperty(one => one.Urgency, level < comment.Urgency ? level : comment.Urgency), cancellationToken);
        await ForgetFlagsAsync(db, comment.Id, cancellationToken);
        db.AddRange(ofText.Concat(ofAppeal).Select(flag => flag.ToEntity(comment.Id, comment.Revision + 1)));
        return changed;
    }

    private static async Task<int> AppealAsync(ArmTwitchDb db, IQueryable<Comment> row, Comment comment, string text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var flags = CommentFlagger.LookAtAppeal(text);
        var urgent = flags.Select(flag => flag.Level).Append(FlagLevel.Ordinary).Min();
        var (level, urgency) = (urgent < comment.Level ? urgent : comment.Level, urgent < comment.Urgency ? urgent : comment.Urgency);
        db.AddRange(flags.Select(flag => flag.ToEntity(comment.Id, comment.Revision)));
        return await row.ExecuteUpdateAsync(set => set
            .SetProperty(one => one.Appeal, text).SetProperty(one => one.Status, CommentStatus.Pending)
            .SetProperty(one => one.IsWaiting, true).SetProperty(one => one.WaitingSince, now)
            .SetProperty(one => one.Level, level).SetProperty(one => one.Urgency, urgency), cancellationToken);
    }

    /// <summary>Whether what is asked for has been done before: a button pressed twice, or an answer that got lost.</summary>
    private static bool IsDone(Comment comment, WriterAction action, string text, int revision) => action switch
    {
        WriterAction.Edit => comment.Text == text && comment.Revision == revision + 1 && comment.Status is not (CommentStatus.Rejected or CommentStatus.Spam or CommentStatus.Removed),
        WriterAction.Withdraw => comment.Status is CommentStatus.Withdrawn or CommentStatus.Erased,
        WriterAction.Erase => comment.Status is CommentStatus.Erased,
        WriterAction.Appeal => comment.Appeal == text && comment.Status is CommentStatus.Pending,
        _ => false,
    };

    /// <summary>What the rules saw is kept of the version that was decided last, and of the new one, which is added after this.</summary>
    private static async Task ForgetFlagsAsync(ArmTwitchDb db, Guid id, CancellationToken cancellationToken)
    {
        var kinds = CommentDecision.KindsByModerators;
        var decided = await db.Set<CommentDecision>().Where(decision => decision.CommentId == id && decision.UndoneAt == null && kinds.Contains(decision.Kind))
            .OrderByDescending(decision => decision.Id).Select(decision => (int?)decision.Revision).FirstOrDefaultAsync(cancellationToken);
        await db.Set<CommentFlag>().Where(flag => flag.CommentId == id && flag.Revision != decided).ExecuteDeleteAsync(cancellationToken);
    }

    private static CommentDecision Record(Comment comment, WriterAction action, DateTimeOffset now)
    {
        var (kind, after) = action switch
        {
            WriterAction.Edit => (DecisionKind.Edit, comment.Status),
            WriterAction.Appeal => (DecisionKind.Appeal, CommentStatus.Pending),
            WriterAction.Withdraw => (DecisionKind.Withdraw, CommentStatus.Withdrawn),
            _ => (DecisionKind.Erase, CommentStatus.Erased),
        };
        return new CommentDecision { CommentId = comment.Id, Revision = comment.Revision, Kind = kind, By = "the writer", Before = comment.Status, After = after, At = now, Flags = "" };
    }

    private async Task<Found?> FindAsync(ArmTwitchDb db, string token, CancellationToken cancellationToken)
    {
        if (Token.Hash(CommentToken.Purpose, token) is not { } hash)
            return null;
        var now = clock.GetUtcNow();
        return await (
            from link in db.Set<CommentToken>()
            where link.Hash == hash && link.ExpiresAt > now
            join comment in db.Set<Comment>().AsNoTracking() on link.CommentId equals comment.Id
            select new Found(comment, link.ExpiresAt)).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<TimeSpan?> UsualWaitAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Measured;
        var waits = db.Set<CommentDecision>().Where(decision => decision.At > since && decision.UndoneAt == null && decision.WaitedSeconds != null).Select(decision => decision.WaitedSeconds!.Value);
        var count = await waits.CountAsync(cancellationToken);
        return count is 0 ? null : TimeSpan.FromSeconds(await waits.OrderBy(seconds => seconds).Skip(count / 2).FirstAsync(cancellationToken));
    }

    private sealed record Found(Comment Comment, DateTimeOffset ExpiresAt);
}
