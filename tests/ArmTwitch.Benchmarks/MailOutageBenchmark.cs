using ArmTwitch.Tests.Mail.Crash;

namespace ArmTwitch.Benchmarks;

/// <summary>Restarts the mail server again and again while the site sends an issue with its usual settings, and looks whether the mail goes on.</summary>
internal static class MailOutageBenchmark
{
    /// <summary>A round of looking for mails every five seconds is all there is to do.</summary>
    private const double MostCpuShare = 0.05;

    /// <summary>The pause after trouble grows to this; with a lock of the database on top.</summary>
    private const double MostBackSeconds = 90;

    /// <returns>0 when every mail was sent or is in doubt by name, none was doubled, and nothing was busy while it waited.</returns>
    public static async Task<int> RunAsync(int recipients, int restarts, int seed, CancellationToken cancellationToken)
    {
        using var published = new TempFolder();
        using var folder = new TempFolder();
        var program = await Publishing.SiteAsync(published, cancellationToken);
        var outages = new List<Outage>();
        var (end, claims) = await new OutageProof(folder.PathOf("data"), recipients, restarts, seed, quick: false).RunAsync(
            settings => CrashProof.Start(program, settings),
            Proc.CpuOf,
            outage =>
            {
                outages.Add(outage);
                Report.Progress($"Restart {outages.Count} of {restarts}: {outage.Taken} taken, away for {outage.AwaySeconds:0} s, first mail {outage.BackSeconds:0.0} s after it was back");
            },
            cancellationToken);

        Report.Machine($", {recipients} recipients, {restarts} restarts, seed {seed}, load average {Proc.LoadAverage()}");
        Report.Table(
            ["", "taken before", "away, s", "database locked, s", "CPU while waiting, % of a core", "written while waiting, kB", "first mail after, s"],
            outages.Select((one, place) => new[]
            {
                $"restart {place + 1}", $"{one.Taken}", $"{one.AwaySeconds:0}", one.LockedSeconds > 0 ? $"{one.LockedSeconds:0}" : "", $"{one.CpuShare * 100:0.0}", $"{one.WrittenBytes / 1000}", $"{one.BackSeconds:0.0}",
            }));
        Report.Progress($"At the end: {end.Count.Audience} recipients = {end.Count.Sent} sent + {end.Count.InDoubt} in doubt + {end.Count.Dead} dead + {end.Count.Waiting} waiting; the server took {end.Taken}");
        return Report.Against(
            Most("Mails doubled", end.Doubles, 0),
            Most("Mails lost without a row that says so", end.Lost, 0),
            Most("Neither sent nor in doubt at the end", end.Count.Audience - end.Count.Sent - end.Count.InDoubt, 0),
            Most("In doubt, for each restart", (double)end.Count.InDoubt / restarts, CrashProof.Connections),
            Most("Claims of one mail, for each restart", (double)claims / restarts, 2),
            Most("CPU while waiting, median share of a core", Spread.Of(outages, one => one.CpuShare), MostCpuShare),
            Most("Seconds until the first mail when the server is back", outages.Max(one => one.BackSeconds), MostBackSeconds));
    }

    private static Target Most(string what, double measured, double bound) => Most(what, Spread.Of([measured]), bound);

    private static Target Most(string what, Spread measured, double bound) => new(what, measured, bound, IsCeiling: true);
}
