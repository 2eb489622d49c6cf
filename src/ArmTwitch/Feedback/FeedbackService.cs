using System.Net;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Feedback;

/// <summary>What became of an answer that was sent.</summary>
public enum FeedbackOutcome
{
    /// <summary>It is on disk.</summary>
    Received,

    /// <summary>Too many answers from this network.</summary>
    TooMany,

    /// <summary>The database is not available.</summary>
    Unavailable,
}

/// <param name="RetryAfter">For <see cref="FeedbackOutcome.TooMany"/>: how long until there is room again.</param>
public sealed record FeedbackResult(FeedbackOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>Takes answers to "Was this page useful?". When it says so, an answer is on disk.</summary>
public sealed partial class FeedbackService(
    DatabaseInitializer database, WriteTransactionFactory writing, ClientNetworkHasher networkHasher, RateLimiter limiter,
    IOptions<FeedbackOptions> options, TimeProvider clock, ILogger<FeedbackService> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10),
        TenMinutes = TimeSpan.FromMinutes(10),
        Day = TimeSpan.FromDays(1);

    /// <summary>Recognises a double click: the same answer is stored once.</summary>
    private static readonly RateLimit Same = new("same feedback", new RateWindow(1, TenMinutes)) { IsAlwaysOn = true };

    private readonly RateLimit answers = new(
        "feedback", new(options.Value.AnswersInTenMinutes, TenMinutes), new(options.Value.AnswersInADay, Day));

    /// <param name="draft">Checked.</param>
    public async Task<FeedbackResult> SubmitAsync(
        Slug article, FeedbackDraft draft, IPAddress? from, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            return await StoreAsync(article, draft, await networkHasher.HashAsync(from, cancellationToken), cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            LogNotStored(DatabaseFailureClassifier.CodeOf(failed));
            return new FeedbackResult(FeedbackOutcome.Unavailable);
        }
    }

    private async Task<FeedbackResult> StoreAsync(
        Slug article, FeedbackDraft draft, ClientNetwork network, CancellationToken cancellationToken)
    {
        var (wasUseful, note) = (draft.Useful is FeedbackDraft.Yes, CommentTextCleaner.Clean(draft.Note));
        var same = Same.For(network.Narrow.With(SHA256.HashData(Encoding.UTF8.GetBytes($"{article}\n{wasUseful}\n{note}"))));
        var counted = answers.For(network);
        if (limiter.FindRefusal(same) is null && limiter.FindRefusal(counted) is { } known)
            return new FeedbackResult(FeedbackOutcome.TooMany, known);

        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        if (await limiter.TakeAsync(write.Db, same, cancellationToken) is not null)
            return new FeedbackResult(FeedbackOutcome.Received);
        if (await limiter.TakeAsync(write.Db, counted, cancellationToken) is { } wait)
            return new FeedbackResult(FeedbackOutcome.TooMany, wait);

        write.Db.Add(
            new FeedbackAnswer { Article = article, WasUseful = wasUseful, Note = note.Length > 0 ? note : null, At = clock.GetUtcNow() });
        await write.CommitAsync(cancellationToken);
        LogReceived(article);
        return new FeedbackResult(FeedbackOutcome.Received);
    }

    [LoggerMessage(LogLevel.Information, "An answer on {Article} was received")]
    private partial void LogReceived(Slug article);

    [LoggerMessage(LogLevel.Error, "An answer could not be stored ({Failure}); its reader has been asked to try again")]
    private partial void LogNotStored(string failure);
}
