using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Newsletter.Stopping;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Pages;
using ArmTwitch.Pages.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>
/// Moves issues on: to preparing when they are due, to sending when the recipients are fixed, to sent when no mail waits.
/// </summary>
public sealed partial class IssueScheduler(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, IssueComposer composer,
    IssueAudience audience, MailingService mailings, StoppedIssueMailer stops, SubscriberSecrets secrets, Site site, PageStore store,
    IOptions<NewsletterOptions> options, IOptions<MailOptions> mailOptions, ClockComparison clocks, TimeProvider clock,
    ILogger<IssueScheduler> logger)
{
    /// <summary>What pages depend on that list or show issues.</summary>
    public const string Dependency = "newsletter issues";

    /// <summary>Number and time of the published issues when the pages were last dropped.</summary>
    private (int, DateTimeOffset?) published;

    /// <summary>One round. What a program that crashed left undone is done by the next round, here or on another replica.</summary>
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
    /// An issue that is long overdue stays scheduled: the program may have been down for days, and an editor has to look at it first.
    /// While the clock is wrong, only what an editor has sent without a time goes out.
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
        if (!await clocks.AgreeAsync(cancellationToken))
            due = due.Where(issue => db.Set<IssueAuditEntry>().Any(
                entry => entry.IssueId == issue.Id && entry.Act == IssueAuditAction.SentNow && entry.At == issue.ScheduledFor));
        await using var write = await writing.BeginAsync(db, cancellationToken);
        await due.ExecuteUpdateAsync(set => set.SetProperty(issue => issue.State, IssueState.Preparing), cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    private async Task PrepareAsync(Issue issue, CancellationToken cancellationToken)
    {
        var mailing = issue.MailingId;
        if (mailing is null)
        {
            var (content, mail, obstacle) = await composer.ComposeSeenAsync(issue, clock.GetUtcNow(), cancellationToken);
            if (obstacle is { } why)
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

    /// <summary>Fixes the text: later changes of the file have no effect.</summary>
    /// <returns>The mailing; null when another replica prepares the issue, or somebody has cancelled it.</returns>
    private async Task<Guid?> FreezeContentAsync(Issue issue, IssueContent content, IssueMail mail, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var (subject, preheader, body, lines) = (content.File.Subject, content.File.Preheader, content.File.Html(), content.Lines);
        await using var write = await writing.BeginAsync(cancellationToken);
        var mailing = mailings.Add(write.Db, new MailingDraft(mail.Subject, mail.Text, mail.Html, ListId())
        {
            SuppressionScope = SubscriptionService.Scope,
            UnsubscribeMailbox = mailOptions.Value.UnsubscribeMailto is { Length: > 0 } mailbox ? mailbox : null,
        });
        await write.Db.SaveChangesAsync(cancellationToken);
        if (await write.Db.Set<Issue>().Where(one => one.Id == issue.Id && one.State == IssueState.Preparing && one.MailingId == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.MailingId, mailing.Id)
                    .SetProperty(one => one.Subject, subject).SetProperty(one => one.Preheader, preheader)
                    .SetProperty(one => one.Body, body).SetProperty(one => one.Articles, lines).SetProperty(one => one.PreparedAt, now),
                cancellationToken) is 0)
            return null;
        await write.CommitAsync(cancellationToken);
        return mailing.Id;
    }

    /// <summary>Gives up the given mailing, if any, but not one that another replica has prepared meanwhile.</summary>
    private async Task FailAsync(Issue issue, Guid? mailing, string why, CancellationToken cancellationToken)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        if (await write.Db.Set<Issue>().Where(one => one.Id == issue.Id && one.State == IssueState.Preparing && one.MailingId == mailing)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, IssueState.PrepareFailed).SetProperty(one => one.Trouble, why)
                    .SetProperty(one => one.MailingId, (Guid?)null),
                cancellationToken) is 0)
            return;
        if (mailing is { } id)
            await MailingService.CancelAsync(write.Db, id, cancellationToken);
        await stops.QueueAsync(write.Db, issue.Slug, "could not be prepared", why, cancellationToken);
        await write.CommitAsync(cancellationToken);
        LogFailed(issue.Slug);
    }

    /// <summary>Such as <c>ArmTwitch &lt;newsletter.armtwitch.example&gt;</c> (RFC 2919).</summary>
    private string ListId()
    {
        var name = string.Concat(site.Name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '-'));
        return $"{name} <newsletter.{new Uri(site.Origin).IdnHost}>";
    }

    /// <summary>Publishes the web version, before the first mail links to it.</summary>
    private async Task<bool> PublishAsync(Issue issue, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var write = await writing.BeginAsync(cancellationToken);
        var published = await write.Db.Set<Issue>().Where(one => one.Id == issue.Id && one.State == IssueState.Preparing)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, IssueState.Sending).SetProperty(one => one.PublishedAt, now),
                cancellationToken);
        await write.CommitAsync(cancellationToken);
        return published is 1;
    }

    /// <summary>Sets the state of the issue to what has become of its mailing.</summary>
    private async Task UpdateFromMailingAsync(Issue issue, CancellationToken cancellationToken)
    {
        if (issue.MailingId is not { } id || await mailings.FindAsync(id, cancellationToken) is not { } mailing)
            return;
        switch (mailing.State)
        {
            case MailingState.Held:
                // The program that published it crashed before starting the mailing.
                await mailings.StartAsync(id, cancellationToken);
                break;
            case MailingState.Sending when issue.State is IssueState.Paused:
                await ChangeStateAsync(issue, IssueState.Sending, null, cancellationToken);
                break;
            // Also when only the reason differs: a restored backup pauses mailings.
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
        await using var write = await writing.BeginAsync(cancellationToken);
        // With the reason, which may be all that changes: two replicas would both tell the editors.
        if (await write.Db.Set<Issue>().Where(one => one.Id == issue.Id && one.State == issue.State && one.Trouble == issue.Trouble)
            .ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, to).SetProperty(one => one.Trouble, trouble)
                    .SetProperty(one => one.DoneAt, one => isEnd ? one.DoneAt ?? now : one.DoneAt),
                cancellationToken) is 0)
            return false;
        // When an editor pauses it, IssueService adds the audit entry.
        if (to is IssueState.Paused && trouble is not IssueService.PausedByEditor)
        {
            write.Db.Add(
                new IssueAuditEntry { IssueId = issue.Id, Act = IssueAuditAction.Paused, By = IssueAuditEntry.Program, At = now, Reason = trouble });
            await stops.QueueAsync(write.Db, issue.Slug, "is paused", trouble, cancellationToken);
        }

        await write.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// Ends a cancelled issue when no mail waits. If nobody got it, it is removed from the web, and its articles count as new again.
    /// </summary>
    private async Task EndAsync(Issue issue, bool wasRead, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var write = await writing.BeginAsync(cancellationToken);
        await write.Db.Set<Issue>().Where(one => one.Id == issue.Id).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.DoneAt, now).SetProperty(one => one.PublishedAt, one => wasRead ? one.PublishedAt : null),
            cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>Drops pages that list issues, also when another replica or a command has published one.</summary>
    private async Task InvalidateArchiveAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var shown = db.Set<Issue>().Where(issue => issue.PublishedAt != null);
        var now = (await shown.CountAsync(cancellationToken), await shown.MaxAsync(issue => issue.PublishedAt, cancellationToken));
        if (now == published)
            return;
        published = now;
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
