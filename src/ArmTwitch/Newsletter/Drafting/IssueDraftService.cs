using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter.Drafting.Parts;
using ArmTwitch.Newsletter.Issues;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Drafting;

/// <summary>Issues that are written on the screen. A save is one conditional statement on the version that its writer began with.</summary>
public sealed partial class IssueDraftService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, ArticleLibrary library, AuditTrail audit,
    TimeProvider clock, ILogger<IssueDraftService> logger)
{
    /// <summary>How often it is tried to get an address that somebody else takes at the same time.</summary>
    private const int MostAttempts = 20;

    /// <summary>Begins an empty issue. One that this editor has begun and left empty is used again.</summary>
    public Task<Slug> StartAsync(Guid by, CancellationToken cancellationToken = default) =>
        AddAsync(new("", "", "", ""), by, mayReuse: true, cancellationToken);

    /// <summary>
    /// Begins an issue with the words and the articles of another one. The copy that this editor has made before and left as it was is used
    /// again.
    /// </summary>
    /// <returns>Null when there is no such issue that was written here.</returns>
    public async Task<Slug?> CopyAsync(Slug from, Guid by, CancellationToken cancellationToken = default) =>
        await FindAsync(from, cancellationToken) is { } before
            ? await AddAsync(before.Draft.Fit(), by, mayReuse: true, cancellationToken)
            : null;

    /// <summary>Begins an issue with words and articles. It is a new one: what is empty may be open in another tab.</summary>
    public Task<Slug> StartWithAsync(IssueDraft words, Guid by, CancellationToken cancellationToken = default) =>
        AddAsync(words.Fit(), by, mayReuse: false, cancellationToken);

    /// <returns>Null when there is no issue of that name that was written here.</returns>
    public async Task<SavedIssueDraft?> FindAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, slug, cancellationToken);
    }

    /// <summary>What is new, or was checked again since the last issue, with the heading that it gets.</summary>
    public async Task<IReadOnlyDictionary<Slug, string>> FindFreshAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var before = await IssueComposer.FindBeforeAsync(db, cancellationToken);
        return IssueContent.FindFresh(library.Current, before, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
            .ToDictionary(one => one.Article.Slug, one => one.Section);
    }

    /// <summary>
    /// Saves a draft. What another editor saved meanwhile is never overwritten: changes of different fields are put together, and of
    /// changes of the same field the earlier one stays.
    /// </summary>
    /// <param name="basis">What the editor began with.</param>
    public async Task<IssueDraftSaveResult> SaveAsync(
        Slug slug, IssueDraft draft, SavedIssueDraft basis, Guid by, CancellationToken cancellationToken = default)
    {
        var (words, version, now) = (draft.Fit(), basis.Version, clock.GetUtcNow());
        SavedIssueDraft? theirs = null;
        await using var write = await writing.BeginAsync(cancellationToken);
        while (true)
        {
            if (await TrySaveAsync(write.Db, basis.Id, words, version, by, now, cancellationToken))
            {
                var saved = await FindAsync(write.Db, slug, cancellationToken);
                await write.CommitAsync(cancellationToken);
                LogSaved(slug, version + 1);
                return new(true, saved) { Merged = theirs };
            }

            var newer = await FindAsync(write.Db, slug, cancellationToken);
            // It was deleted, and another one has got its address since.
            if (newer?.Id != basis.Id)
                return new(false, null);
            // The same words: the answer to an earlier save was lost on its way.
            if (newer.Draft == words)
                return new(true, newer);
            if (!newer.IsOpen || newer.Version == version
                || IssueDraft.Merge(basis.Draft, words, newer.Draft) is not { HasClash: false } merge)
                return new(false, newer);
            (words, version, theirs) = (merge.KeepingMine, newer.Version, newer);
        }
    }

    /// <summary>
    /// Deletes a draft that was never scheduled, and notes that in the audit. One that was has a history, and is cancelled.
    /// </summary>
    /// <param name="seen">The draft that was looked at. Once it is deleted, another one may get its address.</param>
    /// <returns>False when it was changed, scheduled or deleted meanwhile.</returns>
    public async Task<bool> DeleteAsync(SavedIssueDraft seen, CurrentModerator by, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var drafts = write.Db.Set<Issue>().Where(issue => issue.Id == seen.Id && issue.Version == seen.Version && issue.Source != null
            && issue.State == IssueState.Draft && !write.Db.Set<IssueAuditEntry>().Any(step => step.IssueId == issue.Id));
        if (await drafts.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } draft
            || await drafts.ExecuteDeleteAsync(cancellationToken) is 0)
            return false;
        var subject = draft.Subject.Trim() is { Length: > 0 } written ? written : "Untitled issue";
        audit.Add(write.Db, by, AuditAction.IssueDraftDeleted, draft.Id, detail: subject);
        await write.CommitAsync(cancellationToken);
        return true;
    }

    /// <param name="issue">The <see cref="SavedIssueDraft.Id"/> of a draft that is not there any more.</param>
    /// <returns>Who deleted it and when; null when nothing tells.</returns>
    public async Task<IssueDeletion?> FindDeletionAsync(Guid issue, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<AuditEntry>().Where(entry => entry.SubjectId == issue && entry.Act == AuditAction.IssueDraftDeleted)
            .Select(entry => new IssueDeletion(entry.By, entry.ModeratorId, entry.At)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The first free address: the name itself, then with a number behind it.</summary>
    internal static async Task<Slug> FindFreeSlugAsync(
        ArmTwitchDb db, ArticleLibrary library, string name, CancellationToken cancellationToken)
    {
        var taken = await db.Set<Issue>().Select(issue => issue.Slug).ToListAsync(cancellationToken);
        return Enumerable.Range(1, taken.Count + library.Current.IssueFiles.Count() + 1)
            .Select(number => Slug.Parse(number is 1 ? name : $"{name}-{number}"))
            .First(one => !taken.Contains(one) && library.Current.FindIssueFile(one) is null);
    }

    private async Task<Slug> AddAsync(IssueDraft words, Guid by, bool mayReuse, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAddAsync(words, by, mayReuse, cancellationToken);
            }
            catch (DbUpdateException) when (attempt < MostAttempts)
            {
                // Somebody else has just got the address on another replica, or the same editor by a second press.
            }
        }
    }

    private async Task<Slug> TryAddAsync(IssueDraft words, Guid by, bool mayReuse, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var write = await writing.BeginAsync(cancellationToken);
        if (mayReuse && await write.Db.Set<Issue>().AsNoTracking().FirstOrDefaultAsync(
            issue => issue.EditedBy == by && issue.Version == 1 && issue.DigestAfter == null && issue.State == IssueState.Draft
                && issue.Subject == words.Subject && issue.Preheader == words.Preheader && issue.Source == words.Introduction
                && issue.Articles == words.Articles && !write.Db.Set<IssueAuditEntry>().Any(step => step.IssueId == issue.Id),
            cancellationToken) is { } left)
            return left.Slug;
        var slug = await FindFreeSlugAsync(write.Db, library, $"issue-{now:yyyy-MM-dd}", cancellationToken);
        write.Db.Add(words.Begin(slug, now, by));
        await write.CommitAsync(cancellationToken);
        return slug;
    }

    private static async Task<bool> TrySaveAsync(
        ArmTwitchDb db, Guid id, IssueDraft words, int version, Guid by, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.Set<Issue>().Where(issue => issue.Id == id && issue.Version == version && issue.Source != null
            && (issue.State == IssueState.Draft || issue.State == IssueState.PrepareFailed))
            .ExecuteUpdateAsync(
                set => set.SetProperty(issue => issue.Subject, words.Subject).SetProperty(issue => issue.Preheader, words.Preheader)
                    .SetProperty(issue => issue.Source, words.Introduction).SetProperty(issue => issue.Articles, words.Articles)
                    .SetProperty(issue => issue.Version, version + 1).SetProperty(issue => issue.EditedBy, by)
                    .SetProperty(issue => issue.EditedAt, now),
                cancellationToken) is 1;

    private static async Task<SavedIssueDraft?> FindAsync(ArmTwitchDb db, Slug slug, CancellationToken cancellationToken)
    {
        if (await db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug, cancellationToken)
            is not { IsWritten: true } row)
            return null;
        var by = row.EditedBy is { } editor
            ? await db.Users.Where(one => one.Id == editor).Select(one => one.DisplayName).FirstOrDefaultAsync(cancellationToken)
                ?? IssueAuditEntry.Former
            : null;
        return new(
            new IssueDraft(row.Subject, row.Preheader, row.Source!, row.Articles), row.Version, by, row.EditedAt ?? row.CreatedAt, row.State)
        {
            Id = row.Id,
            EditorId = row.EditedBy,
        };
    }

    [LoggerMessage(LogLevel.Debug, "Issue {Slug} is saved as version {Version}")]
    private partial void LogSaved(Slug slug, int version);
}
