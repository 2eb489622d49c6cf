using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Dashboard;
using ArmTwitch.Newsletter.Issues;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Screens;

/// <summary>Issues that somebody has to send or look at, and their mails whose end nobody knows.</summary>
internal sealed class IssuesWaitingWork(IssueService issues, IDbContextFactory<ArmTwitchDb> databases) : IWaitingWork
{
    private const string Home = "/moderation/newsletter";

    public ModerationNavigationGroup Group => ModerationNavigationGroup.Newsletter;

    public ModeratorRole AtLeast => ModeratorRole.Editor;

    public async Task<IReadOnlyList<WaitingWork>> FindAsync(CurrentModerator moderator, CancellationToken cancellationToken = default)
    {
        var open = await issues.ListOpenAsync(cancellationToken);
        var stopped = open.Where(issue => issue.IsLate || issue.State is IssueState.Paused or IssueState.PrepareFailed)
            .Select(issue => issue.Slug).ToList();
        var blocked = open.Where(issue => issue.Obstacle is not null).Select(issue => issue.Slug).ToList();
        var scheduled = open.Count(issue => issue is { State: IssueState.Scheduled, IsLate: false, Obstacle: null });
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var unknown = await db.Set<OutgoingMail>().Where(mail => mail.MailingId != null && mail.State == MailState.InDoubt)
            .GroupBy(mail => mail.MailingId).Select(some => new { Mailing = some.Key, Count = some.Count() })
            .ToListAsync(cancellationToken);
        var mailings = unknown.Select(some => some.Mailing).Take(2).ToList();
        var concerned = await db.Set<Issue>().Where(issue => mailings.Contains(issue.MailingId)).Select(issue => issue.Slug)
            .ToListAsync(cancellationToken);
        var drafts = open.Where(issue => issue.State is IssueState.Draft).Select(issue => issue.Slug).ToList();
        return
        [
            new("issue that has stopped", "issues that have stopped", stopped.Count, AddressOf(stopped), WaitingUrgency.Now),
            new(
                "scheduled issue that will not go out", "scheduled issues that will not go out", blocked.Count, AddressOf(blocked),
                WaitingUrgency.Today),
            new(
                "mail that may not have arrived", "mails that may not have arrived", unknown.Sum(some => some.Count), AddressOf(concerned),
                WaitingUrgency.Today),
            new(
                "issue to send", "issues to send", drafts.Count, AddressOf(drafts), WaitingUrgency.Later,
                scheduled > 0 ? $"{scheduled} more scheduled" : null),
        ];
    }

    /// <summary>The one issue, or the list.</summary>
    private static string AddressOf(List<Slug> some) => some is [var one] ? $"{Home}/{one}" : Home;
}
