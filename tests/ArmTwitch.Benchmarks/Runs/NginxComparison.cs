using System.Diagnostics;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>One way to ask for the page, put to the site and to nginx in turn.</summary>
internal sealed class NginxComparison(string name, RequestVariant asked, Uri site, Uri nginx)
{
    private readonly List<(ComparisonRound Site, ComparisonRound Nginx)> rounds = [];

    public string Name => name;

    /// <summary>How nginx is asked, where that differs: its entity tags are its own.</summary>
    public RequestVariant? NginxAsked { get; init; }

    /// <summary>
    /// Requests a second of the site by those of nginx, each from the same round: what disturbs one is likely to disturb both.
    /// </summary>
    public MeasurementSpread PerSecond => MeasurementSpread.Of(rounds, round => round.Site.Load.PerSecond / round.Nginx.Load.PerSecond);

    /// <summary>CPU time a request of the site by that of nginx, each from the same round.</summary>
    public MeasurementSpread Cpu => MeasurementSpread.Of(rounds, round => round.Site.CpuMicroseconds / round.Nginx.CpuMicroseconds);

    public IEnumerable<ComparisonRound> All => rounds.SelectMany(round => new[] { round.Site, round.Nginx });

    /// <exception cref="BenchmarkException">The two do not give the same answer.</exception>
    public async Task CheckAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var ours = await RecordedResponse.ToAsync(asked, site, client, cancellationToken);
        var theirs = await RecordedResponse.ToAsync(NginxAsked ?? asked, nginx, client, cancellationToken);
        if (ours != theirs)
            throw new BenchmarkException($"{name}: the answers differ.\nSite: {ours}\nnginx: {theirs}");
    }

    public async Task RunAsync(
        RunningProgram siteProgram, NginxServer nginxProgram, int seconds, bool siteFirst, CancellationToken cancellationToken)
    {
        Task<ComparisonRound> Site() => TakeAsync(site, asked, siteProgram.Process, seconds, cancellationToken);
        Task<ComparisonRound> Nginx() => TakeAsync(nginx, NginxAsked ?? asked, nginxProgram.Process, seconds, cancellationToken);
        if (siteFirst)
        {
            rounds.Add((await Site(), await Nginx()));
        }
        else
        {
            var first = await Nginx();
            rounds.Add((await Site(), first));
        }
    }

    public void Forget() => rounds.Clear();

    /// <summary>The figures as a row of the table.</summary>
    public string[] Row()
    {
        MeasurementSpread Of(Func<ComparisonRound, double> value, bool ofSite) =>
            MeasurementSpread.Of(rounds, round => value(ofSite ? round.Site : round.Nginx));
        string Milliseconds(Func<LoadResult, double?> value, bool ofSite) =>
            rounds.All(round => value(round.Site.Load) is not null) ? Of(turn => value(turn.Load) ?? 0, ofSite).ShowMedian("0.00") : "–";

        return
        [
            name,
            Of(turn => turn.Load.PerSecond, ofSite: true).ShowMedian("0"), Of(turn => turn.Load.PerSecond, ofSite: false).ShowMedian("0"),
            PerSecond.Show("0.00"),
            Of(turn => turn.CpuMicroseconds, ofSite: true).ShowMedian("0.0"),
            Of(turn => turn.CpuMicroseconds, ofSite: false).ShowMedian("0.0"), Cpu.Show("0.00"),
            Milliseconds(load => load.Median, ofSite: true), Milliseconds(load => load.Median, ofSite: false),
            Milliseconds(load => load.NinetyNinth, ofSite: true), Milliseconds(load => load.NinetyNinth, ofSite: false),
        ];
    }

    private static async Task<ComparisonRound> TakeAsync(
        Uri page, RequestVariant asked, ChildProcess program, int seconds, CancellationToken cancellationToken)
    {
        var (time, server, here, machine) = (
            Stopwatch.StartNew(), LinuxProcStatistics.CpuOf(program.Id), LinuxProcStatistics.CpuOfThisAndTheEnded(),
            LinuxProcStatistics.CpuOfMachine());
        var load = await AskAsync();
        server = LinuxProcStatistics.CpuOf(program.Id) - server;
        var others = LinuxProcStatistics.CpuOfMachine() - machine - server - (LinuxProcStatistics.CpuOfThisAndTheEnded() - here);
        return new ComparisonRound(
            load, server.TotalMicroseconds / load.Requests, Math.Max(0, others / (time.Elapsed * Environment.ProcessorCount)));

        async Task<LoadResult> AskAsync()
        {
            try
            {
                return await LoadGenerators.RunAsync(page, asked, seconds, cancellationToken);
            }
            catch (BenchmarkException)
            {
                // That the server has ended says more than that requests failed.
                program.MustRun();
                throw;
            }
        }
    }

    /// <param name="CpuMicroseconds">What one request cost the server.</param>
    /// <param name="OthersShare">The part of the machine that neither the server nor the load tool took.</param>
    internal sealed record ComparisonRound(LoadResult Load, double CpuMicroseconds, double OthersShare);
}
