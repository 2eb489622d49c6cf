using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>Starts the published site again and again, and beside it the smallest program there is.</summary>
internal static class StartBenchmark
{
    private const string Page = "/articles/arm-muscle-twitching";
    private const double TargetSeconds = 1.0;

    public static async Task<int> RunAsync(int runs, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var client = LoopbackPorts.NewClient();
        (string Name, string Program, List<StartMeasurement> Starts)[] programs =
        [
            ("the site", await ProgramPublisher.SiteAsync(folder, cancellationToken), []),
            ("an empty ASP.NET Core program", await ProgramPublisher.EmptyProgramAsync(Page, folder, cancellationToken), []),
        ];

        // The first round only brings the files into memory and this program into its stride.
        for (var run = 0; run <= runs; run++)
        {
            foreach (var (name, program, starts) in programs)
            {
                var start = await StartAsync(program, folder, client, cancellationToken);
                if (run > 0)
                    starts.Add(start);
                BenchmarkReport.Progress($"Run {run} of {runs}, {name}: {start.Milliseconds:0} ms");
            }
        }

        BenchmarkReport.Machine($", {runs} runs, load average {LinuxProcStatistics.LoadAverage()}");
        BenchmarkReport.Table(
            ["", "first page, ms", "CPU until then, ms", "resident memory, MB"],
            programs.Select(program => new[]
            {
                program.Name,
                MeasurementSpread.Of(program.Starts, start => start.Milliseconds).Show("0"),
                MeasurementSpread.Of(program.Starts, start => start.CpuMilliseconds).Show("0"),
                MeasurementSpread.Of(program.Starts, start => start.Megabytes).Show("0"),
            }));
        return BenchmarkReport.Against(new PerformanceTarget(
            "Seconds to the site's first page", MeasurementSpread.Of(programs[0].Starts, start => start.Milliseconds / 1000), TargetSeconds,
            IsCeiling: true));
    }

    private static async Task<StartMeasurement> StartAsync(
        string program, TemporaryFolder folder, HttpClient client, CancellationToken cancellationToken)
    {
        using var running = new RunningProgram(program, RepositoryPaths.Content, folder);
        var time = await running.AnswersAsync(client, Page, cancellationToken);
        return new StartMeasurement(
            time.TotalMilliseconds, LinuxProcStatistics.CpuOf(running.Process.Id).TotalMilliseconds,
            LinuxProcStatistics.ResidentBytesOf(running.Process.Id) / 1e6);
    }

    private sealed record StartMeasurement(double Milliseconds, double CpuMilliseconds, double Megabytes);
}
