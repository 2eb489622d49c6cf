using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Comments.Spam;

/// <summary>
/// Makes a new spam model after moderators have decided, here or on another replica. It is made of the comments that there are now, so what
/// was erased, withdrawn or undone is forgotten.
/// </summary>
public sealed partial class SpamTrainingService : BackgroundService
{
    /// <summary>The newest examples of each kind; more would take longer than a second.</summary>
    public const int MostExamples = 1000;

    /// <summary>How many waiting comments get a new score, and how many in one transaction.</summary>
    private const int MostWaiting = 1000, Batch = 50;

    /// <summary>A smaller difference of the score is not written.</summary>
    private const double Noticeable = .02;

    /// <summary>The shortest time between two trainings.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly IDbContextFactory<ArmTwitchDb> databases;
    private readonly DatabaseInitializer database;
    private readonly WriteTransactionFactory writing;
    private readonly CommentChangeNotifier notifier;
    private readonly SpamScorer scorer;
    private readonly TimeProvider clock;
    private readonly ILogger<SpamTrainingService> logger;
    private readonly LastingFaults faults;

    private TaskCompletionSource changed = NewSignal();
    private (int Count, long Newest) known = (-1, 0);

    public SpamTrainingService(
        IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, WriteTransactionFactory writing,
        CommentChangeNotifier notifier, SpamScorer scorer, TimeProvider clock, ILogger<SpamTrainingService> logger)
    {
        (this.databases, this.database, this.writing, this.notifier, this.scorer, this.clock, this.logger) =
            (databases, database, writing, notifier, scorer, clock, logger);
        faults = new LastingFaults(clock);
        notifier.Changed += RequestTraining;
    }

    /// <summary>Makes the model anew, if there are new entries in the audit, and scores the waiting comments with it.</summary>
    public async Task TrainAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // All that changes the examples leaves an entry in the audit, erasures too. New comments do not.
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
                if (faults.TryEnd(nameof(TrainAsync)))
                    LogWorksAgain();
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                Report(failed);
                RequestTraining(Guid.Empty);
            }

            await Task.Delay(Rest, clock, stoppingToken);
            await changed.Task.WaitAsync(stoppingToken);
            changed = NewSignal();
        }
    }

    /// <summary>Where the database is away its code says all; a stack trace would only look like a fault of the program.</summary>
    private void Report(Exception failed)
    {
        var code = DatabaseFailureClassifier.CodeOf(failed);
        if (faults.IsWorthALine(nameof(TrainAsync), code))
            LogFailed(code, DatabaseFailureClassifier.IsOutage(failed) ? null : failed);
    }

    /// <summary>
    /// What moderators decided: approved, spam, or refused as advertising. What the command line approved was read by nobody.
    /// </summary>
    private static async Task<IReadOnlyList<TrainingExample>> ExamplesAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var comments = db.Set<Comment>().AsNoTracking().Where(comment => comment.Badge == null && comment.Text != "");
        var decided = db.Set<CommentDecision>().Where(decision => decision.UndoneAt == null && decision.ModeratorId != null);
        var advertising = nameof(RefusalReason.Advertising);

        var spam = await comments
            .Where(comment => decided.Any(decision => decision.CommentId == comment.Id && decision.Revision == comment.Revision
                && ((comment.Status == CommentStatus.Spam && decision.Kind == DecisionKind.Spam)
                    || (comment.Status == CommentStatus.Rejected && decision.Kind == DecisionKind.Reject
                        && decision.Code!.StartsWith(advertising)))))
            .OrderByDescending(comment => comment.DecidedAt).Take(MostExamples)
            .Select(comment => new { comment.Author, comment.Text }).ToListAsync(cancellationToken);
        var ham = await comments.Shown()
            .Where(comment => decided.Any(decision => decision.CommentId == comment.Id
                && (decision.Kind == DecisionKind.Approve || decision.Kind == DecisionKind.ApproveRedacted)))
            .OrderByDescending(comment => comment.DecidedAt).Take(MostExamples)
            .Select(comment => new { comment.Author, comment.ShownText }).ToListAsync(cancellationToken);
        return [
            .. spam.Select(one => new TrainingExample(one.Author, one.Text, true)),
            .. ham.Select(one => new TrainingExample(one.Author, one.ShownText!, false))];
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

    [LoggerMessage(LogLevel.Debug, "The spam score has learned from {Examples} decisions; {Scored} comments that wait have a new score")]
    private partial void LogLearned(int examples, int scored);

    [LoggerMessage(LogLevel.Warning, "The spam score could not learn from the latest decisions ({Failure}); it goes on with what it knows")]
    private partial void LogFailed(string failure, Exception? failed);

    [LoggerMessage(LogLevel.Information, "SpamTrainingService works again")]
    private partial void LogWorksAgain();
}
