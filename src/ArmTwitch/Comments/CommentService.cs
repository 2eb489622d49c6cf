using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Comments;

/// <summary>What became of a comment that was sent.</summary>
public enum SubmitOutcome
{
    /// <summary>It is on disk and waits for a moderator.</summary>
    Received,

    /// <summary>The same one came from the same network a moment ago; it is kept once.</summary>
    ReceivedBefore,

    /// <summary>It answers a comment that is not there, or no longer.</summary>
    NoSuchParent,

    /// <summary>The network has written a lot lately.</summary>
    TooMany,

    /// <summary>The database does not take it now.</summary>
    Unavailable,
}

/// <param name="Token">The secret of the writer's own page; null unless the comment was received.</param>
/// <param name="RetryAfter">When it is worth trying again; zero when it is not about time.</param>
public sealed record SubmitAnswer(SubmitOutcome Outcome, string? Token = null, TimeSpan RetryAfter = default);

/// <summary>Takes in what readers write. What it has answered is on disk.</summary>
public sealed partial class CommentService(
    IDbContextFactory<ArmTwitchDb> databases, Database database, WriteGate gate, CommentFlagger flagger, CommentNews news,
    IOptions<CommentsOptions> options, IOptions<LimitsOptions> limits, TimeProvider clock, ILogger<CommentService> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), SameFor = TimeSpan.FromMinutes(10), Day = TimeSpan.FromDays(1), Later = TimeSpan.FromSeconds(30);

    /// <param name="draft">A draft that has been checked: its fields are right.</param>
    /// <param name="network">From <see cref="Network.HashAsync"/>.</param>
    public async Task<SubmitAnswer> SubmitAsync(Slug article, CommentDraft draft, byte[] network, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            var (comment, flags) = NewComment(article, draft);
            var answer = await StoreAsync(comment, flags, network, cancellationToken);
            if (answer.Outcome is SubmitOutcome.Received)
            {
                LogReceived(comment.Id, article);
                news.Tell(comment, isSeen: false);
            }

            return answer;
        }
        catch (Exception failed) when (DatabaseFailure.Is(failed))
        {
            LogNotStored(DatabaseFailure.CodeOf(failed));
            return new SubmitAnswer(SubmitOutcome.Unavailable, RetryAfter: Later);
        }
    }

    private (Comment Comment, IReadOnlyList<CommentFlag> Flags) NewComment(Slug article, CommentDraft draft)
    {
        var (name, text, now) = (CommentText.CleanName(draft.Name), CommentText.Clean(draft.Body), clock.GetUtcNow());
        var (flags, level, spam) = flagger.Look(name, text, draft);
        var comment = new Comment
        {
            Article = article,
            ParentId = draft.Parent,
            Author = name,
            Email = draft.Email.Trim() is { Length: > 0 } email ? email : null,
            Text = text,
            WrittenAt = now,
            WaitingSince = now,
            Level = level,
            SpamScore = spam,
        };
        return (comment, [.. flags.Select(flag => flag.Of(comment))]);
    }

    /// <remarks>While it has its turn nobody else writes, so all that can be done before or after is.</remarks>
    private async Task<SubmitAnswer> StoreAsync(Comment comment, IReadOnlyList<CommentFlag> flags, byte[] network, CancellationToken cancellationToken)
    {
        var (content, now) = (SHA256.HashData(Encoding.UTF8.GetBytes($"{comment.Article}\n{comment.ParentId}\n{comment.Text}")), comment.WrittenAt);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var arrivals = db.Set<CommentArrival>().Where(arrival => arrival.Network == network);
        using var turn = await gate.EnterAsync(Patience, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await Network.AwaitTurnAsync(db, network, cancellationToken);

        // By the text alone: asked for the time too, SQLite would go through all that the network has written in it.
        var same = await arrivals.Where(arrival => arrival.Content == content).OrderByDescending(arrival => arrival.Id).Select(arrival => new { arrival.CommentId, arrival.At }).FirstOrDefaultAsync(cancellationToken);
        if (same is { } before && before.At > now - SameFor)
        {
            var again = NewLink(db, before.CommentId, now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new SubmitAnswer(SubmitOutcome.ReceivedBefore, again);
        }

        if (limits.Value.Enabled && await RetryAfterAsync(arrivals, now, cancellationToken) is { } wait)
            return new SubmitAnswer(SubmitOutcome.TooMany, RetryAfter: wait);
        if (comment.ParentId is { } parent && !await db.Set<Comment>().Shown().AnyAsync(
            other => other.Id == parent && other.Article == comment.Article && other.ParentId == null, cancellationToken))
            return new SubmitAnswer(SubmitOutcome.NoSuchParent);

        db.Add(comment);
        db.AddRange(flags);
        db.Add(new CommentArrival { Network = network, Content = content, CommentId = comment.Id, At = now });
        var link = NewLink(db, comment.Id, now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SubmitAnswer(SubmitOutcome.Received, link);
    }

    private string NewLink(ArmTwitchDb db, Guid comment, DateTimeOffset now)
    {
        var token = Token.New();
        db.Add(new CommentToken { Hash = Token.Hash(CommentToken.Purpose, token)!, CommentId = comment, ExpiresAt = now.AddDays(options.Value.WriterPageDays) });
        return token;
    }

    private async Task<TimeSpan?> RetryAfterAsync(IQueryable<CommentArrival> arrivals, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limit = limits.Value;
        var times = await arrivals.Where(arrival => arrival.At > now - Day).OrderByDescending(arrival => arrival.At).Select(arrival => arrival.At)
            .Take(Math.Max(limit.CommentsInADay, limit.CommentsInTenMinutes)).ToListAsync(cancellationToken);
        DateTimeOffset?[] ends =
        [
            times.Count > 0 ? times[0].AddSeconds(limit.SecondsBetweenComments) : null,
            times.Count >= limit.CommentsInTenMinutes ? times[limit.CommentsInTenMinutes - 1] + SameFor : null,
            times.Count >= limit.CommentsInADay ? times[limit.CommentsInADay - 1] + Day : null,
        ];
        return ends.Max() is { } end && end > now ? end - now : null;
    }

    [LoggerMessage(LogLevel.Information, "Comment {CommentId} on {Article} waits for a moderator")]
    private partial void LogReceived(Guid commentId, Slug article);

    [LoggerMessage(LogLevel.Error, "A comment could not be stored ({Code}); its writer has been asked to try again")]
    private partial void LogNotStored(string code);
}
