using System.Diagnostics;

namespace ArmTwitch.Benchmarks;

/// <summary>One way to ask for the page, put to the site and to nginx in turn.</summary>
internal sealed class Duel(string name, Asked asked, Uri site, Uri nginx)
{
    private readonly List<(Turn Site, Turn Nginx)> rounds = [];

    public string Name => name;

    /// <summary>How nginx is asked, where that differs: its entity tags are its own.</summary>
    public Asked? NginxAsked { get; init; }

    /// <summary>Requests a second of the site by those of nginx, each from the same round: what disturbs one is likely to disturb both.</summary>
    public Spread PerSecond => Spread.Of(rounds, round => round.Site.Load.PerSecond / round.Nginx.Load.PerSecond);

    /// <summary>CPU time a request of the site by that of nginx, each from the same round.</summary>
    public Spread Cpu => Spread.Of(rounds, round => round.Site.CpuMicroseconds / round.Nginx.CpuMicroseconds);

    public IEnumerable<Turn> All => rounds.SelectMany(round => new[] { round.Site, round.Nginx });

    /// <exception cref="BenchmarkException">The two do not give the same answer.</exception>
    public async Task CheckAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var ours = await Answer.ToAsync(asked, site, client, cancellationToken);
        var theirs = await Answer.ToAsync(NginxAsked ?? asked, nginx, client, cancellationToken);
        if (ours != theirs)
            throw new BenchmarkException($"{name}: the answers differ.\nSite: {ours}\nnginx: {theirs}");
    }

    public async Task RunAsync(RunningProgram siteProgram, Nginx nginxProgram, int seconds, bool siteFirst, CancellationToken cancellationToken)
    {
        Task<Turn> Site() => TakeAsync(site, asked, siteProgram.Process, seconds, cancellationToken);
        Task<Turn> Nginx() => TakeAsync(nginx, NginxAsked ?? asked, nginxProgram.Process, seconds, cancellationToken);
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
        Spread Of(Func<Turn, double> value, bool ofSite) => Spread.Of(rounds, round => value(ofSite ? round.Site : round.Nginx));
        string Milliseconds(Func<Load, double?> value, bool ofSite) =>
            rounds.All(round => value(round.Site.Load) is not null) ? Of(turn => value(turn.Load) ?? 0, ofSite).ShowMedian("0.00") : "–";

        return
        [
            name,
            Of(turn => turn.Load.PerSecond, ofSite: true).ShowMedian("0"), Of(turn => turn.Load.PerSecond, ofSite: false).ShowMedian("0"), PerSecond.Show("0.00"),
            Of(turn => turn.CpuMicroseconds, ofSite: true).ShowMedian("0.0"), Of(turn => turn.CpuMicroseconds, ofSite: false).ShowMedian("0.0"), Cpu.Show("0.00"),
            Milliseconds(load => load.Median, ofSite: true), Milliseconds(load => load.Median, ofSite: false),
            Milliseconds(load => load.NinetyNinth, ofSite: true), Milliseconds(load => load.NinetyNinth, ofSite: false),
        ];
    }

    private static async Task<Turn> TakeAsync(Uri page, Asked asked, ChildProcess program, int seconds, CancellationToken cancellationToken)
    {
        var (time, server, here, machine) = (Stopwatch.StartNew(), Proc.CpuOf(program.Id), Proc.CpuOfThisAndTheEnded(), Proc.CpuOfMachine());
        var load = await AskAsync();
        server = Proc.CpuOf(program.Id) - server;
        var others = Proc.CpuOfMachine() - machine - server - (Proc.CpuOfThisAndTheEnded() - here);
        return new Turn(load, server.TotalMicroseconds / load.Requests, Math.Max(0, others / (time.Elapsed * Environment.ProcessorCount)));

        async Task<Load> AskAsync()
        {
            try
            {
                return await LoadTools.RunAsync(page, asked, seconds, cancellationToken);
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
    internal sealed record Turn(Load Load, double CpuMicroseconds, double OthersShare);
}
