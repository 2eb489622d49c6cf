using System.Globalization;
using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Samples;

/// <summary>Made-up comments in every state but erased, the same at every run. The real flag rules see them.</summary>
internal sealed class SampleComments(IReadOnlyList<Slug> articles, DateTimeOffset now)
{
    private const int Batch = 1000, Spread = 7919;
    private const string Nobody = "Somebody made up";

    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(13), Wait = TimeSpan.FromHours(5);

    private static readonly string[] Names =
        ["Ada", "Ben", "Chidi", "Dilys", "Elif", "Femi", "Grace", "Hana", "Imran", "Jo", "Kofi", "Lena", "Mo"];

    private static readonly string[] Beginnings =
    [
        "My left upper arm twitched", "The muscle above my elbow jumped", "Mine started after moving house, and it went on",
        "It came back in exam week and stayed",
        "I noticed it in bed, and it lasted", "My thumb joined in later; all in all it took", "After the flu my forearm fluttered",
    ];

    private static readonly string[] Ends =
    [
        "Sleep helped more than anything.", "It stopped when I stopped looking at it.", "Less coffee made no difference for me.",
        "Thank you for the part on what is usual.",
        "Does anybody else get it on both sides?", "Some days I cannot lift my arm.", "My doctor looked at it and was not worried.",
        "Reading this let me stop reading elsewhere.",
        "I could not sleep for worry.", "Has anybody tried magnesium?", "It went as it came.",
    ];

    private static readonly string[] Advertisements =
    [
        "Buy our magnesium drops now, 50% off today only! Visit www.drops.example",
        "This miracle cure ended my twitching in 3 days, order here: https://cure.example/?id=77",
        "Best prices for pills without prescription, click https://pills.example",
    ];

    /// <summary>The states of twenty comments; most are shown, some wait.</summary>
    private static readonly CommentStatus[] States =
    [
        .. Enumerable.Repeat(CommentStatus.Approved, 12), .. Enumerable.Repeat(CommentStatus.Pending, 3), CommentStatus.Rejected,
        CommentStatus.Spam, CommentStatus.Spam, CommentStatus.Withdrawn, CommentStatus.Removed,
    ];

    private readonly CommentFlagger flagger = new(new SpamScorer());
    private (Guid Id, Slug Article)? thread;

    public async Task WriteAsync(WriteTransactionFactory writing, int count, CancellationToken cancellationToken)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        foreach (var numbers in Enumerable.Range(0, count).Chunk(Batch))
        {
            foreach (var number in numbers)
                Add(db, number, now - (Apart * (count - number)));
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
        }

        await write.CommitAsync(cancellationToken);
    }

    private void Add(DbContext db, int number, DateTimeOffset at)
    {
        var status = States[number % States.Length];
        // Every third one: if shown, it replies to the one before it; if it waits, it is an advertisement.
        var isThird = number % States.Length % 3 is 2;
        var parent = status is CommentStatus.Approved && isThird ? thread : null;
        var text = status is CommentStatus.Spam || (status is CommentStatus.Pending && isThird)
            ? Advertisements[number / States.Length % Advertisements.Length]
            : Words(number);
        var (author, isDecided) = (Names[number % Names.Length], status is not (CommentStatus.Pending or CommentStatus.Withdrawn));
        // Nothing is dated ahead: the newest were decided on sooner.
        var wait = now - at > 2 * Wait ? Wait : (now - at) / 2;
        var (flags, level, spam) = flagger.FlagComment(author, text, null);
        var comment = new Comment
        {
            Id = Guid.CreateVersion7(at),
            Article = parent?.Article ?? articles[(int)((long)number * Spread % articles.Count)],
            ParentId = parent?.Id,
            Author = author,
            Text = text,
            Status = status,
            IsWaiting = status is CommentStatus.Pending,
            WrittenAt = at,
            WaitingSince = at,
            ShownText = status is CommentStatus.Approved or CommentStatus.Removed ? text : null,
            ShownAt = status is CommentStatus.Approved or CommentStatus.Removed ? at + wait : null,
            DecidedAt = isDecided ? at + wait : null,
            Reason = status is CommentStatus.Rejected ? "This is about something else." : null,
            Level = level,
            Urgency = level,
            SpamScore = spam,
        };
        db.Add(comment);
        db.AddRange(flags.Select(flag => flag.ToEntity(comment.Id, comment.Revision)));
        db.AddRange(Decisions(comment, wait));
        if (status is CommentStatus.Approved && parent is null)
            thread = (comment.Id, comment.Article);
    }

    private static string Words(int number)
    {
        var (beginning, end) = (Beginnings[number % Beginnings.Length], Ends[number / Beginnings.Length % Ends.Length]);
        return string.Create(CultureInfo.InvariantCulture, $"{beginning} for {2 + (number % 29)} days. {end} (Made up, number {number}.)");
    }

    private static IEnumerable<CommentDecision> Decisions(Comment comment, TimeSpan wait)
    {
        return comment.Status switch
        {
            CommentStatus.Approved => [Made(DecisionKind.Approve, CommentStatus.Approved)],
            CommentStatus.Rejected => [Made(DecisionKind.Reject, CommentStatus.Rejected, code: nameof(RefusalReason.OffTopic))],
            CommentStatus.Spam => [Made(DecisionKind.Spam, CommentStatus.Spam)],
            CommentStatus.Withdrawn => [Made(DecisionKind.Withdraw, CommentStatus.Withdrawn)],
            CommentStatus.Removed => [
                Made(DecisionKind.Approve, CommentStatus.Approved),
                Made(DecisionKind.Remove, CommentStatus.Removed, CommentStatus.Approved)],
            _ => [],
        };

        CommentDecision Made(
            DecisionKind kind, CommentStatus after, CommentStatus before = CommentStatus.Pending, string? code = null) => new()
            {
                CommentId = comment.Id,
                Revision = comment.Revision,
                Kind = kind,
                By = Nobody,
                Code = code,
                Before = before,
                After = after,
                At = comment.WrittenAt + wait,
                WaitedSeconds = before is CommentStatus.Pending && kind is not DecisionKind.Withdraw ? wait.TotalSeconds : null,
                Flags = "",
            };
    }
}
