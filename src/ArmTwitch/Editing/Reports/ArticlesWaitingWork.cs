using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Publishing;
using ArmTwitch.Data;
using ArmTwitch.Editing.Screens;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Dashboard;

namespace ArmTwitch.Editing.Reports;

/// <summary>What articles ask of editors.</summary>
internal sealed class ArticlesWaitingWork(ContentReports reports) : IWaitingWork
{
    public ModerationNavigationGroup Group => ModerationNavigationGroup.Articles;

    public ModeratorRole AtLeast => ModeratorRole.Editor;

    public async Task<IReadOnlyList<WaitingWork>> FindAsync(CurrentModerator moderator, CancellationToken cancellationToken = default)
    {
        var report = await reports.GetAsync();
        var dueSoon = report.Articles.Count(article => article.IsReviewNear);
        return
        [
            Count("article held back for errors", "articles held back for errors", ArticleFilter.HeldBack, WaitingUrgency.Today),
            new(
                "published article with errors", "published articles with errors",
                report.Articles.Count(article => article.NeedsMending && article.File.State is not PublicationState.HeldBack),
                ArticleFilters.AddressOf(ArticleFilter.ToMend), WaitingUrgency.Today),
            new(
                "overdue review", "overdue reviews", report.Articles.Count(article => article.IsOverdue),
                ArticleFilters.AddressOf(ArticleFilter.ReviewDue), WaitingUrgency.Later,
                dueSoon > 0 ? $"{dueSoon} more due within {ArticleReport.DaysOfNotice} days" : null),
            new(
                "draft with errors or remarks", "drafts with errors or remarks",
                report.Articles.Count(article => article.File.State is PublicationState.Draft && article.Faults.Count > 0),
                ArticleFilters.AddressOf(ArticleFilter.Drafts), WaitingUrgency.Later),
            new(
                "error in another file", "errors in other files", report.Others.Count(fault => fault.Level is DiagnosticSeverity.Error),
                ArticleFilters.Home, WaitingUrgency.Today),
        ];

        WaitingWork Count(string one, string many, ArticleFilter filter, WaitingUrgency urgency) =>
            new(one, many, report.Articles.Count(article => article.Fits(filter)), ArticleFilters.AddressOf(filter), urgency);
    }
}
