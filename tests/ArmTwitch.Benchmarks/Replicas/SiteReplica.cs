using System.Diagnostics;
using System.Net;
using System.Text.Json;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>One of the programs that serve the site, on a port that stays the same when it is started again.</summary>
internal sealed class SiteReplica : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromMilliseconds(20);

    private readonly string program;
    private readonly (string Name, string Value)[] settings;
    private ChildProcess process;
    private string before = "";

    /// <param name="program">The published site.</param>
    public SiteReplica(string program, IEnumerable<(string Name, string Value)> settings)
    {
        this.program = program;
        Address = LoopbackPorts.Http(LoopbackPorts.FreePorts(1)[0]);
        this.settings = [.. settings, ("ASPNETCORE_URLS", Address.ToString())];
        process = Start();
    }

    public Uri Address { get; }

    /// <summary>What it has written to its log, before it was started again too.</summary>
    public string Log => before + process.Output;

    /// <summary>Stops it as a service manager does, which lets it finish what it has begun, and starts it again.</summary>
    /// <returns>How long it took to end, and then until it was ready.</returns>
    public async Task<ReplicaRestart> RestartAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await ChildProcess.RunAsync("kill", ["-TERM", $"{process.Id}"], Limit, cancellationToken);
        process.WaitAtMost(Limit);
        var stopped = watch.Elapsed;
        before += process.Output;
        process.Dispose();
        process = Start();
        await AnswersAsync(client, cancellationToken);
        return new ReplicaRestart(stopped, watch.Elapsed - stopped);
    }

    /// <summary>Waits until it is fit to serve, with a database that answers.</summary>
    public async Task AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        for (var patience = Stopwatch.StartNew(); !await IsReadyAsync(client, cancellationToken); await Task.Delay(Pause, cancellationToken))
        {
            process.MustRun();
            if (patience.Elapsed > Limit)
                throw new BenchmarkException($"The site was not ready after {Limit.TotalSeconds} s");
        }
    }

    public void Dispose() => process.Dispose();

    private async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        if (!await LoopbackPorts.IsListeningAsync(Address.Port, cancellationToken))
            return false;
        using var answer = await client.GetAsync(new Uri(Address, "/health/ready"), cancellationToken);
        using var told = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return answer.StatusCode is HttpStatusCode.OK
            && told.RootElement.GetProperty("checks").GetProperty("database").GetProperty("status").GetString() is "healthy";
    }

    private ChildProcess Start() => ChildProcess.Start(program, [], settings);
}

internal sealed record ReplicaRestart(TimeSpan Stop, TimeSpan Start);
