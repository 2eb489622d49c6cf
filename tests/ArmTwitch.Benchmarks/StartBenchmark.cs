using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks;

/// <summary>Starts the published site again and again, and beside it the smallest program there is.</summary>
internal static class StartBenchmark
{
    private const string Page = "/articles/arm-muscle-twitching";
    private const double TargetSeconds = 1.0;

    public static async Task<int> RunAsync(int runs, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        using var client = Loopback.NewClient();
        (string Name, string Program, List<Start> Starts)[] programs =
        [
            ("the site", await Publishing.SiteAsync(folder, cancellationToken), []),
            ("an empty ASP.NET Core program", await Publishing.EmptyProgramAsync(Page, folder, cancellationToken), []),
        ];

        // The first round only brings the files into memory and this program into its stride.
        for (var run = 0; run <= runs; run++)
        {
            foreach (var (name, program, starts) in programs)
            {
                var start = await StartAsync(program, folder, client, cancellationToken);
                if (run > 0)
                    starts.Add(start);
                Report.Progress($"Run {run} of {runs}, {name}: {start.Milliseconds:0} ms");
            }
        }

        Report.Machine($", {runs} runs, load average {Proc.LoadAverage()}");
        Report.Table(
            ["", "first page, ms", "CPU until then, ms", "resident memory, MB"],
            programs.Select(program => new[]
            {
                program.Name,
                Spread.Of(program.Starts, start => start.Milliseconds).Show("0"),
                Spread.Of(program.Starts, start => start.CpuMilliseconds).Show("0"),
                Spread.Of(program.Starts, start => start.Megabytes).Show("0"),
            }));
        return Report.Against(new Target("Seconds to the site's first page", Spread.Of(programs[0].Starts, start => start.Milliseconds / 1000), TargetSeconds, IsCeiling: true));
    }

    private static async Task<Start> StartAsync(string program, TempFolder folder, HttpClient client, CancellationToken cancellationToken)
    {
        using var running = new RunningProgram(program, Repository.Content, folder);
        var time = await running.AnswersAsync(client, Page, cancellationToken);
        return new Start(time.TotalMilliseconds, Proc.CpuOf(running.Process.Id).TotalMilliseconds, Proc.ResidentBytesOf(running.Process.Id) / 1e6);
    }

    private sealed record Start(double Milliseconds, double CpuMilliseconds, double Megabytes);
}
