using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Newsletter.Stopping;

/// <summary>Issues that stand still although no editor has wanted that.</summary>
internal static class StoppedIssues
{
    public static IQueryable<Issue> WhereStopped(this IQueryable<Issue> issues) =>
        issues.Where(issue => issue.State == IssueState.PrepareFailed
            || (issue.State == IssueState.Paused && issue.Trouble != IssueService.PausedByEditor));
}
