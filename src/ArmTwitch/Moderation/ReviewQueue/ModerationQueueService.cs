using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.TextCleaning;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueState;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>Lists the comments that wait for a moderator, and records who has which of them open.</summary>
public sealed partial class ModerationQueueService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, ArticleLibrary articles, CommentChangeNotifier notifier,
    CommentRowLock commentRows, TimeProvider clock, ILogger<ModerationQueueService> logger)
{
    public const int PageSize = 50;

    /// <summary>From this score on a comment counts as looking like advertising.</summary>
    public const double SpamLike = .9;

    /// <summary>How long a claim is valid unless it is renewed.</summary>
    public static readonly TimeSpan ClaimLife = TimeSpan.FromMinutes(2);

    private const int ExcerptLength = 120;

    /// <param name="page">Counted from 0.</param>
    public async Task<QueueSlice> ListAsync(QueueFilter filter, int page = 0, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var all = Filtered(db, filter);
        var total = await all.CountAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var hidden = DecisionHistory.WithHiddenOriginal(db);
        var ordered = filter.Status is null or CommentStatus.Pending
            ? OrderForQueue(all)
            : all.OrderByDescending(comment => comment.DecidedAt).ThenBy(comment => comment.Id);
        var rows = await ordered.Skip(page * PageSize).Take(PageSize)
            .Select(comment => new
            {
                comment.Id,
                comment.Revision,
                comment.Author,
                comment.Text,
                comment.ShownText,
                IsSealed = hidden.Any(one => one.Id == comment.Id),
                comment.Level,
                comment.SpamScore,
                comment.Status,
                comment.IsWaiting,
                IsAppeal = comment.Status == CommentStatus.Pending && comment.Appeal != null,
                comment.WaitingSince,
                ClaimedBy = comment.ClaimedUntil > now ? comment.ClaimedBy : null,
                ClaimedByName = db.Users.Where(moderator => moderator.Id == comment.ClaimedBy)
                    .Select(moderator => moderator.DisplayName).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        return new(
            [.. rows.Select(row => new QueueRow(
                row.Id, row.Revision, row.Author,
                Excerpt(
                    row.IsSealed || (row is { IsWaiting: false, ShownText: not null } && row.Status.IsPublished())
                        ? row.ShownText! : row.Text),
                row.Level, row.SpamScore, row.IsWaiting, row.IsAppeal, row.WaitingSince,
                row.ClaimedBy is { } moderator ? new CommentClaim(moderator, row.ClaimedByName ?? "somebody") : null))],
            total);
    }

    public async Task<QueueCounts> CountAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var levels = await db.Set<Comment>().Waiting().GroupBy(comment => comment.Level)
            .Select(group => new { Level = group.Key, Count = group.Count(), Oldest = group.Min(comment => comment.WaitingSince) })
            .ToListAsync(cancellationToken);
        return new(
            levels.Sum(level => level.Count),
            levels.Where(level => level.Level is FlagLevel.Crisis).Sum(level => level.Count),
            levels.Where(level => level.Level is FlagLevel.RedFlag).Sum(level => level.Count),
            levels.Count > 0 ? levels.Min(level => level.Oldest) : null);
    }

    /// <returns>The articles with comments that wait, and the rules that found something in them.</returns>
    public async Task<QueueFilterChoices> ListChoicesAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var waiting = db.Set<Comment>().Waiting();
        var slugs = await waiting.Select(comment => comment.Article).Distinct().ToListAsync(cancellationToken);
        var rules = await FlagsOf(db, waiting).Select(flag => flag.Rule).Distinct().OrderBy(rule => rule).ToListAsync(cancellationToken);
        return new([.. slugs.Select(slug => (slug, TitleOf(slug))).OrderBy(article => article.Item2, StringComparer.Ordinal)], rules);
    }

    /// <returns>Null when there is no such comment.</returns>
    public async Task<CommentReview?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var comments = db.Set<Comment>().AsNoTracking();
        if (await comments.SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is not { } comment)
            return null;
        var history = await db.Set<CommentDecision>().AsNoTracking()
            .Where(one => one.CommentId == id).OrderBy(one => one.Id).ToListAsync(cancellationToken);
        var past = new DecisionHistory(comment, history);
        var claim = comment.ClaimedUntil > clock.GetUtcNow() && comment.ClaimedBy is { } moderator
            ? new CommentClaim(
                moderator,
                await db.Users.Where(one => one.Id == moderator).Select(one => one.DisplayName).FirstOrDefaultAsync(cancellationToken)
                ?? "somebody")
            : null;
        return new(
            comment,
            past.DisplayText,
            past.OriginalText,
            TitleOf(comment.Article),
            comment.ParentId is { } parent ? await comments.SingleOrDefaultAsync(one => one.Id == parent, cancellationToken) : null,
            await FlagsOf(db, comment, past.IsOriginalHidden, cancellationToken),
            await db.Set<CommentReport>().AsNoTracking().Where(report => report.CommentId == id)
                .OrderBy(report => report.Id).ToListAsync(cancellationToken),
            history,
            past.IsOriginalHidden,
            past.IsAppeal,
            past.IsAppeal ? past.Last?.By : null,
            comment.IsWaiting ? null : past.LastBy,
            claim);
    }

    /// <summary>Shows colleagues that this moderator has the comment open. They can decide on it all the same.</summary>
    /// <returns>False when somebody else has it open.</returns>
    public async Task<bool> ClaimAsync(Guid id, Guid moderator, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = await db.Set<Comment>().AsNoTracking().SingleOrDefaultAsync(comment => comment.Id == id, cancellationToken);
        var free = db.Set<Comment>().Where(comment => comment.Id == id && comment.IsWaiting
            && (comment.ClaimedBy == null || comment.ClaimedBy == moderator || comment.ClaimedUntil <= now));
        if (!await SetClaimAsync(db, free, moderator, now + ClaimLife, cancellationToken))
            return false;
        var isRenewed = before?.ClaimedBy == moderator && before.ClaimedUntil > now;
        if (!isRenewed)
            notifier.Notify(before!, isSeen: false);
        return true;
    }

    public async Task ReleaseAsync(Guid id, Guid moderator, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var claimed = db.Set<Comment>().Where(comment => comment.Id == id && comment.ClaimedBy == moderator);
        if (await SetClaimAsync(db, claimed, null, null, cancellationToken)
            && await db.Set<Comment>().AsNoTracking().SingleOrDefaultAsync(comment => comment.Id == id, cancellationToken) is { } comment)
            notifier.Notify(comment, isSeen: false);
    }

    /// <summary>Reads the original of a comment from which something was taken out, and records who read it.</summary>
    public async Task<OriginalText> ReadOriginalAsync(CommentVersion version, Decider reader, CancellationToken cancellationToken = default)
    {
        string? text = null;
        var result = await commentRows.RunAsync(version.Id, reader, ModeratorRole.Moderator, async (db, comment) =>
        {
            if (comment.Revision != version.Revision)
                return new(DecisionOutcome.TextChanged);
            if (!(await DecisionHistory.ReadAsync(db, comment, cancellationToken)).IsOriginalHidden || comment.Text == comment.ShownText)
                return new(DecisionOutcome.NoSuchComment);
            db.Add(CommentDecision.Of(comment, DecisionKind.OriginalRead, reader.Name, clock.GetUtcNow(), reader.Id));
            text = comment.Text;
            return new(DecisionOutcome.Done);
        }, cancellationToken);
        if (result.Outcome is not DecisionOutcome.Done)
            return new(result.Outcome);
        LogRead(version.Id, reader.Id);
        return new(DecisionOutcome.Done, text);
    }

    /// <summary>
    /// Crises first, then red flags, then the rest. Within each group what looks like advertising comes last, and the oldest first.
    /// </summary>
    internal static IQueryable<Comment> OrderForQueue(IQueryable<Comment> comments) =>
        comments.OrderBy(comment => comment.Level).ThenBy(comment => comment.SpamScore >= SpamLike)
            .ThenBy(comment => comment.WaitingSince).ThenBy(comment => comment.Id);

    /// <summary>The flags of the latest version of each comment.</summary>
    internal static IQueryable<CommentFlag> FlagsOf(ArmTwitchDb db, IQueryable<Comment> comments) =>
        comments.Join(
            db.Set<CommentFlag>(), comment => new { comment.Id, comment.Revision }, flag => new { Id = flag.CommentId, flag.Revision },
            (_, flag) => flag);

    /// <summary>The most urgent first. If the original is hidden, the words that the rules found in it are hidden too.</summary>
    private static async Task<IReadOnlyList<CommentFlag>> FlagsOf(
        ArmTwitchDb db, Comment comment, bool isSealed, CancellationToken cancellationToken)
    {
        var flags = await db.Set<CommentFlag>().AsNoTracking()
            .Where(flag => flag.CommentId == comment.Id && flag.Revision == comment.Revision).ToListAsync(cancellationToken);
        if (isSealed)
            flags.ForEach(flag => flag.Words = "");
        return [.. flags.OrderBy(flag => flag.Level).ThenBy(flag => flag.Id)];
    }

    /// <returns>False when the row is not there, or not in the state that the query asks for.</returns>
    private async Task<bool> SetClaimAsync(
        ArmTwitchDb db, IQueryable<Comment> row, Guid? moderator, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        await using var write = await writing.BeginAsync(db, cancellationToken);
        var changed = await row.ExecuteUpdateAsync(
            set => set.SetProperty(comment => comment.ClaimedBy, moderator).SetProperty(comment => comment.ClaimedUntil, until),
            cancellationToken);
        await write.CommitAsync(cancellationToken);
        return changed is 1;
    }

    private string TitleOf(Slug article) => articles.Current.FindByAnySlug(article)?.Title ?? article.ToString();

    private static IQueryable<Comment> Filtered(ArmTwitchDb db, QueueFilter filter)
    {
        var comments = db.Set<Comment>().AsNoTracking();
        comments = filter.Status is { } status ? comments.Where(comment => comment.Status == status) : comments.Waiting();
        if (filter.Level is { } level)
            comments = comments.Where(comment => comment.Level == level);
        if (filter.Article is { } article)
            comments = comments.Where(comment => comment.Article == article);
        if (filter.Rule is { Length: > 0 } rule)
            comments = comments.Where(comment =>
                db.Set<CommentFlag>().Any(flag => flag.CommentId == comment.Id && flag.Revision == comment.Revision && flag.Rule == rule));
        if (filter.IsSpamLike)
            comments = comments.Where(comment => comment.SpamScore >= SpamLike);
        if (filter.Words?.Trim() is not { Length: > 0 } words)
            return comments;

        const string escape = "\\";
        var literal = words.Replace(escape, escape + escape, StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        var pattern = $"%{literal}%";
        var hidden = DecisionHistory.WithHiddenOriginal(db);
        return db.Database.IsNpgsql()
            ? comments.Where(comment => EF.Functions.ILike(comment.Author, pattern, escape)
                || EF.Functions.ILike(hidden.Any(one => one.Id == comment.Id) ? comment.ShownText! : comment.Text, pattern, escape))
            : comments.Where(comment => EF.Functions.Like(comment.Author, pattern, escape)
                || EF.Functions.Like(hidden.Any(one => one.Id == comment.Id) ? comment.ShownText! : comment.Text, pattern, escape));
    }

    private static string Excerpt(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= ExcerptLength ? line : $"{CommentTextCleaner.Excerpt(line, ExcerptLength)}…";
    }

    [LoggerMessage(LogLevel.Information, "The original of comment {CommentId} was read by {ModeratorId}")]
    private partial void LogRead(Guid commentId, Guid? moderatorId);
}
