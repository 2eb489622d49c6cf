using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Tests.Mail.Crash;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>Kills the site again and again while it sends, and looks for mails that were doubled or lost.</summary>
internal static class MailCrashBenchmark
{
    /// <returns>0 when nothing was doubled, nothing was lost silently, and what is in doubt was on its way.</returns>
    public static async Task<int> RunAsync(int recipients, int kills, int seed, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var sights = new List<CrashObservation>();
        var end = await new MailCrashScenario(folder.PathOf("data"), recipients, kills, seed).RunAsync(
            sight =>
            {
                sights.Add(sight);
                BenchmarkReport.Progress($"Kill {sights.Count} of {kills}: {sight.Taken} taken, {sight.OnTheWay} on the way");
            },
            cancellationToken);

        BenchmarkReport.Machine($", {recipients} recipients, {kills} kills, {MailCrashScenario.Connections} connections, seed {seed}");
        BenchmarkReport.Table(
            ["", "taken by the server", "on the way", "sent", "unknown", "waiting", "adds up", "doubled", "lost silently"],
            sights.Select((sight, place) => Row($"kill {place + 1}", sight)).Append(Row("the end", end)));
        IReadOnlyList<CrashObservation> all = [.. sights, end];
        return BenchmarkReport.Against(
            Most("Mails doubled", all.Max(sight => sight.Doubles), 0),
            Most("Mails lost without a row that says so", all.Max(sight => sight.Lost), 0),
            Most("Times that the states do not add up to the audience", all.Count(sight => !sight.Count.AddsUp), 0),
            Most("Mails on the way when the program died", sights.Max(sight => sight.OnTheWay), MailCrashScenario.MostOnTheWay),
            Most("In doubt at the end, beside those that were on the way", end.Count.InDoubt, sights.Sum(sight => sight.OnTheWay)),
            Most("Neither sent nor unknown at the end", end.Count.Audience - end.Count.Sent - end.Count.InDoubt, 0));
    }

    private static string[] Row(string name, CrashObservation sight) =>
        [
            name, $"{sight.Taken}", $"{(name is "the end" ? "" : sight.OnTheWay)}", $"{sight.Count.Sent}", $"{sight.Count.InDoubt}",
            $"{sight.Count.Waiting}", sight.Count.AddsUp ? "yes" : "no", $"{sight.Doubles}", $"{sight.Lost}"
        ];

    private static PerformanceTarget Most(string what, int measured, int bound) =>
        new(what, MeasurementSpread.Of([(double)measured]), bound, IsCeiling: true, "0");
}
