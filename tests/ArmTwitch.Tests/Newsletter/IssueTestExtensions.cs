using ArmTwitch.Articles;
using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Tests.Newsletter;

internal static class IssueTestExtensions
{
    /// <summary>Looks at the mail as it is now, and has it sent.</summary>
    public static async Task<IssueActionResult> ScheduleAsync(
        this IssueService issueService, Slug slug, string by, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        var (mail, _) = await issueService.PreviewAsync(slug, cancellationToken);
        return await issueService.ScheduleAsync(slug, by, mail?.Hash ?? "", at, cancellationToken);
    }
}
