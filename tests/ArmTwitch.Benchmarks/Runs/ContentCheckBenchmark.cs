using System.Diagnostics;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Samples;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>Runs <c>content check</c> of the published program on our own articles and on many made-up ones.</summary>
internal static class ContentCheckBenchmark
{
    private const int Runs = 5, FoundFaults = 1;
    private const double TargetSeconds = 2, TargetSecondsOfMany = 30;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(int count, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var program = await ProgramPublisher.SiteAsync(folder, cancellationToken);
        BenchmarkReport.Progress($"Writing {count} articles");
        var articles = SampleArticles.Write(count, RepositoryPaths.Content, folder.PathOf("content"), cancellationToken);

        var own = new List<double>();
        var many = new List<double>();
        for (var run = 1; run <= Runs; run++)
        {
            own.Add(await CheckAsync(program, RepositoryPaths.Content, cancellationToken));
            many.Add(await CheckAsync(program, articles.Folder, cancellationToken));
            BenchmarkReport.Progress($"Run {run} of {Runs}: {own[^1]:0.00} s, {many[^1]:0.00} s");
        }

        BenchmarkReport.Machine($", {Runs} runs, load average {LinuxProcStatistics.LoadAverage()}");
        return BenchmarkReport.Against(
            new PerformanceTarget("Seconds to check our own articles", MeasurementSpread.Of(own), TargetSeconds, IsCeiling: true),
            new PerformanceTarget(
                $"Seconds to check {count} articles more", MeasurementSpread.Of(many), TargetSecondsOfMany, IsCeiling: true));
    }

    private static async Task<double> CheckAsync(string program, string content, CancellationToken cancellationToken)
    {
        var time = Stopwatch.StartNew();
        await ChildProcess.RunAsync(program, ["content", "check", "--Content:Path", content], Limit, cancellationToken, FoundFaults);
        return time.Elapsed.TotalSeconds;
    }
}
