using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace ArmTwitch.Tests.Moderation;

/// <summary>The real site with comments to decide on, and moderators who decide.</summary>
public sealed class ModerationTestSite : IAsyncDisposable
{
    public static readonly Slug Article = Slug.Parse("arm-muscle-twitching");

    private readonly HttpClient visitor;
    private int written;

    /// <param name="failing">A database that can be made to fail; null for one that does not.</param>
    internal ModerationTestSite(DatabaseKind database = DatabaseKind.Sqlite, FailingCommandInterceptor? failing = null)
    {
        Site = new TestSite(database: database);
        if (failing is not null)
            Site.With(failing.AddTo);
        visitor = Site.Visit();
    }

    public TestSite Site { get; }

    public DecisionService Decisions => Site.Get<DecisionService>();

    public DecisionUndoService Undo => Site.Get<DecisionUndoService>();

    public EditorReplyService Replies => Site.Get<EditorReplyService>();

    public ModerationQueueService Queue => Site.Get<ModerationQueueService>();

    public FakeTimeProvider Clock => Site.Clock;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await Site.DisposeAsync();
    }

    public async Task<Decider> AddModeratorAsync(string name, ModeratorRole role = ModeratorRole.Moderator, bool wantsDigest = false)
    {
        var email = $"{name.ToLowerInvariant()}@armtwitch.test";
        var moderator = new Moderator
        {
            DisplayName = name,
            Role = role,
            CreatedAt = Site.Clock.GetUtcNow(),
            WantsDigest = wantsDigest,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
        };
        await SaveAsync(moderator);
        return new(moderator.Id, name, role);
    }

    /// <summary>A comment that waits, unless told otherwise.</summary>
    public async Task<Comment> WriteAsync(
        string text = "Mine stopped after a week.", string? email = null, CommentStatus status = CommentStatus.Pending,
        FlagLevel level = FlagLevel.Ordinary, Guid? parent = null, string? shownText = null, bool? isWaiting = null, string? appeal = null,
        double spamScore = 0, string author = "Ada", params string[] rules)
    {
        var now = Site.Clock.GetUtcNow();
        var comment = new Comment
        {
            // Two ids of the same millisecond would have no order.
            Id = Guid.CreateVersion7(now.AddMilliseconds(written++)),
            Article = Article,
            ParentId = parent,
            Author = author,
            Email = email,
            Text = text,
            ShownText = shownText,
            Status = status,
            IsWaiting = isWaiting ?? status is CommentStatus.Pending,
            WrittenAt = now,
            WaitingSince = now,
            Level = level,
            Appeal = appeal,
            SpamScore = spamScore,
        };
        await SaveAsync([comment, .. rules.Select(rule => new CommentFlag
        {
            CommentId = comment.Id,
            Revision = 1,
            Rule = rule,
            Version = 1,
            Level = level,
            Words = text.Split(' ')[0],
            Why = $"Because of {rule}.",
        })]);
        return comment;
    }

    /// <summary>Does what an edit by the author does: there is a new version that waits; one that waits already keeps its time.</summary>
    public async Task EditAsync(Guid id, string text, FlagLevel level = FlagLevel.Ordinary)
    {
        await using var db = await OpenAsync();
        await db.Set<Comment>().Where(comment => comment.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(comment => comment.Text, text).SetProperty(comment => comment.Level, level)
                .SetProperty(comment => comment.Revision, comment => comment.Revision + 1).SetProperty(comment => comment.IsWaiting, true),
            Cancellation);
    }

    /// <summary>Does what the end of its time does: the comment is gone.</summary>
    public async Task RemoveAsync(Guid id)
    {
        await using var db = await OpenAsync();
        await db.Set<Comment>().Where(comment => comment.Id == id).ExecuteDeleteAsync(Cancellation);
    }

    /// <summary>Does what an appeal by the author does.</summary>
    public async Task AppealAsync(Guid id)
    {
        await using var db = await OpenAsync();
        await db.Set<Comment>().Where(comment => comment.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(comment => comment.Appeal, "Please look again.")
                .SetProperty(comment => comment.Status, CommentStatus.Pending).SetProperty(comment => comment.IsWaiting, true),
            Cancellation);
    }

    /// <summary>Does what the reports of three readers do.</summary>
    public async Task ReportAsync(Guid id, CommentStatus after)
    {
        await using var db = await OpenAsync();
        await db.Set<Comment>().Where(comment => comment.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(comment => comment.Status, after).SetProperty(comment => comment.IsWaiting, true), Cancellation);
    }

    public T Get<T>() where T : notnull => Site.Get<T>();

    public async Task<Comment> ReadAsync(Guid id)
    {
        await using var db = await OpenAsync();
        return await db.Set<Comment>().AsNoTracking().SingleAsync(comment => comment.Id == id, Cancellation);
    }

    public async Task<IReadOnlyList<CommentDecision>> HistoryAsync(Guid id)
    {
        await using var db = await OpenAsync();
        return await db.Set<CommentDecision>().AsNoTracking().Where(decision => decision.CommentId == id)
            .OrderBy(decision => decision.Id).ToListAsync(Cancellation);
    }

    public async Task<IReadOnlyList<OutgoingMail>> MailsAsync()
    {
        await using var db = await OpenAsync();
        return await db.Set<OutgoingMail>().AsNoTracking().OrderBy(mail => mail.Id).ToListAsync(Cancellation);
    }

    public async Task SaveAsync(params object[] rows)
    {
        await using var db = await OpenAsync();
        db.AddRange(rows);
        await db.SaveChangesAsync(Cancellation);
    }

    public Task<ArmTwitchDb> OpenAsync() => Site.Get<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync(Cancellation);
}
