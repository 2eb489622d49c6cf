using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Tests.Mail.Crash;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>
/// Restarts the mail server again and again while the site sends an issue with its usual settings, and looks whether the mail goes on.
/// </summary>
internal static class MailOutageBenchmark
{
    /// <summary>A round of looking for mails every five seconds is all there is to do.</summary>
    private const double MostCpuShare = 0.05;

    /// <summary>The pause after trouble grows to this; with a lock of the database on top.</summary>
    private const double MostBackSeconds = 90;

    /// <returns>0 when every mail was sent or is in doubt by name, none was doubled, and nothing was busy while it waited.</returns>
    public static async Task<int> RunAsync(int recipients, int restarts, int seed, CancellationToken cancellationToken)
    {
        using var published = new TemporaryFolder();
        using var folder = new TemporaryFolder();
        var program = await ProgramPublisher.SiteAsync(published, cancellationToken);
        var outages = new List<OutageObservation>();
        var (end, claims) = await new MailOutageScenario(folder.PathOf("data"), recipients, restarts, seed, quick: false).RunAsync(
            settings => MailCrashScenario.Start(program, settings),
            LinuxProcStatistics.CpuOf,
            outage =>
            {
                outages.Add(outage);
                BenchmarkReport.Progress($"Restart {outages.Count} of {restarts}: {outage.Taken} taken, away for {outage.AwaySeconds:0} s, first mail {outage.BackSeconds:0.0} s after it was back");
            },
            cancellationToken);

        BenchmarkReport.Machine(
            $", {recipients} recipients, {restarts} restarts, seed {seed}, load average {LinuxProcStatistics.LoadAverage()}");
        BenchmarkReport.Table(
            [
                "", "taken before", "away, s", "database locked, s", "CPU while waiting, % of a core", "written while waiting, kB",
                "first mail after, s"
            ],
            outages.Select((one, place) => new[]
            {
                $"restart {place + 1}", $"{one.Taken}", $"{one.AwaySeconds:0}", one.LockedSeconds > 0 ? $"{one.LockedSeconds:0}" : "",
                $"{one.CpuShare * 100:0.0}", $"{one.WrittenBytes / 1000}", $"{one.BackSeconds:0.0}",
            }));
        BenchmarkReport.Progress($"At the end: {end.Count.Audience} recipients = {end.Count.Sent} sent + {end.Count.InDoubt} unknown + {end.Count.Dead} refused + {end.Count.Waiting} waiting; the server took {end.Taken}");
        return BenchmarkReport.Against(
            Most("Mails doubled", end.Doubles, 0),
            Most("Mails lost without a row that says so", end.Lost, 0),
            Most("Neither sent nor unknown at the end", end.Count.Audience - end.Count.Sent - end.Count.InDoubt, 0),
            Most("In doubt, for each restart", (double)end.Count.InDoubt / restarts, MailCrashScenario.Connections),
            Most("Claims of one mail, for each restart", (double)claims / restarts, 2),
            Most("CPU while waiting, median share of a core", MeasurementSpread.Of(outages, one => one.CpuShare), MostCpuShare),
            Most("Seconds until the first mail when the server is back", outages.Max(one => one.BackSeconds), MostBackSeconds));
    }

    private static PerformanceTarget Most(string what, double measured, double bound) =>
        Most(what, MeasurementSpread.Of([measured]), bound);

    private static PerformanceTarget Most(string what, MeasurementSpread measured, double bound) =>
        new(what, measured, bound, IsCeiling: true);
}
