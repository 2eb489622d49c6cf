using System.Diagnostics;
using System.Net;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>How long a reader waits for a page that is kept, while others search without end.</summary>
internal static class SearchBenchmark
{
    private const string Page = "/articles/arm-muscle-twitching";
    private const int Clients = 10;
    private const double TargetMilliseconds = 10;

    /// <summary>Words that nearly every article has, so that each search has as much to rank as there is.</summary>
    private const string Search = "/search?q=muscle+arm+doctor+nerve+twitch+weak+days+hand+body+skin+sleep+pain";

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);

    public static async Task<int> RunAsync(int seconds, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var client = LoopbackPorts.NewClient();
        var program = await ProgramPublisher.SiteAsync(folder, cancellationToken);
        using var site = new RunningProgram(program, RepositoryPaths.Content, folder, more: ("Limits__Enabled", "false"));
        await site.AnswersAsync(client, Page, cancellationToken);
        await site.AnswersAsync(client, Search, cancellationToken);

        var alone = await WaitsAsync(site, client, seconds, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var searching = Enumerable.Range(0, Clients).Select(_ => SearchAsync(site, client, stop.Token)).ToList();
        var beside = await WaitsAsync(site, client, seconds, cancellationToken);
        await stop.CancelAsync();
        var answers = await Task.WhenAll(searching);

        BenchmarkReport.Machine($", {Clients} clients that search, {seconds} s, load average {LinuxProcStatistics.LoadAverage()}");
        BenchmarkReport.Table(
            ["", "page, p50 ms", "p99 ms", "searches answered a second", "asked to come again a second"],
            [
                ["nobody searches", $"{At(alone, 0.5):0.0}", $"{At(alone, 0.99):0.0}", "0", "0"],
                [
                    $"{Clients} search", $"{At(beside, 0.5):0.0}", $"{At(beside, 0.99):0.0}",
                    $"{answers.Sum(one => one.Answered) / (double)seconds:0}", $"{answers.Sum(one => one.Refused) / (double)seconds:0}",
                ],
            ]);
        return BenchmarkReport.Against(new PerformanceTarget(
            "Milliseconds until a kept page is there (p99)", MeasurementSpread.Of([At(beside, 0.99)]), TargetMilliseconds, IsCeiling: true,
            "0.0"));
    }

    private static async Task<List<double>> WaitsAsync(
        RunningProgram site, HttpClient client, int seconds, CancellationToken cancellationToken)
    {
        var waits = new List<double>();
        for (var all = Stopwatch.StartNew(); all.Elapsed.TotalSeconds < seconds;)
        {
            var one = Stopwatch.StartNew();
            await client.GetByteArrayAsync(new Uri(site.Http, Page), cancellationToken);
            waits.Add(one.Elapsed.TotalMilliseconds);
            await Task.Delay(Between, cancellationToken);
        }

        return waits;
    }

    private static async Task<(int Answered, int Refused)> SearchAsync(RunningProgram site, HttpClient client, CancellationToken stop)
    {
        var (answered, refused) = (0, 0);
        try
        {
            while (true)
            {
                using var answer = await client.GetAsync(new Uri(site.Http, Search), stop);
                if (answer.StatusCode is HttpStatusCode.OK)
                    answered++;
                else
                    refused++;
            }
        }
        catch (OperationCanceledException)
        {
            return (answered, refused);
        }
    }

    private static double At(List<double> waits, double share) => waits.Order().ElementAt((int)(waits.Count * share));
}
