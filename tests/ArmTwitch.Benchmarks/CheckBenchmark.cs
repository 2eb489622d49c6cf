using System.Diagnostics;
using ArmTwitch.Samples;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks;

/// <summary>Runs <c>content check</c> of the published program on our own articles and on many made-up ones.</summary>
internal static class CheckBenchmark
{
    private const int Runs = 5, FoundFaults = 1;
    private const double TargetSeconds = 2, TargetSecondsOfMany = 30;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(int count, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var program = await Publishing.SiteAsync(folder, cancellationToken);
        Report.Progress($"Writing {count} articles");
        var articles = MadeUpArticles.Write(count, Repository.Content, folder.PathOf("content"), cancellationToken);

        var own = new List<double>();
        var many = new List<double>();
        for (var run = 1; run <= Runs; run++)
        {
            own.Add(await CheckAsync(program, Repository.Content, cancellationToken));
            many.Add(await CheckAsync(program, articles.Folder, cancellationToken));
            Report.Progress($"Run {run} of {Runs}: {own[^1]:0.00} s, {many[^1]:0.00} s");
        }

        Report.Machine($", {Runs} runs, load average {Proc.LoadAverage()}");
        return Report.Against(
            new Target("Seconds to check our own articles", Spread.Of(own), TargetSeconds, IsCeiling: true),
            new Target($"Seconds to check {count} articles more", Spread.Of(many), TargetSecondsOfMany, IsCeiling: true));
    }

    private static async Task<double> CheckAsync(string program, string content, CancellationToken cancellationToken)
    {
        var time = Stopwatch.StartNew();
        await ChildProcess.RunAsync(program, ["content", "check", "--Content:Path", content], Limit, cancellationToken, FoundFaults);
        return time.Elapsed.TotalSeconds;
    }
}
