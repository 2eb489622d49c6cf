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
    /// <summary>It is stored, or the same network had reported the comment before.</summary>
    Kept,

    /// <summary>It is stored, and readers do not see the comment until a moderator has looked at it.</summary>
    TakenOff,

    /// <summary>Readers see no such comment.</summary>
    NoSuchComment,

    /// <summary>Too many reports from this network.</summary>
    TooMany,

    /// <summary>The database is not available.</summary>
    Unavailable,
}

/// <param name="RetryAfter">For <see cref="CommentReportOutcome.TooMany"/>: how long until there is room again.</param>
public readonly record struct CommentReportResult(CommentReportOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>Stores readers' reports on comments.</summary>
public sealed class CommentReportService(
    DatabaseInitializer database, WriteTransactionFactory writing, CommentChangeNotifier notifier, ClientNetworkHasher networkHasher,
    RateLimiter limiter, IOptions<CommentsOptions> options, IOptions<CommentLimitOptions> limits, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>No limit: locks a comment's reports, so that they are counted one at a time.</summary>
    private static readonly RateLimit OneByOne = new("reports of one comment");

    private readonly RateLimit reports = new("reports", new RateWindow(limits.Value.ReportsInADay, TimeSpan.FromDays(1)));

    /// <summary>
    /// Stores a report. Reports from <see cref="CommentsOptions.ReportsToHold"/> networks take the comment off the page until a moderator
    /// has looked at it.
    /// </summary>
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
        return new(isTakenOff ? CommentReportOutcome.TakenOff : CommentReportOutcome.Kept);
    }

    /// <summary>Another hash for each comment and decision, so that nobody can tell what else a network has reported.</summary>
    private static RateLimitKey ReporterOf(Guid id, DateTimeOffset since, ClientNetwork network) =>
        new RateLimit($"report {id:N} {since.ToUnixTimeMilliseconds()}").For(network.Widest)[0];

    /// <summary>
    /// From how many networks it was reported since the last decision. All reports from before yesterday count as one: their daily key is
    /// deleted, so nobody can tell whether they came from the same networks as those of today.
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
        // A mail that waits may say that the comment is published.
        await SentMailRecords.CancelByCauseAsync(db, CommentErasure.CauseOfMails(comment.Id), cancellationToken);
        db.Add(CommentDecision.Of(comment, DecisionKind.Reported, "readers", now));
        return true;
    }
}
