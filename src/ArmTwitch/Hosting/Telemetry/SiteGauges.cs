using System.Diagnostics.Metrics;
using ArmTwitch.Articles;
using ArmTwitch.Operations;
using ArmTwitch.Pages.Store;

namespace ArmTwitch.Hosting.Telemetry;

/// <summary>Figures that stand in memory or on the disk, and are read when somebody asks for metrics.</summary>
internal sealed class SiteGauges : IHostedService
{
    public SiteGauges(IMeterFactory meters, PageStore pages, ArticleLibrary library, BackupRecord backups, TimeProvider clock)
    {
        var meter = meters.Create(SiteTelemetry.Name);
        meter.CreateObservableGauge("armtwitch.pages.stored", () => pages.Count, "{page}", "Pages in the page store.");
        meter.CreateObservableGauge("armtwitch.pages.stored.size", () => pages.Bytes, "By", "Their size in all codings.");
        meter.CreateObservableGauge(
            "armtwitch.content.articles", () => library.Current.Latest.Count, "{article}", "Articles that readers see.");
        meter.CreateObservableGauge(
            "armtwitch.content.faults", () => library.Current.Faults.Count, "{fault}", "Faults in files of the content.");
        meter.CreateObservableGauge<double>(
            "armtwitch.backup.age",
            () => backups.LastAt is { } last ? [new((clock.GetUtcNow() - last).TotalSeconds)] : [],
            "s", "How long ago the last backup command ended well; missing when there was none.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
