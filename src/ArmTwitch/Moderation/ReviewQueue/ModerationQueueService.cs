using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.QueueQueries;
using ArmTwitch.Moderation.QueueState;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>Lists the comments that wait for a moderator, and records who has which of them open.</summary>
public sealed partial class ModerationQueueService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, ArticleLibrary articles, CommentChangeNotifier notifier,
    CommentRowLock commentRows, TimeProvider clock, ILogger<ModerationQueueService> logger)
{
    public const int PageSize = 50;

    /// <summary>How many comments can be marked as spam together.</summary>
    public const int MostTogether = 500;

    /// <summary>How long a claim is valid unless it is renewed.</summary>
    public static readonly TimeSpan ClaimLife = TimeSpan.FromMinutes(2);

    /// <param name="after">The last comment of the page before; null for the first page.</param>
    /// <param name="me">The moderator who looks; null for nobody.</param>
    public async Task<QueueSlice> ListAsync(
        QueueFilter filter, QueueCursor? after = null, Guid? me = null, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var related = await FindRelatedAsync(db, filter, cancellationToken);
        var all = QueueFiltering.Apply(db, filter, related, me);
        var parts = QueueOrder.Of(filter, me);
        var rows = new List<(QueueRow Row, QueueCursor Cursor)>();
        for (var part = after?.Part ?? 0; part < parts.Count && rows.Count <= PageSize; part++)
        {
            var next = parts[part].Of(all, after?.Part == part ? after : null).Take(PageSize + 1 - rows.Count);
            foreach (var (comment, row) in await ReadRowsAsync(db, next, cancellationToken))
                rows.Add((row, new QueueCursor(part, parts[part].TimeOf(comment), comment.Id)));
        }

        var hasMore = rows.Count > PageSize;
        var counted = parts is [var only] ? only.Of(all, null) : all;
        var total = hasMore || after is not null ? await counted.Take(QueueCounts.Most + 1).CountAsync(cancellationToken) : rows.Count;
        return new([.. rows.Take(PageSize).Select(one => one.Row)], total, hasMore ? rows[PageSize - 1].Cursor : null);
    }

    /// <returns>
    /// How many a search of one tab would find in all tabs, counted up to <see cref="QueueCounts.Most"/>; null when it is no such search.
    /// </returns>
    public async Task<int?> CountInAllTabsAsync(QueueFilter filter, CancellationToken cancellationToken = default)
    {
        if (filter.InAllTabs is not { } wider)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await QueueFiltering.Apply(db, wider).Take(QueueCounts.Most + 1).CountAsync(cancellationToken);
    }

    /// <returns>What may be a crisis, up to <see cref="QueueCounts.Most"/>; what has waited longest first.</returns>
    public async Task<IReadOnlyList<WaitingCrisis>> ListCrisesAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var filter = new QueueFilter(QueueTab.Crisis);
        return await QueueOrder.Of(filter).Single().Of(QueueFiltering.Apply(db, filter), null).Take(QueueCounts.Most)
            .Select(comment => new WaitingCrisis(comment.Id, comment.Author)).ToListAsync(cancellationToken);
    }

    /// <returns>Where a page begins whose first comment is this one; null when the list does not have it.</returns>
    public async Task<QueueCursor?> FindPlaceAsync(
        QueueFilter filter, Comment comment, Guid? me = null, CancellationToken cancellationToken = default)
    {
        if (filter.RelatedTo is not null)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var one = QueueFiltering.Apply(db, filter, me: me).Where(listed => listed.Id == comment.Id);
        foreach (var (number, part) in QueueOrder.Of(filter, me).Index())
        {
            if (await part.Of(one, null).AnyAsync(cancellationToken))
                return QueueCursor.Before(comment, number, part);
        }

        return null;
    }

    /// <returns>Those of some comments that the list no longer has, on any page, or has with another text.</returns>
    public async Task<IReadOnlyList<CommentVersion>> FindGoneAsync(
        QueueFilter filter, IReadOnlyList<CommentVersion> some, Guid? me = null, CancellationToken cancellationToken = default)
    {
        if (some.Count is 0)
            return [];
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var related = await FindRelatedAsync(db, filter, cancellationToken);
        List<Guid> ids = [.. some.Select(version => version.Id)];
        var listed = QueueFiltering.Apply(db, filter, related, me).Where(comment => ids.Contains(comment.Id));
        var there = await listed.Select(comment => new CommentVersion(comment.Id, comment.Revision)).ToListAsync(cancellationToken);
        return [.. some.Except(there)];
    }

    /// <returns>The first of all pages, as many as can be marked together.</returns>
    public async Task<IReadOnlyList<CommentVersion>> ListVersionsAsync(QueueFilter filter, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var all = QueueFiltering.Apply(db, filter);
        var versions = new List<CommentVersion>();
        foreach (var part in QueueOrder.Of(filter))
            versions.AddRange(await part.Of(all, null).Take(MostTogether - versions.Count)
                .Select(comment => new CommentVersion(comment.Id, comment.Revision)).ToListAsync(cancellationToken));
        return versions;
    }

    /// <summary>Each number comes from an index, and no more than <see cref="QueueCounts.Most"/> rows are read for it.</summary>
    /// <param name="me">The moderator who looks; null for nobody.</param>
    public async Task<QueueCounts> CountAsync(Guid? me = null, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await QueueCounting.CountAsync(db, me, cancellationToken);
    }

    /// <returns>Null when nothing that waits was passed on to the moderator.</returns>
    public async Task<NewestForMe?> FindNewestForMeAsync(Guid me, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await NewestForMe.FindAsync(db, me, cancellationToken);
    }

    /// <summary>All articles and all rules: to look for those of the comments that wait would read every one of them.</summary>
    public QueueFilterChoices ListChoices() => new(
        [.. articles.Current.All.Select(article => (article.Slug, article.Title)).OrderBy(one => one.Title, StringComparer.Ordinal)],
        FlagTitles.All);

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
            claim)
        {
            Notes = await db.Set<CommentNote>().AsNoTracking().Where(note => note.CommentId == id)
                .OrderBy(note => note.Id).ToListAsync(cancellationToken),
            Related = (await RelatedComments.FindAsync(db, id, clock.GetUtcNow(), cancellationToken)).Count,
            Answers = await comments.Shown().Where(one => one.ParentId == (comment.ParentId ?? id) && one.Badge != null)
                .OrderBy(one => one.Id).ToListAsync(cancellationToken),
            NotFor = past.IsAppeal && past.Last?.ModeratorId is { } refuser
                && await db.Users.AnyAsync(other => other.Id != refuser, cancellationToken) ? refuser : null,
            PassedOn = comment is { IsWaiting: true, EscalatedTo: { } colleague } ? await FindPassedOnAsync(colleague) : null,
        };

        async Task<PassedOn> FindPassedOnAsync(Guid colleague) => new(
            colleague,
            await db.Users.Where(one => one.Id == colleague).Select(one => one.DisplayName).FirstOrDefaultAsync(cancellationToken)
                ?? "somebody",
            past.LastPassedOn?.By ?? "somebody",
            past.LastPassedOn is { } entry && past.IsLast(entry) ? entry : null);
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

    /// <summary>With the comment itself, so that whoever looks for others does not lose it.</summary>
    private async Task<IReadOnlyList<Guid>?> FindRelatedAsync(ArmTwitchDb db, QueueFilter filter, CancellationToken cancellationToken) =>
        filter.RelatedTo is { } one ? [one, .. await RelatedComments.FindAsync(db, one, clock.GetUtcNow(), cancellationToken)] : null;

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

    private async Task<IReadOnlyList<(Comment Comment, QueueRow Row)>> ReadRowsAsync(
        ArmTwitchDb db, IQueryable<Comment> comments, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (hidden, reported) = (DecisionHistory.WithHiddenOriginal(db), QueueFiltering.Reported(db, db.Set<Comment>()));
        var rows = await comments.Select(comment => new
        {
            Comment = comment,
            IsReported = reported.Any(one => one.Id == comment.Id),
            HasNotes = db.Set<CommentNote>().Any(note => note.CommentId == comment.Id),
            IsSealed = hidden.Any(one => one.Id == comment.Id),
            ClaimedByName = db.Users.Where(moderator => moderator.Id == comment.ClaimedBy)
                .Select(moderator => moderator.DisplayName).FirstOrDefault(),
            EscalatedToName = db.Users.Where(moderator => moderator.Id == comment.EscalatedTo)
                .Select(moderator => moderator.DisplayName).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => (
            row.Comment,
            ToRow(row.Comment, row.IsSealed, row.ClaimedByName) with
            {
                IsReported = row.IsReported, HasNotes = row.HasNotes, EscalatedToName = row.EscalatedToName,
            }))];

        QueueRow ToRow(Comment comment, bool isSealed, string? claimedBy) => new(
            comment.Id, comment.Revision, comment.Author, TitleOf(comment.Article), CommentExcerpt.Of(comment, isSealed), comment.Level,
            comment.SpamScore, comment.IsWaiting, comment is { Status: CommentStatus.Pending, Appeal: not null }, comment.WaitingSince,
            comment.ClaimedUntil > now && comment.ClaimedBy is { } moderator ? new(moderator, claimedBy ?? "somebody") : null,
            comment.IsWaiting ? comment.EscalatedTo : null);
    }

    [LoggerMessage(LogLevel.Information, "The original of comment {CommentId} was read by {ModeratorId}")]
    private partial void LogRead(Guid commentId, Guid? moderatorId);
}
