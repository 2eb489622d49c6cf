using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>What editors do with issues. A step is one conditional statement: of two editors, the second is told.</summary>
public sealed partial class IssueService(
    IDbContextFactory<ArmTwitchDb> databases, SqliteWriteLock writeLock, ArticleLibrary library, IssueMailFactory mails,
    IssueAudience audience, MailingService mailings, Outbox outbox, Site site, IOptions<NewsletterOptions> options, TimeProvider clock,
    ILogger<IssueService> logger)
{
    internal const string PausedByEditor = "An editor paused it.";

    private const string Changed = "The issue stands elsewhere now. This page shows where.";

    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(366);

    /// <summary>Every issue: those that only a file has so far, then the others, the newest first.</summary>
    public async Task<IReadOnlyList<IssueOverview>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<Issue>().AsNoTracking().OrderByDescending(issue => issue.CreatedAt).ToListAsync(cancellationToken);
        var drafts = library.Current.IssueFiles.Where(issueFile => rows.All(row => row.Slug != issueFile.Slug))
            .Select(issueFile => ViewOf(issueFile, null, null));
        return [.. drafts, .. rows.Select(row => ViewOf(IssueFileOf(row), row, null))];
    }

    /// <returns>Null when there is no such issue.</returns>
    public async Task<IssueOverview?> FindAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        var row = await RowAsync(slug, cancellationToken);
        var count = row?.MailingId is { } mailing ? await mailings.CountAsync(mailing, cancellationToken) : null;
        return row is null && library.Current.FindIssueFile(slug) is null
            ? null
            : ViewOf(row is null ? library.Current.FindIssueFile(slug) : IssueFileOf(row), row, count);
    }

    /// <summary>The mail as it was sent, or as it would be sent now.</summary>
    /// <returns>The mail, or why there is none.</returns>
    public async Task<(IssueMail? Mail, string? Trouble)> PreviewAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        var row = await RowAsync(slug, cancellationToken);
        if (row?.MailingId is { } id && await mailings.FindAsync(id, cancellationToken) is { } mailing)
            return mailing.Html.Length > 0
                ? (new IssueMail(mailing.Subject, mailing.Html, mailing.Text), null)
                : (null, "The mail was sent more than 30 days ago, and its text is deleted. The issue is still on the web.");
        var (content, trouble) = await ComposeAsync(slug, cancellationToken);
        return content is null ? (null, trouble) : (mails.Create(content), null);
    }

    /// <summary>
    /// Makes a draft of what is new or newly reviewed since the last issue. There is one at a time: whoever asks again is shown it.
    /// </summary>
    /// <returns>Its address; null when nothing is.</returns>
    public async Task<Slug?> MakeDigestAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await FindOrMakeDigestAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else made it at the same moment, on this screen or on another replica.
            return await FindOrMakeDigestAsync(cancellationToken);
        }
    }

    private async Task<Slug?> FindOrMakeDigestAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = db.Set<Issue>().Where(issue => issue.Source != null
            && (issue.State == IssueState.Draft || issue.State == IssueState.Scheduled
                || issue.State == IssueState.Preparing || issue.State == IssueState.PrepareFailed));
        if (await open.AsNoTracking().OrderByDescending(issue => issue.CreatedAt).FirstOrDefaultAsync(cancellationToken) is { } made)
            return made.Slug;
        var last = await LastAsync(db, cancellationToken);
        var fresh = IssueContent.NewSince(library.Current, last, DateOnly.FromDateTime(now.UtcDateTime)).ToList();
        if (fresh.Count is 0)
            return null;
        var taken = await db.Set<Issue>().Select(issue => issue.Slug).ToListAsync(cancellationToken);
        var slug = Enumerable.Range(1, taken.Count + library.Current.IssueFiles.Count() + 1)
            .Select(number => Slug.Parse(number is 1 ? $"digest-{now:yyyy-MM-dd}" : $"digest-{now:yyyy-MM-dd}-{number}"))
            .First(one => !taken.Contains(one) && library.Current.FindIssueFile(one) is null);
        var issueFile = DigestOf(slug, fresh);
        db.Add(new Issue
        {
            Slug = slug,
            Subject = issueFile.Subject,
            Preheader = issueFile.Preheader,
            Source = issueFile.Source,
            DigestAfter = last?.Id ?? Guid.Empty,
            CreatedAt = now
        });
        await db.SaveChangesAsync(cancellationToken);
        return slug;
    }

    /// <summary>Sends one copy to the editor. It counts for nothing, and its link to leave leads to the newsletter's page.</summary>
    public async Task<IssueActionResult> SendTestAsync(Slug slug, string to, CancellationToken cancellationToken = default)
    {
        if (mails.Missing is { } missing)
            return new(missing);
        var (mail, trouble) = await PreviewAsync(slug, cancellationToken);
        if (mail is null)
            return new(trouble);
        var instead = site.Absolute("/newsletter");
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        outbox.Queue(db, new MailDraft(
            $"newsletter test {Guid.CreateVersion7()}", to, $"[Test] {mail.Subject}",
            mail.Text.Replace(Mailing.UnsubscribePlaceholder, instead, StringComparison.Ordinal),
            mail.Html.Replace(Mailing.UnsubscribePlaceholder, instead, StringComparison.Ordinal)));
        await db.SaveChangesAsync(cancellationToken);
        return IssueActionResult.Done;
    }

    /// <summary>Everything that was done with an issue, the newest first.</summary>
    public async Task<IReadOnlyList<IssueStep>> ListAuditEntriesAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<IssueStep>().AsNoTracking()
            .Where(step => db.Set<Issue>().Any(issue => issue.Slug == slug && issue.Id == step.IssueId))
            .OrderByDescending(step => step.Id).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Has an issue sent at a time, or at once. What is scheduled already, missed its time or could not be prepared gets a new time.
    /// </summary>
    /// <param name="by"><inheritdoc cref="IssueStep.By" path="/summary"/></param>
    /// <param name="seenHash">The <see cref="IssueMail.Hash"/> of the mail that was looked at: nothing else is sent.</param>
    /// <param name="at">Null for now.</param>
    public async Task<IssueActionResult> ScheduleAsync(
        Slug slug, string by, string seenHash, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        if (at < now || at > now + FarthestAhead)
            return new("Choose a time that lies ahead, within a year.");
        if (mails.Missing is { } missing)
            return new(missing);
        var (content, trouble) = await ComposeAsync(slug, cancellationToken);
        if (content is null)
            return new(trouble);
        var mail = mails.Create(content);
        if (mail.Hash != seenHash)
            return new("The text has changed since you looked at it: its file, or an article in it. Nothing was sent. This page shows it as it is now; look at it, then send it.");
        if (mail.IsTooBig)
            return new(
                $"The mail is bigger than {IssueMail.MostHtml / 1000} kB. Gmail would cut it off above the link to leave. Shorten it.");
        if (await audience.CountAsync(cancellationToken) is 0)
            return new("Nobody has confirmed the newsletter yet, so there is nobody to send it to.");

        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (!await db.Set<Issue>().AnyAsync(issue => issue.Slug == slug, cancellationToken))
        {
            db.Add(new Issue { Slug = slug, Subject = content.Letter.Subject, Preheader = content.Letter.Preheader, CreatedAt = now });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Another editor, on another replica, was faster.
                return new(Changed);
            }
        }

        var moved = await db.Set<Issue>().Where(issue => issue.Slug == slug
            && (issue.State == IssueState.Draft || issue.State == IssueState.Scheduled || issue.State == IssueState.PrepareFailed))
            .ExecuteUpdateAsync(
                set => set.SetProperty(issue => issue.State, IssueState.Scheduled)
                    .SetProperty(issue => issue.ScheduledFor, at ?? now).SetProperty(issue => issue.Trouble, (string?)null)
                    .SetProperty(issue => issue.MailingId, (Guid?)null).SetProperty(issue => issue.SeenHash, seenHash),
                cancellationToken);
        if (moved is 0)
            return new(Changed);
        db.Add(new IssueStep
        {
            IssueId = await IdAsync(db, slug, cancellationToken),
            Act = at is null ? IssueAuditAction.SentNow : IssueAuditAction.Scheduled,
            By = by,
            At = now,
            ScheduledFor = at
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogScheduled(slug, at ?? now);
        return IssueActionResult.Done;
    }

    public async Task<IssueActionResult> PauseAsync(Slug slug, string by, CancellationToken cancellationToken = default)
    {
        // The mover, which follows the outbox, may have been faster with the state of the issue.
        var isMoved = await ChangeStateAsync(
            new(slug, [IssueState.Sending, IssueState.Paused], IssueState.Paused, IssueAuditAction.Paused, by) { Trouble = PausedByEditor },
            (db, mailing) => MailingService.PauseAsync(db, mailing, PausedByEditor, cancellationToken), cancellationToken);
        return isMoved ? IssueActionResult.Done : new(Changed);
    }

    public async Task<IssueActionResult> ResumeAsync(Slug slug, string by, CancellationToken cancellationToken = default)
    {
        var isMoved = await ChangeStateAsync(
            new(slug, [IssueState.Paused, IssueState.Sending], IssueState.Sending, IssueAuditAction.Resumed, by),
            (db, mailing) => mailings.ResumeAsync(db, mailing, cancellationToken), cancellationToken);
        return isMoved ? IssueActionResult.Done : new(Changed);
    }

    /// <summary>Ends an issue for good. Mails that are on their way are finished; what waits is not sent.</summary>
    public async Task<IssueActionResult> CancelAsync(Slug slug, string by, CancellationToken cancellationToken = default)
    {
        List<IssueState> open =
            [IssueState.Draft, IssueState.Scheduled, IssueState.Preparing, IssueState.Sending, IssueState.Paused, IssueState.PrepareFailed];
        if (library.Current.FindIssueFile(slug) is not null && await RowAsync(slug, cancellationToken) is null)
            return new($"It is only a file so far. Delete {IssueFile.Folder}/{slug}.md, and it is gone.");
        if (!await ChangeStateAsync(
            new(slug, open, IssueState.Cancelled, IssueAuditAction.Cancelled, by), CancelMailsAsync, cancellationToken))
            return new(Changed);
        LogCancelled(slug);
        try
        {
            await mailings.FinishAsync(cancellationToken);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            // It is cancelled all the same; the sender ends what waits in its next round.
        }

        return IssueActionResult.Done;

        async Task<bool> CancelMailsAsync(ArmTwitchDb db, Guid mailing)
        {
            await MailingService.CancelAsync(db, mailing, cancellationToken);
            return true;
        }
    }

    /// <returns>What the issue brings now, or why nothing.</returns>
    internal async Task<(IssueContent? Content, string? Trouble)> ComposeAsync(Slug slug, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug, cancellationToken);
        var issueFile = row is null ? library.Current.FindIssueFile(slug) : IssueFileOf(row);
        return issueFile is null
            ? (null, $"There is no file {IssueFile.Folder}/{slug}.md without a fault. 'content check' tells what is wrong with it.")
            : IssueContent.Of(
                issueFile, library.Current, await LastAsync(db, cancellationToken),
                DateOnly.FromDateTime((row?.CreatedAt ?? clock.GetUtcNow()).UtcDateTime));
    }

    private static Task<Issue?> LastAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        db.Set<Issue>().AsNoTracking().Where(issue => issue.PublishedAt != null)
            .OrderByDescending(issue => issue.PreparedAt).FirstOrDefaultAsync(cancellationToken);

    private static IssueFile DigestOf(Slug slug, List<(string Section, Article Article)> fresh)
    {
        var subject = fresh.Count is 1 ? fresh[0].Article.Title : $"{fresh[0].Article.Title}, and {fresh.Count - 1} more";
        return new IssueFile(
            slug, subject[..Math.Min(subject.Length, IssueFile.MaxSubjectLength)],
            "What is new on arm twitching, and what was checked again.", [], IsDigest: true, "Here is what is new since the last issue.\n");
    }

    private IssueFile? IssueFileOf(Issue row) =>
        row.Source is { } source
            ? new IssueFile(row.Slug, row.Subject, row.Preheader, [], IsDigest: true, source)
            : library.Current.FindIssueFile(row.Slug);

    private IssueOverview ViewOf(IssueFile? issueFile, Issue? row, MailingCount? count)
    {
        // Until it is prepared, the file says what it is called.
        var subject = row is { PreparedAt: not null } || issueFile is null ? row!.Subject : issueFile.Subject;
        var isLate = row is { State: IssueState.Scheduled, ScheduledFor: { } time }
            && time < clock.GetUtcNow() - TimeSpan.FromHours(options.Value.LateHours);
        return new IssueOverview(
            row?.Slug ?? issueFile!.Slug, subject, row?.State ?? IssueState.Draft, row?.ScheduledFor, row?.PublishedAt, row?.DoneAt,
            row?.MailingId, row?.Trouble, isLate, count)
        {
            IsOnlyFile = row is null,
            SeenHash = row?.SeenHash
        };
    }

    private async Task<Issue?> RowAsync(Slug slug, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Issue>().AsNoTracking().SingleOrDefaultAsync(issue => issue.Slug == slug, cancellationToken);
    }

    /// <summary>
    /// Moves an issue and its mails in one transaction: whoever dies in it leaves both as they were, and nothing is done that is not
    /// written down.
    /// </summary>
    /// <param name="moveMails">Is asked about the mailing, if there is one; false undoes everything.</param>
    private async Task<bool> ChangeStateAsync(
        IssueMove move, Func<ArmTwitchDb, Guid, Task<bool>> moveMails, CancellationToken cancellationToken)
    {
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<Issue>().Where(issue => issue.Slug == move.Slug && move.From.Contains(issue.State))
            .ExecuteUpdateAsync(
                set => set.SetProperty(issue => issue.State, move.To).SetProperty(issue => issue.Trouble, move.Trouble),
                cancellationToken) is 0)
            return false;
        var moved = await db.Set<Issue>().AsNoTracking().SingleAsync(issue => issue.Slug == move.Slug, cancellationToken);
        if (moved.MailingId is { } mailing && !await moveMails(db, mailing))
            return false;
        db.Add(new IssueStep { IssueId = moved.Id, Act = move.Act, By = move.By, At = clock.GetUtcNow() });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>An editor's step with an issue.</summary>
    /// <param name="From">The states that it is taken in.</param>
    private sealed record IssueMove(Slug Slug, List<IssueState> From, IssueState To, IssueAuditAction Act, string By)
    {
        /// <summary>What an editor reads about the new state.</summary>
        public string? Trouble { get; init; }
    }

    private static Task<Guid> IdAsync(ArmTwitchDb db, Slug slug, CancellationToken cancellationToken) =>
        db.Set<Issue>().Where(issue => issue.Slug == slug).Select(issue => issue.Id).SingleAsync(cancellationToken);

    [LoggerMessage(LogLevel.Information, "Issue {Slug} is scheduled for {At}")]
    private partial void LogScheduled(Slug slug, DateTimeOffset at);

    [LoggerMessage(LogLevel.Information, "Issue {Slug} is cancelled")]
    private partial void LogCancelled(Slug slug);
}
