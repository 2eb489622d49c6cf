using ArmTwitch.Articles;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Pages;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>
/// What editors do with issues. Each action changes the state by a conditional statement, so that of two editors only one succeeds.
/// </summary>
public sealed partial class IssueService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, ArticleLibrary library, IssueComposer composer,
    IssueMailFactory mails, IssueAudience audience, MailingService mailings, Outbox outbox, Site site,
    TimeProvider clock, ILogger<IssueService> logger)
{
    internal const string PausedByEditor = "An editor paused it.";

    private const string Changed = "The issue stands elsewhere now. This page shows where.";

    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(366);

    /// <summary>Some issues, the newest first. The first page begins with those that are only a file so far.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    public async Task<IssueListPage> ListAsync(Guid? after = null, int most = IssueListPage.Size, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var some = db.Set<Issue>().AsNoTracking();
        if (after is { } last)
            some = some.Where(issue => issue.Id.CompareTo(last) < 0);
        var rows = await some.OrderByDescending(issue => issue.Id).Take(most + 1).ToListAsync(cancellationToken);
        var files = after is null ? await ListOnlyFilesAsync(db, cancellationToken) : [];
        return new(
            [.. files, .. await composer.LookAtAsync(rows.Take(most), cancellationToken)],
            rows.Count > most ? rows[most - 1].Id : null);
    }

    /// <summary>The issues that wait for an editor, or for their time.</summary>
    public async Task<IReadOnlyList<IssueOverview>> ListOpenAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var rows = await db.Set<Issue>().AsNoTracking()
            .Where(issue => issue.State == IssueState.Draft || issue.State == IssueState.Scheduled
                || issue.State == IssueState.Paused || issue.State == IssueState.PrepareFailed)
            .ToListAsync(cancellationToken);
        return
        [
            .. await ListOnlyFilesAsync(db, cancellationToken),
            .. await composer.LookAtAsync(rows, cancellationToken),
        ];
    }

    /// <returns>Null when there is no such issue.</returns>
    public async Task<IssueOverview?> FindAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        var row = await composer.FindRowAsync(slug, cancellationToken);
        var count = row?.MailingId is { } mailing ? await mailings.CountAsync(mailing, cancellationToken) : null;
        return row is not null ? await composer.LookAtAsync(row, count, cancellationToken)
            : library.Current.FindIssueFile(slug) is { } file ? composer.LookAt(file, null, null)
            : null;
    }

    /// <summary>The mail as it was sent, or as it would be sent now.</summary>
    /// <returns>The mail, or why there is none. A draft that may not be sent yet has both.</returns>
    public async Task<(IssueMail? Mail, string? Trouble)> PreviewAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        var row = await composer.FindRowAsync(slug, cancellationToken);
        if (row?.MailingId is { } id && await mailings.FindAsync(id, cancellationToken) is { } mailing)
            return mailing.Html.Length > 0
                ? (new IssueMail(mailing.Subject, mailing.Html, mailing.Text), null)
                : (null, "The mail was sent more than 30 days ago, and its text is deleted. The issue is still on the web.");
        var (content, trouble) = await composer.ComposeAsync(slug, at: null, cancellationToken);
        return (content is null ? null : mails.Create(content), trouble);
    }

    /// <param name="at">When it is to go out; null for now.</param>
    /// <returns>What has to be mended before an issue can be sent, in words for the editor; null when nothing has.</returns>
    public async Task<string?> FindFaultAsync(Slug slug, DateTimeOffset? at, CancellationToken cancellationToken = default) =>
        mails.Missing ?? (await composer.ComposeAsync(slug, at ?? clock.GetUtcNow(), cancellationToken)).Trouble ?? await FindNobodyAsync(cancellationToken);

    /// <summary>Sends one copy to a moderator. It is not counted, and its unsubscribe link leads to the newsletter's page.</summary>
    public async Task<IssueActionResult> SendTestAsync(Slug slug, string to, CancellationToken cancellationToken = default)
    {
        if (mails.Missing is { } missing)
            return new(missing);
        var (mail, trouble) = await PreviewAsync(slug, cancellationToken);
        if (mail is null)
            return new(trouble);
        var instead = site.Absolute("/newsletter");
        await using var write = await writing.BeginAsync(cancellationToken);
        outbox.Queue(write.Db, new MailDraft(
            $"newsletter test {Guid.CreateVersion7()}", to, $"[Test] {mail.Subject}",
            mail.Text.Replace(Mailing.UnsubscribePlaceholder, instead, StringComparison.Ordinal),
            mail.Html.Replace(Mailing.UnsubscribePlaceholder, instead, StringComparison.Ordinal)));
        await write.CommitAsync(cancellationToken);
        return IssueActionResult.Done;
    }

    /// <summary>The audit entries of an issue, the newest first.</summary>
    public async Task<IReadOnlyList<IssueAuditEntry>> ListAuditEntriesAsync(Slug slug, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<IssueAuditEntry>().AsNoTracking()
            .Where(step => db.Set<Issue>().Any(issue => issue.Slug == slug && issue.Id == step.IssueId))
            .OrderByDescending(step => step.Id).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Has an issue sent at a time, or at once. An issue that is scheduled, late or could not be prepared gets a new time.
    /// </summary>
    /// <param name="by"><inheritdoc cref="IssueAuditEntry.By" path="/summary"/></param>
    /// <param name="seenHash">The <see cref="IssueMail.Hash"/> of the mail that was looked at: no other mail is sent.</param>
    /// <param name="at">Null for now.</param>
    public async Task<IssueActionResult> ScheduleAsync(
        Slug slug, string by, string seenHash, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        if (at is { } chosen && FindTimeFault(chosen, now) is { } noTime)
            return new(noTime);
        if (mails.Missing is { } missing)
            return new(missing);
        var (content, trouble) = await composer.ComposeAsync(slug, at ?? now, cancellationToken);
        if ((trouble ?? await FindObstacleAsync(mails.Create(content!), seenHash, at is not null, cancellationToken)) is { } obstacle)
            return new(obstacle);

        await using var write = await writing.BeginAsync(cancellationToken);
        if (!await write.Db.Set<Issue>().AnyAsync(issue => issue.Slug == slug, cancellationToken))
        {
            write.Db.Add(
                new Issue { Slug = slug, Subject = content!.File.Subject, Preheader = content.File.Preheader, CreatedAt = now });
            try
            {
                await write.Db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException)
            {
                // Another editor has just added it on another replica.
                return new(Changed);
            }
        }

        // Whoever saves the draft between the look above and this statement makes it another version; whoever deletes it, another issue.
        var (version, draft) = (content!.Version, content.DraftId);
        var moved = await write.Db.Set<Issue>().Where(issue => issue.Slug == slug && issue.Version == version && (draft == null || issue.Id == draft)
            && (issue.State == IssueState.Draft || issue.State == IssueState.Scheduled || issue.State == IssueState.PrepareFailed))
            .ExecuteUpdateAsync(
                set => set.SetProperty(issue => issue.State, IssueState.Scheduled)
                    .SetProperty(issue => issue.ScheduledFor, at ?? now).SetProperty(issue => issue.Trouble, (string?)null)
                    .SetProperty(issue => issue.MailingId, (Guid?)null).SetProperty(issue => issue.SeenHash, seenHash),
                cancellationToken);
        if (moved is 0)
            return new(Changed);
        write.Db.Add(new IssueAuditEntry
        {
            IssueId = await write.Db.Set<Issue>().Where(issue => issue.Slug == slug)
                .Select(issue => issue.Id).SingleAsync(cancellationToken),
            Act = at is null ? IssueAuditAction.SentNow : IssueAuditAction.Scheduled,
            By = by,
            At = now,
            ScheduledFor = at
        });
        await write.CommitAsync(cancellationToken);
        LogScheduled(slug, at ?? now);
        return IssueActionResult.Done;
    }

    /// <returns>Why an issue cannot be scheduled for a time, in words for the editor; null when it can.</returns>
    public static string? FindTimeFault(DateTimeOffset at, DateTimeOffset now) =>
        at < now ? "That time has passed. Choose one that lies ahead."
        : at > now + FarthestAhead ? "That is more than a year ahead. Choose a time within a year."
        : null;

    /// <summary>Takes an issue back from its schedule, so that it can be changed. What was approved before counts no more.</summary>
    public async Task<IssueActionResult> UnscheduleAsync(Slug slug, string by, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var scheduled = write.Db.Set<Issue>().Where(issue => issue.Slug == slug);
        if (await scheduled.Where(issue => issue.State == IssueState.Scheduled).ExecuteUpdateAsync(
            set => set.SetProperty(issue => issue.State, IssueState.Draft).SetProperty(issue => issue.ScheduledFor, (DateTimeOffset?)null)
                .SetProperty(issue => issue.SeenHash, (string?)null).SetProperty(issue => issue.Trouble, (string?)null),
            cancellationToken) is 0)
            return new(Changed);
        write.Db.Add(new IssueAuditEntry
        {
            IssueId = await scheduled.Select(issue => issue.Id).SingleAsync(cancellationToken),
            Act = IssueAuditAction.Unscheduled,
            By = by,
            At = clock.GetUtcNow()
        });
        await write.CommitAsync(cancellationToken);
        return IssueActionResult.Done;
    }

    /// <returns>Why the mail may not be sent, in words for the editor; null when it may.</returns>
    private async Task<string?> FindObstacleAsync(IssueMail mail, string seenHash, bool isForLater, CancellationToken cancellationToken)
    {
        if (mail.Hash != seenHash)
            return "The text has changed since you looked at it: its words, or an article in it. "
                + $"Nothing was {(isForLater ? "scheduled" : "sent")}. This page shows it as it is now; look at it, then press again.";
        if (mail.IsTooBig)
            return $"The mail is bigger than {IssueMail.MostHtml / 1000} kB. Gmail would cut it off above the link to leave. Shorten it.";
        return await FindNobodyAsync(cancellationToken);
    }

    private async Task<string?> FindNobodyAsync(CancellationToken cancellationToken) =>
        await audience.CountAsync(cancellationToken) is 0 ? "Nobody has confirmed the newsletter yet, so there is nobody to send it to." : null;

    public async Task<IssueActionResult> PauseAsync(Slug slug, string by, CancellationToken cancellationToken = default)
    {
        // The scheduler, which follows the mailing, may have paused the issue already.
        var isDone = await ChangeStateAsync(
            new(slug, [IssueState.Sending, IssueState.Paused], IssueState.Paused, IssueAuditAction.Paused, by) { Trouble = PausedByEditor },
            (db, mailing) => MailingService.PauseAsync(db, mailing, PausedByEditor, cancellationToken), cancellationToken);
        return isDone ? IssueActionResult.Done : new(Changed);
    }

    public async Task<IssueActionResult> ResumeAsync(Slug slug, string by, CancellationToken cancellationToken = default)
    {
        var isDone = await ChangeStateAsync(
            new(slug, [IssueState.Paused, IssueState.Sending], IssueState.Sending, IssueAuditAction.Resumed, by),
            (db, mailing) => mailings.ResumeAsync(db, mailing, cancellationToken), cancellationToken);
        return isDone ? IssueActionResult.Done : new(Changed);
    }

    /// <summary>Ends an issue for good. Mails that are being sent are finished; those that wait are not sent.</summary>
    public async Task<IssueActionResult> CancelAsync(Slug slug, string by, CancellationToken cancellationToken = default)
    {
        List<IssueState> open =
            [IssueState.Draft, IssueState.Scheduled, IssueState.Preparing, IssueState.Sending, IssueState.Paused, IssueState.PrepareFailed];
        if (library.Current.FindIssueFile(slug) is not null && await composer.FindRowAsync(slug, cancellationToken) is null)
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
            // The issue is cancelled all the same; the mail sender finishes the mailing in its next round.
        }

        return IssueActionResult.Done;

        async Task<bool> CancelMailsAsync(ArmTwitchDb db, Guid mailing)
        {
            await MailingService.CancelAsync(db, mailing, cancellationToken);
            return true;
        }
    }

    private async Task<IReadOnlyList<IssueOverview>> ListOnlyFilesAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var files = library.Current.IssueFiles.ToList();
        var slugs = files.Select(file => file.Slug).ToList();
        var known = await db.Set<Issue>().Where(issue => slugs.Contains(issue.Slug)).Select(issue => issue.Slug).ToListAsync(cancellationToken);
        return [.. files.Where(file => !known.Contains(file.Slug)).Select(file => composer.LookAt(file, null, null))];
    }

    /// <summary>Changes the state of an issue and of its mailing and adds the audit entry, in one transaction.</summary>
    /// <param name="changeMailing">Called with the mailing, if there is one; false undoes everything.</param>
    private async Task<bool> ChangeStateAsync(
        StateChange change, Func<ArmTwitchDb, Guid, Task<bool>> changeMailing, CancellationToken cancellationToken)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        if (await write.Db.Set<Issue>().Where(issue => issue.Slug == change.Slug && change.From.Contains(issue.State))
            .ExecuteUpdateAsync(
                set => set.SetProperty(issue => issue.State, change.To).SetProperty(issue => issue.Trouble, change.Trouble),
                cancellationToken) is 0)
            return false;
        var moved = await write.Db.Set<Issue>().AsNoTracking().SingleAsync(issue => issue.Slug == change.Slug, cancellationToken);
        if (moved.MailingId is { } mailing && !await changeMailing(write.Db, mailing))
            return false;
        write.Db.Add(new IssueAuditEntry { IssueId = moved.Id, Act = change.Act, By = change.By, At = clock.GetUtcNow() });
        await write.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>An editor's action.</summary>
    /// <param name="From">The states in which it is possible.</param>
    private sealed record StateChange(Slug Slug, List<IssueState> From, IssueState To, IssueAuditAction Act, string By)
    {
        /// <summary>What the screen says about the new state.</summary>
        public string? Trouble { get; init; }
    }

    [LoggerMessage(LogLevel.Information, "Issue {Slug} is scheduled for {At}")]
    private partial void LogScheduled(Slug slug, DateTimeOffset at);

    [LoggerMessage(LogLevel.Information, "Issue {Slug} is cancelled")]
    private partial void LogCancelled(Slug slug);
}
