using ArmTwitch.Articles;
using ArmTwitch.Newsletter;

namespace ArmTwitch.Tests.Newsletter;

internal static class SeenIssue
{
    /// <summary>Looks at the mail as it is now, and has it sent.</summary>
    public static async Task<IssueAnswer> ScheduleAsync(this IssueDesk desk, Slug slug, string by, DateTimeOffset? at = null, CancellationToken cancellationToken = default)
    {
        var (mail, _) = await desk.PreviewAsync(slug, cancellationToken);
        return await desk.ScheduleAsync(slug, by, mail?.Hash ?? "", at, cancellationToken);
    }
}
