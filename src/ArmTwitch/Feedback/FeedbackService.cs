using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Feedback;

/// <summary>What became of an answer that was sent.</summary>
public enum FeedbackOutcome
{
    /// <summary>It is on disk.</summary>
    Received,

    /// <summary>The network has answered a lot lately.</summary>
    TooMany,

    /// <summary>The database does not take it now.</summary>
    Unavailable,
}

/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public sealed record FeedbackReply(FeedbackOutcome Outcome, TimeSpan RetryAfter = default);

/// <summary>Takes in whether articles helped. What it has answered is on disk.</summary>
public sealed partial class FeedbackService(
    IDbContextFactory<ArmTwitchDb> databases, Database database, WriteGate gate, IOptions<FeedbackOptions> options, IOptions<LimitsOptions> limits, TimeProvider clock,
    ILogger<FeedbackService> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), SameFor = TimeSpan.FromMinutes(10), Day = TimeSpan.FromDays(1), Later = TimeSpan.FromSeconds(30);

    /// <param name="draft">A draft that has been checked: its fields are right.</param>
    /// <param name="network">From <see cref="Network.HashAsync"/>.</param>
    public async Task<FeedbackReply> SubmitAsync(Slug article, FeedbackDraft draft, byte[] network, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            return await StoreAsync(article, draft.Useful is FeedbackDraft.Yes, CommentText.Clean(draft.Note), network, cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            LogNotStored(failed.GetType().Name);
            return new FeedbackReply(FeedbackOutcome.Unavailable, Later);
        }
    }

    private async Task<FeedbackReply> StoreAsync(Slug article, bool wasUseful, string note, byte[] network, CancellationToken cancellationToken)
    {
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await Network.AwaitTurnsAsync(db, [network], cancellationToken);
        var now = clock.GetUtcNow();
        var content = SHA256.HashData(Encoding.UTF8.GetBytes($"{article}\n{wasUseful}\n{note}"));

        if (await db.Set<FeedbackArrival>().AnyAsync(arrival => arrival.Network == network && arrival.Content == content && arrival.At > now - SameFor, cancellationToken))
            return new FeedbackReply(FeedbackOutcome.Received);
        var arrivals = await db.Set<FeedbackArrival>()
            .Where(arrival => arrival.Network == network && arrival.At > now - Day)
            .OrderByDescending(arrival => arrival.At).Take(options.Value.AnswersInADay).Select(arrival => arrival.At).ToListAsync(cancellationToken);
        if (RetryAfter(arrivals, now) is { } wait)
            return new FeedbackReply(FeedbackOutcome.TooMany, wait);

        db.Add(new FeedbackAnswer { Article = article, WasUseful = wasUseful, Note = note.Length > 0 ? note : null, At = now });
        db.Add(new FeedbackArrival { Network = network, Content = content, At = now });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogReceived(article);
        return new FeedbackReply(FeedbackOutcome.Received);
    }

    /// <param name="arrivals">The newest first.</param>
    private TimeSpan? RetryAfter(List<DateTimeOffset> arrivals, DateTimeOffset now)
    {
        if (!limits.Value.Enabled)
            return null;
        var (few, many) = (options.Value.AnswersInTenMinutes, options.Value.AnswersInADay);
        DateTimeOffset?[] ends =
        [
            arrivals.Count >= few ? arrivals[few - 1] + SameFor : null,
            arrivals.Count >= many ? arrivals[many - 1] + Day : null,
        ];
        return ends.Max() is { } end && end > now ? end - now : null;
    }

    [LoggerMessage(LogLevel.Information, "An answer on {Article} was received")]
    private partial void LogReceived(Slug article);

    [LoggerMessage(LogLevel.Error, "An answer could not be stored ({Failure}); its reader has been asked to try again")]
    private partial void LogNotStored(string failure);
}
