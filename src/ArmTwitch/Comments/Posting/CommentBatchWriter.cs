using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Data;
using ArmTwitch.Data.Bulk;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Limits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Comments.Posting;

/// <summary>
/// Writes comments to the database. The request that gets the lock writes the comments of all requests that wait for it, in one
/// transaction: one fsync for all.
/// </summary>
public sealed class CommentBatchWriter(
    WriteTransactionFactory writing, RateLimiter limiter, IOptions<CommentsOptions> options, IOptions<CommentLimitOptions> limits)
{
    /// <summary>Rule of the flag for a comment that was sent a moment before, perhaps by the same person.</summary>
    public const string SentAgain = "sent-again";

    private static readonly Flag SentAgainFlag = new(SentAgain, 1, FlagLevel.Ordinary, "",
        "The same words came under the same name from the same network a moment before. Somebody may have pressed twice, or two people "
        + "wrote the same. Nobody can tell, so each has a link to their own.");

    private const int LargestBatch = 32, MostLinks = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), SameFor = TimeSpan.FromMinutes(10);

    private readonly RateLimit comments = Limit(limits.Value),
        newComments = Limit(limits.Value, new RateWindow(1, TimeSpan.FromSeconds(limits.Value.SecondsBetweenComments)));

    private readonly ConcurrentQueue<PendingComment> waiting = new();

    /// <summary>Compiled for each instance: EF ties a compiled query to one model, and tests have several.</summary>
    private readonly Func<ArmTwitchDb, byte[], byte[], Task<PreviousSubmission?>> findSame = EF.CompileAsyncQuery(
        (ArmTwitchDb db, byte[] today, byte[] yesterday) => db.Set<CommentArrival>()
            .Where(arrival => arrival.Content == today || arrival.Content == yesterday).OrderByDescending(arrival => arrival.Id)
            .Select(arrival => new PreviousSubmission(arrival.CommentId, arrival.At)).FirstOrDefault());

    /// <exception cref="TimeoutException">Others were writing all the time; the comment is not on disk.</exception>
    public async Task<CommentSubmitResult> WriteAsync(Comment comment, IReadOnlyList<CommentFlag> flags, ClientNetwork network)
    {
        var arriving = new PendingComment(comment, flags, network);
        waiting.Enqueue(arriving);
        try
        {
            using var turn = await writing.WaitAsync(Patience, CancellationToken.None);
            while (!arriving.IsClaimed && ClaimBatch() is { Count: > 0 } batch)
                await WriteAsync(turn, batch);
        }
        catch (TimeoutException) when (!arriving.TryClaim())
        {
            // Another request has just claimed it and writes it.
        }

        return await arriving.Result.Task;
    }

    private List<PendingComment> ClaimBatch()
    {
        var batch = new List<PendingComment>();
        while (batch.Count < LargestBatch && waiting.TryDequeue(out var next))
        {
            if (next.TryClaim())
                batch.Add(next);
        }

        return batch;
    }

    /// <remarks>
    /// When the database fails, all comments of the batch fail, and their authors are asked to send them again. When one comment cannot be
    /// stored, each is tried alone.
    /// </remarks>
    private async Task WriteAsync(WriteTurn turn, List<PendingComment> batch)
    {
        try
        {
            await using var write = await turn.BeginAsync(CancellationToken.None);
            var db = write.Db;
            await using var inserts = new PreparedInserts(db);
            await RateLimiter.LockAsync(db, batch.SelectMany(one => comments.For(one.Network)));
            var answers = new List<CommentSubmitResult>();
            foreach (var one in batch)
                answers.Add(await WriteAsync(db, inserts, one));

            await write.CommitAsync(CancellationToken.None);
            foreach (var (one, answer) in batch.Zip(answers))
                one.Result.TrySetResult(answer);
        }
        catch (DbUpdateException refused) when (batch.Count > 1 && refused.InnerException is not DbException { IsTransient: true })
        {
            foreach (var one in batch)
                await WriteAsync(turn, [one]);
        }
        catch (Exception failed)
        {
            // Comments whose result is set are on disk: only closing failed.
            foreach (var one in batch)
                one.Result.TrySetException(failed);
        }
    }

    private async Task<CommentSubmitResult> WriteAsync(ArmTwitchDb db, PreparedInserts inserts, PendingComment arriving)
    {
        var (comment, network, now) = (arriving.Comment, arriving.Network, arriving.Comment.WrittenAt);
        var content = network.Narrow.With(ContentHashOf(comment));
        var before = await findSame(db, content.Today, content.Yesterday ?? content.Today) is { } same && same.At > now - SameFor
            ? same
            : null;
        // The pause between comments does not hold for a double click, which would lose its link.
        var counted = (before is null ? newComments : comments).For(network);
        if (await limiter.FindWaitAsync(db, counted) is { } wait)
            return new CommentSubmitResult(
                CommentSubmitOutcome.TooMany, RetryAfter: wait, IsRepeat: before is not null && comment.Email is not null);
        if (before is not null && comment.Email is not null && await IsUntouchedAsync(db, before.Comment))
        {
            if (await db.Set<CommentToken>().CountAsync(link => link.CommentId == before.Comment) >= MostLinks)
                return new CommentSubmitResult(CommentSubmitOutcome.TooMany, RetryAfter: before.At + SameFor - now, IsRepeat: true);
            return await InsertAsync(CommentSubmitOutcome.ReceivedBefore, before.Comment);
        }

        if (comment.ParentId is { } parent && !await db.Set<Comment>().Shown().AnyAsync(
            other => other.Id == parent && other.Article == comment.Article && other.ParentId == null))
            return new CommentSubmitResult(CommentSubmitOutcome.NoSuchParent);

        IEnumerable<CommentFlag> flags = before is null
            ? arriving.Flags
            : [.. arriving.Flags, SentAgainFlag.ToEntity(comment.Id, comment.Revision)];
        return await InsertAsync(CommentSubmitOutcome.Received, comment.Id, [comment, .. flags]);

        // Whatever arrives counts, is known again, and has a link to its author's page.
        async Task<CommentSubmitResult> InsertAsync(CommentSubmitOutcome outcome, Guid id, params IEnumerable<object> rows)
        {
            var token = SecretToken.New();
            await inserts.InsertAsync(
                [
                    .. rows,
                    .. limiter.EventsOf(counted),
                    new CommentArrival { Content = content.Today, Network = network.Narrow.Today, CommentId = id, At = now },
                    new CommentToken
                    {
                        Hash = SecretToken.Hash(CommentToken.Purpose, token)!,
                        CommentId = id,
                        ExpiresAt = now.AddDays(options.Value.WriterPageDays),
                    },
                ],
                CancellationToken.None);
            return new CommentSubmitResult(outcome, token);
        }
    }

    /// <summary>Both limits have this name, so they share one count.</summary>
    private static RateLimit Limit(CommentLimitOptions limits, params RateWindow[] more) =>
        new(
            "comments",
            [new(limits.CommentsInTenMinutes, TimeSpan.FromMinutes(10)), new(limits.CommentsInADay, TimeSpan.FromDays(1)), .. more]);

    /// <summary>
    /// Hashes everything that was typed. Only the text, which comes last, may hold line ends, so no two comments are joined to the same.
    /// </summary>
    private static byte[] ContentHashOf(Comment comment) =>
        SHA256.HashData(
            Encoding.UTF8.GetBytes($"{comment.Article}\n{comment.ParentId}\n{comment.Author}\n{comment.Email}\n{comment.Text}"));

    /// <summary>
    /// Whether only the author and moderators can have seen the words, so that whoever sends them again is the author. After an approval
    /// that was undone readers may have seen them; only its entry in the audit tells.
    /// </summary>
    private static Task<bool> IsUntouchedAsync(ArmTwitchDb db, Guid id) => db.Set<Comment>().AnyAsync(
        comment =>
            comment.Id == id && comment.Status == CommentStatus.Pending && !db.Set<CommentDecision>().Any(entry => entry.CommentId == id));

    private sealed record PreviousSubmission(Guid Comment, DateTimeOffset At);

    private sealed class PendingComment(Comment comment, IReadOnlyList<CommentFlag> flags, ClientNetwork network)
    {
        private int claims;

        public Comment Comment => comment;

        public IReadOnlyList<CommentFlag> Flags => flags;

        public ClientNetwork Network => network;

        /// <summary>Continues asynchronously: a waiting request must not go on within the transaction that sets it.</summary>
        public TaskCompletionSource<CommentSubmitResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsClaimed => Volatile.Read(ref claims) is not 0;

        /// <returns>Whether the caller is the one to set <see cref="Result"/>.</returns>
        public bool TryClaim() => Interlocked.Exchange(ref claims, 1) is 0;
    }
}
