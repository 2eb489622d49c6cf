using ArmTwitch.Articles;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Comments;

/// <summary>What became of a report.</summary>
public enum ReportOutcome
{
    Kept,

    /// <summary>Readers cannot see such a comment.</summary>
    NoSuchComment,

    Unavailable,
}

/// <summary>Readers' wishes that a moderator look again.</summary>
public sealed class Reports(
    IDbContextFactory<ArmTwitchDb> databases, Database database, WriteGate gate, CommentNews news, IOptions<CommentsOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Keeps a report. From enough different networks they take the comment off the page until a moderator has looked.</summary>
    public async Task<ReportOutcome> ReportAsync(Slug article, Guid id, string reason, byte[] network, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            return await StoreAsync(article, id, reason, network, cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            return ReportOutcome.Unavailable;
        }
    }

    private async Task<ReportOutcome> StoreAsync(Slug article, Guid id, string reason, byte[] network, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(Patience, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<Comment>().AsNoTracking().Shown().SingleOrDefaultAsync(one => one.Id == id && one.Article == article, cancellationToken) is not { } comment)
            return ReportOutcome.NoSuchComment;
        var now = clock.GetUtcNow();
        var networks = await db.Set<CommentReport>().Where(report => report.CommentId == id && report.At > (comment.DecidedAt ?? comment.WrittenAt))
            .Select(report => report.Network).ToListAsync(cancellationToken);
        if (networks.Any(known => known.AsSpan().SequenceEqual(network)))
            return ReportOutcome.Kept;

        db.Add(new CommentReport { CommentId = id, Network = network, Reason = reason, At = now });
        var holds = networks.Count + 1 >= options.Value.ReportsToHold;
        if (holds)
        {
            await db.Set<Comment>().Where(one => one.Id == id && one.Revision == comment.Revision && one.Status == comment.Status).ExecuteUpdateAsync(set => set
                .SetProperty(one => one.Status, CommentStatus.Pending)
                .SetProperty(one => one.IsWaiting, true).SetProperty(one => one.WaitingSince, now), cancellationToken);
            db.Add(new CommentDecision { CommentId = id, Revision = comment.Revision, Kind = DecisionKind.Reported, By = "readers", Before = comment.Status, After = CommentStatus.Pending, At = now, Flags = "" });
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        news.Tell(comment, isSeen: holds);
        return ReportOutcome.Kept;
    }
}
