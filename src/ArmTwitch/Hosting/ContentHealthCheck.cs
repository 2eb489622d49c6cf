using ArmTwitch.Articles;
using ArmTwitch.Articles.Publishing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArmTwitch.Hosting;

/// <summary>Degraded when an article is broken or readers see none; unhealthy when no content could be read at all.</summary>
internal sealed class ContentHealthCheck(ArticleLibrary library, TimeProvider clock) : IHealthCheck
{
    private const int MaxFaults = 20;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        var content = library.Current;
        if (library.Unreadable is not null)
        {
            return content.Latest.Count > 0
                ? HealthCheckResult.Degraded("The content folder cannot be read; the last version is served.")
                : HealthCheckResult.Unhealthy("The content folder cannot be read, and there is no version to serve.");
        }

        var articles = content.Latest.Count > 0 ? Plural.Of(content.Latest.Count, "article") : DescribeNone(content.Files);
        if (content.Faults.Count is 0)
            return content.Latest.Count > 0 ? HealthCheckResult.Healthy(articles) : HealthCheckResult.Degraded($"{articles}.");
        var faults = content.Faults.Take(MaxFaults).Select(diagnostic => diagnostic.ToString()).ToList();
        return HealthCheckResult.Degraded(
            $"{articles}, {Plural.Of(content.Faults.Count, "fault")}", data: new Dictionary<string, object> { ["faults"] = faults });
    }

    /// <summary>Why readers see no article. A clock that is behind hides all of them, because their days lie ahead.</summary>
    private string DescribeNone(IReadOnlyCollection<ArticleFileStatus> files)
    {
        if (files.Count is 0)
            return $"There is no article in {Path.Combine(library.Folder, "articles")}";
        var (scheduled, drafts) = (
            files.Count(file => file.State is PublicationState.Scheduled), files.Count(file => file.State is PublicationState.Draft));
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return $"Readers see no article. {scheduled} of {files.Count} wait for their day, and by the clock of this machine it is "
            + $"{today:yyyy-MM-dd}; drafts: {drafts}; withdrawn or with faults: {files.Count - scheduled - drafts}";
    }
}
