using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Comments.Spam;

/// <summary>
/// Has the spam score learn from what moderators decide, here or on another replica. It counts anew from the comments that are there,
/// so it forgets what was erased, withdrawn or undone.
/// </summary>
public sealed partial class SpamTrainingService : BackgroundService
{
    /// <summary>The newest so many of each kind: enough to learn from, and a second's work at most.</summary>
    public const int MostExamples = 1000;

    /// <summary>Comments that wait and are scored again.</summary>
    private const int MostWaiting = 1000, Batch = 50;

    /// <summary>A difference that a moderator would not notice is not written.</summary>
    private const double Noticeable = .02;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly IDbContextFactory<ArmTwitchDb> databases;
    private readonly DatabaseInitializer database;
    private readonly WriteTransactionFactory writing;
    private readonly CommentChangeNotifier notifier;
    private readonly SpamScorer scorer;
    private readonly TimeProvider clock;
    private readonly ILogger<SpamTrainingService> logger;

    private TaskCompletionSource changed = NewSignal();
    private (int Count, long Newest) known = (-1, 0);

    public SpamTrainingService(
        IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, WriteTransactionFactory writing,
        CommentChangeNotifier notifier, SpamScorer scorer, TimeProvider clock, ILogger<SpamTrainingService> logger)
    {
        (this.databases, this.database, this.writing, this.notifier, this.scorer, this.clock, this.logger) =
            (databases, database, writing, notifier, scorer, clock, logger);
        notifier.Changed += RequestTraining;
    }

    /// <summary>Learns from all decisions there are, and scores the comments that wait by what was learned.</summary>
    public async Task TrainAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // Whatever changes what is to be learned leaves an entry in the audit, an erasure too; a new comment does not.
        var audit = db.Set<CommentDecision>();
        var now = (await audit.CountAsync(cancellationToken), await audit.MaxAsync(decision => (long?)decision.Id, cancellationToken) ?? 0);
        if (now == known)
            return;
        var examples = await ExamplesAsync(db, cancellationToken);
        scorer.SetModel(SpamModel.Train(examples));
        var scored = await ScoreWaitingAsync(db, cancellationToken);
        known = now;
        LogLearned(examples.Count, scored);
    }

    public override void Dispose()
    {
        notifier.Changed -= RequestTraining;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await database.WhenReadyAsync(Timeout.InfiniteTimeSpan, stoppingToken);
                await TrainAsync(stoppingToken);
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failed);
                RequestTraining(Guid.Empty);
            }

            await Task.Delay(Rest, clock, stoppingToken);
            await changed.Task.WaitAsync(stoppingToken);
            changed = NewSignal();
        }
    }

    /// <summary>
    /// What people decided: approval of whatever kind, spam, and refusal as advertising. What the command line approved, nobody has read.
    /// </summary>
    private static async Task<IReadOnlyList<SpamModel.TrainingExample>> ExamplesAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var comments = db.Set<Comment>().AsNoTracking().Where(comment => comment.Badge == null && comment.Text != "");
        var decided = db.Set<CommentDecision>().Where(decision => decision.UndoneAt == null && decision.ModeratorId != null);
        var advertising = nameof(RefusalReason.Advertising);

        var spam = await comments
            .Where(comment => decided.Any(decision => decision.CommentId == comment.Id && decision.Revision == comment.Revision
                && ((comment.Status == CommentStatus.Spam && decision.Kind == DecisionKind.Spam)
                    || (comment.Status == CommentStatus.Rejected && decision.Kind == DecisionKind.Reject && decision.Code == advertising))))
            .OrderByDescending(comment => comment.DecidedAt).Take(MostExamples)
            .Select(comment => new { comment.Author, comment.Text }).ToListAsync(cancellationToken);
        var ham = await comments.Shown()
            .Where(comment => decided.Any(decision => decision.CommentId == comment.Id
                && (decision.Kind == DecisionKind.Approve || decision.Kind == DecisionKind.ApproveRedacted)))
            .OrderByDescending(comment => comment.DecidedAt).Take(MostExamples)
            .Select(comment => new { comment.Author, comment.ShownText }).ToListAsync(cancellationToken);
        return [
            .. spam.Select(one => new SpamModel.TrainingExample(one.Author, one.Text, true)),
            .. ham.Select(one => new SpamModel.TrainingExample(one.Author, one.ShownText!, false))];
    }

    private async Task<int> ScoreWaitingAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var waiting = await db.Set<Comment>().AsNoTracking().Waiting()
            .OrderByDescending(comment => comment.WaitingSince).Take(MostWaiting)
            .Select(comment => new { comment.Id, comment.Revision, comment.Author, comment.Text, comment.SpamScore })
            .ToListAsync(cancellationToken);
        var different = waiting.Select(
            comment => (comment.Id, comment.Revision, Old: comment.SpamScore, New: scorer.Score(comment.Author, comment.Text)))
            .Where(comment => Math.Abs(comment.New - comment.Old) >= Noticeable).ToList();
        foreach (var batch in different.Chunk(Batch))
        {
            await using var write = await writing.BeginAsync(db, cancellationToken);
            foreach (var (id, revision, _, now) in batch)
            {
                await db.Set<Comment>().Where(comment => comment.Id == id && comment.Revision == revision && comment.IsWaiting)
                    .ExecuteUpdateAsync(set => set.SetProperty(comment => comment.SpamScore, now), cancellationToken);
            }

            await write.CommitAsync(cancellationToken);
        }

        return different.Count;
    }

    private void RequestTraining(Guid comment) => changed.TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Debug, "The spam score has learned from {Examples} decisions; {Scored} comments that wait are scored anew")]
    private partial void LogLearned(int examples, int scored);

    [LoggerMessage(LogLevel.Warning, "The spam score could not learn from the latest decisions; it goes on with what it knows")]
    private partial void LogFailed(Exception failed);
}
