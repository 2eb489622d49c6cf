using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation;

/// <summary>Deletes what was promised not to be kept, and mails the moderators that comments wait.</summary>
public sealed partial class Housekeeping(
    IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, Digest digest, Database database, TimeProvider clock, ILogger<Housekeeping> logger) : TimedRounds(TimeSpan.FromMinutes(10), database, clock)
{
    public static readonly TimeSpan OriginalLife = TimeSpan.FromDays(30), EmailLife = TimeSpan.FromDays(30), ArrivalLife = TimeSpan.FromDays(1);

    /// <summary>One round.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken = default)
    {
        var now = Clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await PurgeOriginalsAsync(db, now, cancellationToken);
        using (await gate.EnterAsync(cancellationToken))
        {
            var old = now - EmailLife;
            await db.Set<Comment>().Where(comment => comment.Email != null && !comment.IsWaiting && comment.DecidedAt <= old)
                .ExecuteUpdateAsync(set => set.SetProperty(comment => comment.Email, (string?)null), cancellationToken);
        }

        using (await gate.EnterAsync(cancellationToken))
        {
            var old = now - ArrivalLife;
            await db.Set<CommentArrival>().Where(arrival => arrival.At <= old).ExecuteDeleteAsync(cancellationToken);
        }

        using (await gate.EnterAsync(cancellationToken))
            await db.Set<CommentToken>().Where(token => token.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        using (await gate.EnterAsync(cancellationToken))
        {
            var old = now - Decisions.UndoWindow;
            await db.Set<UndoNote>().Where(note => note.At < old).ExecuteDeleteAsync(cancellationToken);
        }
    }

    protected override async Task GoRoundAsync(CancellationToken stoppingToken)
    {
        await TidyAsync(stoppingToken);
        await digest.SendAsync(stoppingToken);
    }

    protected override void Tell(Exception failed) => LogFailed(failed);

    private async Task PurgeOriginalsAsync(ArmTwitchDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var old = now - OriginalLife;
        var sealedOnes = await db.Set<Comment>().AsNoTracking()
            .Where(comment => comment.Removed != null && comment.ShownText != null && comment.Text != comment.ShownText && !comment.IsWaiting && comment.DecidedAt <= old
                && (comment.Status == CommentStatus.ApprovedRedacted || comment.Status == CommentStatus.Removed))
            .Select(comment => new { comment.Id, comment.Revision, comment.Status })
            .ToListAsync(cancellationToken);
        foreach (var one in sealedOnes)
        {
            using var turn = await gate.EnterAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var purged = await db.Set<Comment>().Where(comment => comment.Id == one.Id && comment.Revision == one.Revision && !comment.IsWaiting && comment.ShownText != null)
                .ExecuteUpdateAsync(set => set.SetProperty(comment => comment.Text, comment => comment.ShownText!), cancellationToken);
            if (purged is 0)
                continue;
            db.Add(new CommentDecision
            {
                CommentId = one.Id,
                Revision = one.Revision,
                Kind = DecisionKind.OriginalPurged,
                By = "housekeeping",
                Before = one.Status,
                After = one.Status,
                At = now,
                Flags = "",
            });
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        if (sealedOnes.Count > 0)
            LogPurged(sealedOnes.Count);
    }

    [LoggerMessage(LogLevel.Information, "{Count} originals purged")]
    private partial void LogPurged(int count);

    [LoggerMessage(LogLevel.Error, "Tidying up failed; trying again in 10 minutes")]
    private partial void LogFailed(Exception failed);
}
