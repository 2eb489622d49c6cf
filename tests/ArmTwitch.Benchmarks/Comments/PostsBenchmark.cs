using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Comments;

/// <summary>Sends comments from 32 clients at once, and beside it writes to the same disk as fast as one thread can.</summary>
internal static class PostsBenchmark
{
    private const int WarmUpSeconds = 20, SyncSeconds = 2;
    private const double LeastRatio = 0.7, MostMilliseconds = 50;

    public static async Task<int> RunAsync(int rounds, int seconds, CancellationToken cancellationToken)
    {
        RequiredTools.Require("wrk");
        using var folder = new TemporaryFolder();
        using var client = LoopbackPorts.NewClient();
        using var site = new RunningProgram(
            await ProgramPublisher.SiteAsync(folder, cancellationToken), RepositoryPaths.Content, folder,
            more: ("Limits__Enabled", "false"));
        await site.AnswersAsync(client, "/health/ready", cancellationToken);
        var data = folder.PathOf("data");

        BenchmarkReport.Progress($"Warming up");
        await CommentLoad.SendAsync(site.Http, "warm-up", WarmUpSeconds, folder, cancellationToken);

        var taken = new List<PostsRound>();
        for (var number = 1; number <= rounds; number++)
        {
            var before = DiskSyncMeasurement.PerSecond(data, SyncSeconds);
            var cpu = LinuxProcStatistics.CpuOf(site.Process.Id);
            var load = await CommentLoad.SendAsync(site.Http, $"round {number}", seconds, folder, cancellationToken);
            cpu = LinuxProcStatistics.CpuOf(site.Process.Id) - cpu;
            var after = DiskSyncMeasurement.PerSecond(data, SyncSeconds);
            taken.Add(new PostsRound((before + after) / 2, load, cpu.TotalMicroseconds / load.Requests));
            BenchmarkReport.Progress($"Round {number} of {rounds}: {load.PerSecond:0} comments/s, {taken[^1].Ratio:0.00} of {taken[^1].SyncsPerSecond:0} fdatasync/s");
        }

        var (ratio, slowest) =
            (MeasurementSpread.Of(taken, round => round.Ratio), MeasurementSpread.Of(taken, round => round.Load.NinetyNinth ?? double.NaN));
        BenchmarkReport.Machine($", {rounds} rounds of {seconds} s, {CommentLoad.Clients} clients, load average {LinuxProcStatistics.LoadAverage()}");
        BenchmarkReport.Table(
            ["comments/s", "write + fdatasync of 4 KiB/s", "ratio", "p50, ms", "p99, ms", "CPU µs a comment"],
            [[
                MeasurementSpread.Of(taken, round => round.Load.PerSecond).Show("0"),
                MeasurementSpread.Of(taken, round => round.SyncsPerSecond).Show("0"),
                ratio.Show("0.00"),
                MeasurementSpread.Of(taken, round => round.Load.Median ?? double.NaN).Show("0.0"),
                slowest.Show("0.0"),
                MeasurementSpread.Of(taken, round => round.CpuMicroseconds).Show("0"),
            ]]);
        return BenchmarkReport.Against(
            new PerformanceTarget("Comments a second of one thread's fdatasync", ratio, LeastRatio, IsCeiling: false),
            new PerformanceTarget("p99, ms", slowest, MostMilliseconds, IsCeiling: true, "0.0"));
    }

    /// <param name="SyncsPerSecond">The mean of just before and just after.</param>
    private sealed record PostsRound(double SyncsPerSecond, LoadResult Load, double CpuMicroseconds)
    {
        public double Ratio => Load.PerSecond / SyncsPerSecond;
    }
}
