using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>
/// Moves issues on: to preparing when their time has come, to sending when everybody is written down, to sent when nothing waits.
/// </summary>
public sealed partial class IssueScheduler(
    IDbContextFactory<ArmTwitchDb> databases, SqliteWriteLock writeLock, IssueService issueService, IssueMailFactory mails,
    IssueAudience audience, MailingService mailings, SubscriberSecrets secrets, Site site, PageStore store,
    IOptions<NewsletterOptions> options, IOptions<MailOptions> mailOptions, TimeProvider clock, ILogger<IssueScheduler> logger)
{
    /// <summary>What pages depend on that list or show issues.</summary>
    public const string Dependency = "newsletter issues";

    private (int, DateTimeOffset?) seen;

    /// <summary>One round. Whoever died in the middle of one is picked up by the next, here or elsewhere.</summary>
    public async Task AdvanceAsync(CancellationToken cancellationToken = default)
    {
        await StartDueAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var open = await db.Set<Issue>().AsNoTracking()
            .Where(issue => issue.State == IssueState.Preparing || issue.State == IssueState.Sending
                || issue.State == IssueState.Paused || issue.State == IssueState.SentWithProblems
                || (issue.State == IssueState.Cancelled && issue.MailingId != null && issue.DoneAt == null))
            .ToListAsync(cancellationToken);
        foreach (var issue in open)
            await (issue.State is IssueState.Preparing
                ? PrepareAsync(issue, cancellationToken)
                : UpdateFromMailingAsync(issue, cancellationToken));
        await InvalidateArchiveAsync(db, cancellationToken);
    }

    /// <summary>
    /// An issue whose time is long past stays where it is: the program may have been down for days, and what was right then may be wrong
    /// now.
    /// </summary>
    private async Task StartDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var late = now - TimeSpan.FromHours(options.Value.LateHours);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var due = db.Set<Issue>()
            .Where(issue => issue.State == IssueState.Scheduled && issue.ScheduledFor <= now && issue.ScheduledFor >= late);
        if (!await due.AnyAsync(cancellationToken))
            return;
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await due.ExecuteUpdateAsync(set => set.SetProperty(issue => issue.State, IssueState.Preparing), cancellationToken);
    }

    private async Task PrepareAsync(Issue issue, CancellationToken cancellationToken)
    {
        var mailing = issue.MailingId;
        if (mailing is null)
        {
            var (content, trouble) = await issueService.ComposeAsync(issue.Slug, cancellationToken);
            var mail = content is null ? null : mails.Create(content);
            if (mail is not null && issue.SeenHash is { } seen && seen != mail.Hash)
                trouble = "Its file, or an article in it, has changed since somebody looked at it and said that it shall go. Nothing was sent. Look at it, then send it or give it another time.";
            if ((mails.Missing ?? trouble) is { } why)
            {
                await FailAsync(issue, null, why, cancellationToken);
                return;
            }

            mailing = await FreezeContentAsync(issue, content!, mail!, cancellationToken);
        }

        await secrets.PrepareAsync(cancellationToken);
        if (mailing is not { } id || await mailings.FreezeAsync(id, audience.Read(), cancellationToken) is not { } recipients)
            return;
        if (recipients is 0)
        {
            await FailAsync(issue, id, "Nobody has confirmed the newsletter any more.", cancellationToken);
            return;
        }

        if (await PublishAsync(issue, cancellationToken))
        {
            await mailings.StartAsync(id, cancellationToken);
            LogSending(issue.Slug, recipients);
        }
    }

    /// <summary>Fixes the words: from here on a change of the file changes nothing.</summary>
    /// <returns>The mailing; null when somebody else is preparing the issue, or has cancelled it.</returns>
    private async Task<Guid?> FreezeContentAsync(Issue issue, IssueContent content, IssueMail mail, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (subject, preheader, body, lines) = (content.Letter.Subject, content.Letter.Preheader, content.Letter.Html(), content.Lines);
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var mailing = mailings.Add(db, new MailingDraft(mail.Subject, mail.Text, mail.Html, ListId())
        {
            SuppressionScope = SubscriptionService.Scope,
            UnsubscribeMailbox = mailOptions.Value.UnsubscribeMailto is { Length: > 0 } mailbox ? mailbox : null,
        });
        await db.SaveChangesAsync(cancellationToken);
        if (await db.Set<Issue>().Where(one => one.Id == issue.Id && one.State == IssueState.Preparing && one.MailingId == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.MailingId, mailing.Id)
                    .SetProperty(one => one.Subject, subject).SetProperty(one => one.Preheader, preheader)
                    .SetProperty(one => one.Body, body).SetProperty(one => one.Articles, lines).SetProperty(one => one.PreparedAt, now),
                cancellationToken) is 0)
            return null;
        await transaction.CommitAsync(cancellationToken);
        return mailing.Id;
    }

    /// <summary>Gives up the mailing that this program knows of, if any, and nothing that somebody else has prepared meanwhile.</summary>
    private async Task FailAsync(Issue issue, Guid? mailing, string why, CancellationToken cancellationToken)
    {
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<Issue>().Where(one => one.Id == issue.Id && one.State == IssueState.Preparing && one.MailingId == mailing)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, IssueState.PrepareFailed).SetProperty(one => one.Trouble, why)
                    .SetProperty(one => one.MailingId, (Guid?)null),
                cancellationToken) is 0)
            return;
        if (mailing is { } id)
            await MailingService.CancelAsync(db, id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        LogFailed(issue.Slug);
    }

    /// <summary>Such as <c>ArmTwitch &lt;newsletter.armtwitch.example&gt;</c> (RFC 2919).</summary>
    private string ListId() => $"{new string([.. site.Name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '-')])} <newsletter.{new Uri(site.Origin).IdnHost}>";

    /// <summary>The web version is there before the first mail leads to it.</summary>
    private async Task<bool> PublishAsync(Issue issue, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Issue>().Where(one => one.Id == issue.Id && one.State == IssueState.Preparing)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, IssueState.Sending).SetProperty(one => one.PublishedAt, now),
                cancellationToken) is 1;
    }

    /// <summary>The outbox says how far the mails are; the issue follows.</summary>
    private async Task UpdateFromMailingAsync(Issue issue, CancellationToken cancellationToken)
    {
        if (issue.MailingId is not { } id || await mailings.FindAsync(id, cancellationToken) is not { } mailing)
            return;
        switch (mailing.State)
        {
            case MailingState.Held:
                // Whoever published it died before the mails could begin.
                await mailings.StartAsync(id, cancellationToken);
                break;
            case MailingState.Sending when issue.State is IssueState.Paused:
                await ChangeStateAsync(issue, IssueState.Sending, null, cancellationToken);
                break;
            // Also when there is another reason than before: a backup was restored.
            case MailingState.Paused when issue.State is IssueState.Sending
                || (issue.State is IssueState.Paused && issue.Trouble != mailing.PausedBecause):
                if (await ChangeStateAsync(issue, IssueState.Paused, mailing.PausedBecause, cancellationToken))
                    LogPaused(issue.Slug, mailing.PausedBecause);
                break;
            case MailingState.Cancelled when issue.State is not IssueState.Cancelled:
                await ChangeStateAsync(issue, IssueState.Cancelled, null, cancellationToken);
                break;
            case MailingState.Cancelled when mailing.DoneAt is not null && await mailings.CountAsync(id, cancellationToken) is { } count:
                await EndAsync(issue, wasRead: count.Sent + count.InDoubt > 0, cancellationToken);
                break;
            case MailingState.Done when await mailings.CountAsync(id, cancellationToken) is { } count:
                var state = count.Dead + count.InDoubt > 0 || !count.AddsUp ? IssueState.SentWithProblems : IssueState.Sent;
                if (state != issue.State && await ChangeStateAsync(issue, state, null, cancellationToken))
                    LogSent(issue.Slug, count.Sent, count.Dead, count.InDoubt);
                break;
        }
    }

    private async Task<bool> ChangeStateAsync(Issue issue, IssueState to, string? trouble, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isEnd = to is IssueState.Sent or IssueState.SentWithProblems;
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await db.Set<Issue>().Where(one => one.Id == issue.Id && one.State == issue.State)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, to).SetProperty(one => one.Trouble, trouble)
                    .SetProperty(one => one.DoneAt, one => isEnd ? one.DoneAt ?? now : one.DoneAt),
                cancellationToken) is 0)
            return false;
        // An editor's own pause is written down by whoever pressed.
        if (to is IssueState.Paused && trouble is not IssueService.PausedByEditor)
        {
            db.Add(new IssueStep { IssueId = issue.Id, Act = IssueAuditAction.Paused, By = IssueStep.Program, At = now, Reason = trouble });
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// Nothing of a cancelled issue waits any more. What nobody got goes from the web, and its articles are as new as before.
    /// </summary>
    private async Task EndAsync(Issue issue, bool wasRead, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Set<Issue>().Where(one => one.Id == issue.Id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.DoneAt, now).SetProperty(one => one.PublishedAt, one => wasRead ? one.PublishedAt : null),
            cancellationToken);
    }

    /// <summary>Somebody else may have published the issue: another replica, or a command.</summary>
    private async Task InvalidateArchiveAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var shown = db.Set<Issue>().Where(issue => issue.PublishedAt != null);
        var now = (await shown.CountAsync(cancellationToken), await shown.MaxAsync(issue => issue.PublishedAt, cancellationToken));
        if (now == seen)
            return;
        seen = now;
        store.Drop(Dependency);
    }

    [LoggerMessage(LogLevel.Information, "Issue {Slug} goes to {Audience} recipients")]
    private partial void LogSending(Articles.Slug slug, int audience);

    [LoggerMessage(LogLevel.Warning, "Issue {Slug} could not be prepared; /moderation/newsletter says why")]
    private partial void LogFailed(Articles.Slug slug);

    [LoggerMessage(LogLevel.Warning, "Issue {Slug} is paused. {Why}")]
    private partial void LogPaused(Articles.Slug slug, string? why);

    [LoggerMessage(LogLevel.Information, "Nothing of issue {Slug} waits any more: {Sent} sent, {Dead} refused, {InDoubt} unknown")]
    private partial void LogSent(Articles.Slug slug, int sent, int dead, int inDoubt);
}
