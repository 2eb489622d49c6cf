using System.Diagnostics;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Samples;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>Starts the site on many made-up articles, and then changes some of them.</summary>
internal static class ContentLoadBenchmark
{
    private const int Changes = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromMilliseconds(2);

    public static async Task<int> RunAsync(int count, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var client = LoopbackPorts.NewClient();
        var program = await ProgramPublisher.SiteAsync(folder, cancellationToken);
        BenchmarkReport.Progress($"Writing {count} articles");
        var articles = SampleArticles.Write(count, RepositoryPaths.Content, folder.PathOf("content"), cancellationToken);

        BenchmarkReport.Progress($"Starting the site on them");
        using var site = new RunningProgram(program, articles.Folder, folder);
        var first = await site.AnswersAsync(client, "/articles", cancellationToken);
        var (cpu, memory) = (LinuxProcStatistics.CpuOf(site.Process.Id), LinuxProcStatistics.ResidentBytesOf(site.Process.Id));
        await MustBeHealthyAsync(site, client, cancellationToken);

        var visible = new List<double>();
        for (var change = 1; change <= Changes; change++)
            visible.Add((await ChangeAsync(articles, count * change / Changes, site, client, cancellationToken)).TotalMilliseconds);

        BenchmarkReport.Machine($", load average {LinuxProcStatistics.LoadAverage()}");
        BenchmarkReport.Table(
            [
                "articles", "bytes each", "first page of the list, s", "CPU until then, s", "resident memory then, MB",
                "after the changes, MB", "a change is visible after, ms"
            ],
            [[
                $"{count}", $"{articles.Bytes / count}", MeasurementSpread.Of([first.TotalSeconds]).ShowMedian("0.0"),
                MeasurementSpread.Of([cpu.TotalSeconds]).ShowMedian("0.0"),
                $"{memory / 1_000_000}", $"{LinuxProcStatistics.ResidentBytesOf(site.Process.Id) / 1_000_000}",
                MeasurementSpread.Of(visible).Show("0"),
            ]]);
        return 0;
    }

    /// <exception cref="BenchmarkException">The site found a fault in the articles, so it did not read them all.</exception>
    private static async Task MustBeHealthyAsync(RunningProgram site, HttpClient client, CancellationToken cancellationToken)
    {
        var health = await client.GetStringAsync(new Uri(site.Http, "/health/ready"), cancellationToken);
        if (!health.Contains("\"status\":\"healthy\"", StringComparison.Ordinal) || health.Contains("degraded", StringComparison.Ordinal))
            throw new BenchmarkException($"The made-up articles are not sound: {health}");
    }

    private static async Task<TimeSpan> ChangeAsync(
        SampleArticles articles, int number, RunningProgram site, HttpClient client, CancellationToken cancellationToken)
    {
        var (page, news) = (new Uri(site.Http, SampleArticles.AddressOf(number)), $"This sentence is new in article {number}.");
        await client.GetStringAsync(page, cancellationToken);
        await File.AppendAllTextAsync(articles.FileOf(number), $"\n{news}\n", cancellationToken);
        var time = Stopwatch.StartNew();
        while (!(await client.GetStringAsync(page, cancellationToken)).Contains(news, StringComparison.Ordinal))
        {
            if (time.Elapsed > Limit)
                throw new BenchmarkException($"A change was not visible after {Limit.TotalSeconds} s");
            await Task.Delay(Pause, cancellationToken);
        }

        return time.Elapsed;
    }
}
