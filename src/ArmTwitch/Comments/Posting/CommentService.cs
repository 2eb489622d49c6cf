using System.Net;
using ArmTwitch.Articles;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;

namespace ArmTwitch.Comments.Posting;

/// <summary>Takes comments that readers send. When it says so, a comment is on disk.</summary>
public sealed partial class CommentService(
    DatabaseInitializer database, ClientNetworkHasher networkHasher, CommentFlagger flagger, CommentBatchWriter batchWriter,
    CommentChangeNotifier notifier, TimeProvider clock, ILogger<CommentService> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="draft">Checked and cleaned.</param>
    public async Task<CommentSubmitResult> SubmitAsync(
        Slug article, CommentDraft draft, IPAddress? from, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.WhenReadyAsync(Patience, cancellationToken);
            var network = await networkHasher.HashAsync(from, cancellationToken);
            var (comment, flags) = NewComment(article, draft);
            var answer = await batchWriter.WriteAsync(comment, flags, network);
            if (answer.Outcome is CommentSubmitOutcome.Received)
            {
                LogReceived(comment.Id, article);
                notifier.Notify(comment, isSeen: false);
            }

            return answer;
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            LogNotStored(DatabaseFailureClassifier.CodeOf(failed));
            return new CommentSubmitResult(CommentSubmitOutcome.Unavailable);
        }
    }

    private (Comment Comment, IReadOnlyList<CommentFlag> Flags) NewComment(Slug article, CommentDraft draft)
    {
        var now = clock.GetUtcNow();
        var (flags, level, spam) = flagger.FlagComment(draft.Name, draft.Body, draft);
        var comment = new Comment
        {
            Article = article,
            ParentId = draft.Parent,
            Author = draft.Name,
            Email = draft.Email is { Length: > 0 } email ? email : null,
            Text = draft.Body,
            WrittenAt = now,
            WaitingSince = now,
            Level = level,
            Urgency = level,
            SpamScore = spam,
        };
        return (comment, [.. flags.Select(flag => flag.ToEntity(comment.Id, comment.Revision))]);
    }

    [LoggerMessage(LogLevel.Information, "Comment {CommentId} on {Article} waits for a moderator")]
    private partial void LogReceived(Guid commentId, Slug article);

    [LoggerMessage(LogLevel.Error, "A comment could not be stored ({Code}); its author has been asked to try again")]
    private partial void LogNotStored(string code);
}
