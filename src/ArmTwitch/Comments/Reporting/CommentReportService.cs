using System.Net;
using ArmTwitch.Articles;
using ArmTwitch.Comments.Retention;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using ArmTwitch.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Comments.Reporting;

/// <summary>What became of a report.</summary>
public enum CommentReportOutcome
{
    Kept,

    /// <summary>Readers cannot see such a comment.</summary>
    NoSuchComment,

    /// <summary>The network has reported a lot lately.</summary>
    TooMany,

    Unavailable,
}

/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public readonly record struct CommentReportResult(CommentReportOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>Readers' wishes that a moderator look again.</summary>
public sealed class CommentReportService(
    DatabaseInitializer database, WriteTransactionFactory writing, CommentChangeNotifier notifier, ClientNetworkHasher networkHasher,
    RateLimiter limiter, IOptions<CommentsOptions> options, IOptions<CommentLimitOptions> limits, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Names the lock by which reports of one comment take turns.</summary>
    private static readonly RateLimit OneByOne = new("reports of one comment");

    private readonly RateLimit reports = new("reports", new RateWindow(limits.Value.ReportsInADay, TimeSpan.FromDays(1)));

    /// <summary>Keeps a report. From enough different networks they take the comment off the page until a moderator has looked.</summary>
    public async Task<CommentReportResult> ReportAsync(
        Slug article, Guid id, string reason, IPAddress? from, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            var network = await networkHasher.HashAsync(from, cancellationToken);
            return await StoreAsync(article, id, reason, network, cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return new(CommentReportOutcome.Unavailable);
        }
    }

    private async Task<CommentReportResult> StoreAsync(
        Slug article, Guid id, string reason, ClientNetwork network, CancellationToken cancellationToken)
    {
        var counted = reports.For(network);
        if (limiter.FindRefusal(counted) is { } known)
            return new(CommentReportOutcome.TooMany, known);
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        var db = write.Db;
        await RateLimiter.LockAsync(db, [.. counted, .. OneByOne.For(id)], cancellationToken);
        if (await db.Set<Comment>().AsNoTracking().Shown()
            .SingleOrDefaultAsync(one => one.Id == id && one.Article == article, cancellationToken) is not { } comment)
            return new(CommentReportOutcome.NoSuchComment);
        var (now, since) = (clock.GetUtcNow(), comment.DecidedAt ?? comment.WrittenAt);
        var reporter = ReporterOf(id, since, network);
        List<byte[]?> hashes = [.. reporter.All];
        if (await db.Set<CommentReport>().AnyAsync(report => report.CommentId == id && hashes.Contains(report.Reporter), cancellationToken))
            return new(CommentReportOutcome.Kept);
        if (await limiter.TakeAsync(db, counted, cancellationToken) is { } wait)
            return new(CommentReportOutcome.TooMany, wait);

        db.Add(new CommentReport { CommentId = id, Reporter = reporter.Today, Reason = reason, At = now });
        var isTakenOff = await CountReportersAsync(db, id, since, now, cancellationToken) + 1 >= options.Value.ReportsToHold
            && await TakeOffAsync(db, comment, now, cancellationToken);
        await write.CommitAsync(cancellationToken);
        notifier.Notify(comment, isSeen: isTakenOff);
        return new(CommentReportOutcome.Kept);
    }

    /// <summary>One for each comment and decision on it, so that nobody can tell what else a network reported.</summary>
    private static RateLimitKey ReporterOf(Guid id, DateTimeOffset since, ClientNetwork network) =>
        new RateLimit($"report {id:N} {since.ToUnixTimeMilliseconds()}").For(network.Widest)[0];

    /// <summary>
    /// From how many networks it was reported since a moderator last decided. Those of the day before yesterday and earlier count as
    /// one: their key is forgotten, and nobody can tell whether they were the same as those of today.
    /// </summary>
    private static async Task<int> CountReportersAsync(
        ArmTwitchDb db, Guid id, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var yesterday = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-1);
        var times = await db.Set<CommentReport>().Where(report => report.CommentId == id && report.At > since)
            .Select(report => report.At).ToListAsync(cancellationToken);
        return times.Count(at => at >= yesterday) + (times.Exists(at => at < yesterday) ? 1 : 0);
    }

    /// <returns>False when it was decided on or changed meanwhile.</returns>
    private static async Task<bool> TakeOffAsync(ArmTwitchDb db, Comment comment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.Set<Comment>().Where(one =>
            one.Id == comment.Id && one.Revision == comment.Revision && one.Status == comment.Status && one.DecidedAt == comment.DecidedAt)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.Status, CommentStatus.Pending)
                    .SetProperty(one => one.IsWaiting, true).SetProperty(one => one.WaitingSince, now),
                cancellationToken) is 0)
            return false;
        // It may say that the comment is published.
        await SentMailRecords.CancelByCauseAsync(db, CommentErasure.CauseOfMails(comment.Id), cancellationToken);
        db.Add(CommentDecision.Of(comment, DecisionKind.Reported, CommentStatus.Pending, "readers", now));
        return true;
    }
}
