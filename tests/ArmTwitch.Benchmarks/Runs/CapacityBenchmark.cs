using System.Globalization;
using ArmTwitch.Benchmarks.Capacity;
using ArmTwitch.Benchmarks.Measurement;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>
/// Plays through the queues of the capacity model and compares them with its formulas (docs/scaling.md). It measures nothing: the times are
/// those of docs/performance.md, the same on every machine, so the same seed prints the same table.
/// </summary>
internal static class CapacityBenchmark
{
    private const int Rounds = 5, Requests = 1_000_000, Comments = 300_000, Recipients = 100_000;

    private static readonly ServiceMix
        PagesAlone = new(new ServiceKind(0.7, 9.7e-6), new ServiceKind(0.3, 7.8e-6)),
        WithSearches = ReaderCapacity.Requests;

    private static readonly CommentWriteCost OneDisk = new(Sync: 0.21e-3, Each: 0.263e-3);

    /// <summary>1 / 5,646: the rate that was measured, taken as if transactions alone had held it up.</summary>
    private const double MailWrite = 0.177e-3;

    /// <summary>Where the simulation waits longer than this times the formula, the formula promises too much.</summary>
    private const double MostOverFormula = 1.1;

    public static int Run(int seed)
    {
        WriteNeeds();
        return BenchmarkReport.Against(
            Target("Wait of readers, simulated by formula, the largest", WriteReaders(seed)),
            Target("Time of a comment, simulated by formula, the largest", WriteComments(seed)),
            Target("Mails a second, formula by simulated, the largest", WriteMails(seed)));

        static PerformanceTarget Target(string what, List<double> ratios) =>
            new(what, MeasurementSpread.Of([ratios.Max()]), MostOverFormula, IsCeiling: true);
    }

    private static void WriteNeeds() => BenchmarkReport.Table(
        ["reads a day", "requests a second", "cores of the program", "of nginx", "searches a second", "programs for them", "Gbit/s"],
        new[] { 1e6, 1e8, 1e9 }.Select(reads => new ReaderCapacity(reads)).Select(one => (string[])
        [
            Text(one.ReadsADay, "#,0"), Text(one.RequestsASecond, "#,0"), Text(one.ProgramCores, "0.00"), Text(one.ProxyCores, "0.00"),
            Text(one.SearchesASecond, "#,0.0"), Text(one.ProgramsForSearch, "0.00"), Text(one.GigabitsASecond, "0.00"),
        ]));

    private static List<double> WriteReaders(int seed)
    {
        var cases =
            from mix in new[] { ("pages", PagesAlone), ("pages, 1 % searches", WithSearches) }
            from cores in new[] { 2, 8 }
            from use in new[] { 0.3, 0.6, 0.8, 0.9 }
            select (Name: mix.Item1, Service: mix.Item2, Cores: cores, Use: use);
        var ratios = new List<double>();
        BenchmarkReport.Table(
            ["requests", "cores", "busy", "a second", "mean wait, formula, µs", "simulated, µs", "p99, simulated, µs"],
            cases.Select(one =>
            {
                var perSecond = one.Use * one.Cores / one.Service.Mean;
                var waits = Enumerable.Range(0, Rounds)
                    .Select(round => ReaderQueueSimulation.Run(one.Cores, perSecond, one.Service, Requests, new Random(seed + round)))
                    .ToList();
                var formula = QueueFormulas.MeanWait(one.Cores, perSecond, one.Service);
                var mean = MeasurementSpread.Of(waits, all => all.Average());
                ratios.Add(mean.Median / formula);
                return (string[])
                [
                    one.Name, $"{one.Cores}", Text(one.Use * 100, "0' %'"), Text(perSecond, "#,0"),
                    Text(formula * 1e6, "#,0.0"),
                    (mean with { Median = mean.Median * 1e6, Least = mean.Least * 1e6, Most = mean.Most * 1e6 }).Show("#,0.0"),
                    MeasurementSpread.Of(waits, all => all[all.Length * 99 / 100] * 1e6).Show("#,0"),
                ];
            }));
        return ratios;
    }

    private static List<double> WriteComments(int seed)
    {
        var ratios = new List<double>();
        BenchmarkReport.Line($"At most {QueueFormulas.CommentsASecond(OneDisk):0} comments a second.\n");
        BenchmarkReport.Table(
            ["comments a second", "in a transaction, formula", "simulated", "mean time, formula, ms", "simulated, ms", "p99, ms"],
            new double[] { 12, 116, 1000, 2000, 3000, 3500 }.Select(perSecond =>
            {
                var results = Enumerable.Range(0, Rounds)
                    .Select(round => CommentBatchSimulation.Run(perSecond, OneDisk, Comments, new Random(seed + round))).ToList();
                var formula = QueueFormulas.CommentTime(perSecond, OneDisk);
                ratios.Add(MeasurementSpread.Of(results, one => one.Mean).Median / formula);
                return (string[])
                [
                    Text(perSecond, "#,0"),
                    Text(QueueFormulas.CommentsInATransaction(perSecond, OneDisk), "0.00"),
                    MeasurementSpread.Of(results, one => one.Size).Show("0.00"),
                    Text(formula * 1e3, "0.00"),
                    MeasurementSpread.Of(results, one => one.Mean * 1e3).Show("0.00"),
                    MeasurementSpread.Of(results, one => one.NinetyNinth * 1e3).Show("0.0"),
                ];
            }));
        return ratios;
    }

    private static List<double> WriteMails(int seed)
    {
        var ratios = new List<double>();
        var cases =
            from connections in new[] { 4, 20, 100 }
            from milliseconds in new[] { 5, 20, 100 }
            select new OutboxCost(connections, milliseconds / 1e3, MailWrite);
        BenchmarkReport.Table(
            ["connections", "SMTP, ms a mail", "mails a second, formula", "simulated", "100,000 with 5 % again after 60 s, simulated, min"],
            cases.Select(cost =>
            {
                var results = Enumerable.Range(0, Rounds)
                    .Select(round => new OutboxSimulation(cost, new Random(seed + round)).Run(Recipients)).ToList();
                var formula = QueueFormulas.MailsASecond(cost);
                ratios.Add(formula / MeasurementSpread.Of(results, one => one.PerSecond).Median);
                return (string[])
                [
                    $"{cost.Connections}", Text(cost.SmtpSeconds * 1e3, "0"), Text(formula, "#,0"),
                    MeasurementSpread.Of(results, one => one.PerSecond).Show("#,0"),
                    MeasurementSpread.Of(results, one => one.Seconds / 60).Show("0.0"),
                ];
            }));
        return ratios;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
