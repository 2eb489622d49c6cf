using ArmTwitch.Data;
using ArmTwitch.Moderators.Auditing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Screens;

/// <summary>What was done with issues.</summary>
public sealed class IssueAuditSource(IDbContextFactory<ArmTwitchDb> databases) : IAuditSource
{
    public int Order => 2;

    public ModeratorRole AtLeast => ModeratorRole.Editor;

    public IReadOnlyList<AuditKind> Kinds => [AuditKind.Issues];

    public async Task<IReadOnlyList<AuditLine>> ListAsync(
        AuditFilter filter, AuditPosition? after, int most, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await db.Set<IssueAuditEntry>().AsNoTracking().Newest(filter, after, Order, most).ToListAsync(cancellationToken);
        var ids = entries.Select(entry => entry.IssueId).Distinct().ToList();
        var issues = await db.Set<Issue>().Where(issue => ids.Contains(issue.Id))
            .Select(issue => new { issue.Id, issue.Slug, issue.Subject }).ToDictionaryAsync(issue => issue.Id, cancellationToken);
        return [.. entries.Select(entry => new AuditLine(new(entry.At, Order, entry.Id), entry.By, WordsOf(entry))
        {
            Subject = issues.TryGetValue(entry.IssueId, out var issue) ? issue.Subject : null,
            SubjectAddress = issue is null ? null : $"/moderation/newsletter/{issue.Slug}",
            SubjectRole = ModeratorRole.Editor,
            Detail = entry.Reason,
        })];
    }

    private static string WordsOf(IssueAuditEntry entry) => entry.Act switch
    {
        IssueAuditAction.Scheduled => $"Scheduled an issue for {IssueLabels.Time(entry.ScheduledFor)} UTC",
        IssueAuditAction.Unscheduled => "Took an issue back from its schedule",
        IssueAuditAction.SentNow => "Sent an issue",
        IssueAuditAction.Paused => "Paused an issue",
        IssueAuditAction.Resumed => "Resumed an issue",
        IssueAuditAction.Cancelled => "Cancelled an issue",
        IssueAuditAction.CopiesSettled => "Noted copies of an issue as arrived",
        IssueAuditAction.CopiesRepeated => "Sent copies of an issue again",
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry.Act, "No such act"),
    };
}
