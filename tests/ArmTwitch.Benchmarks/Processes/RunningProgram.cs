using System.Diagnostics;
using System.Net;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Processes;

/// <summary>A published program that serves on loopback, and the time since it was started.</summary>
internal sealed class RunningProgram : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private readonly Stopwatch sinceStart = new();
    private readonly int port;

    /// <param name="folder">Takes what the program writes.</param>
    /// <param name="certificate">Makes it listen for HTTP/2 too, on https and in the clear.</param>
    /// <param name="more">Settings on top.</param>
    public RunningProgram(
        string program, string content, TemporaryFolder folder, SelfSignedCertificate? certificate = null,
        params IEnumerable<(string Name, string Value)> more)
    {
        var ports = LoopbackPorts.FreePorts(3);
        port = ports[0];
        (Http, Https, Http2) = (LoopbackPorts.Http(port), LoopbackPorts.Https(ports[1]), LoopbackPorts.Http(ports[2]));
        List<(string, string)> settings =
        [
            .. SettingsOf(content, folder),
            ("Kestrel__Endpoints__Http__Url", Http.ToString()),
            .. more,
        ];
        if (certificate is not null)
        {
            settings.AddRange([
                ("Kestrel__Endpoints__Https__Url", Https.ToString()),
                ("Kestrel__Endpoints__Https__Certificate__Path", certificate.CertificateFile),
                ("Kestrel__Endpoints__Https__Certificate__KeyPath", certificate.KeyFile),
                ("Kestrel__Endpoints__Http2__Url", Http2.ToString()),
                ("Kestrel__Endpoints__Http2__Protocols", "Http2"),
            ]);
        }

        sinceStart.Start();
        Process = ChildProcess.Start(program, [], settings);
    }

    public ChildProcess Process { get; }

    public TimeSpan SinceStart => sinceStart.Elapsed;

    /// <summary>What every run on the same folder has in common, one of a command too.</summary>
    public static (string Name, string Value)[] SettingsOf(string content, TemporaryFolder folder) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("Site__BaseUrl", "https://armtwitch.example"),
        ("Content__Path", content),
        // Made-up articles keep few rules of writing.
        ("Content__CheckRules", content == RepositoryPaths.Content ? "true" : "false"),
        ("Data__Directory", folder.PathOf("data")),
        ("Mail__Pickup", "true"),
    ];

    public Uri Http { get; }

    public Uri Https { get; }

    /// <summary>HTTP/2 in the clear, as a proxy speaks it that ends TLS.</summary>
    public Uri Http2 { get; }

    /// <summary>Asks until the answer is 200.</summary>
    /// <returns>The time since the program was started.</returns>
    /// <exception cref="BenchmarkException">It ended, or gave another answer for too long.</exception>
    public async Task<TimeSpan> AnswersAsync(HttpClient client, string address, CancellationToken cancellationToken)
    {
        while (!await LoopbackPorts.IsListeningAsync(port, cancellationToken))
            await PauseAsync(address, cancellationToken);
        while (true)
        {
            using var answer = await client.GetAsync(new Uri(Http, address), cancellationToken);
            if (answer.StatusCode is HttpStatusCode.OK)
                return sinceStart.Elapsed;
            await PauseAsync(address, cancellationToken);
        }
    }

    public void Dispose() => Process.Dispose();

    private async Task PauseAsync(string address, CancellationToken cancellationToken)
    {
        Process.MustRun();
        if (sinceStart.Elapsed > Limit)
            throw new BenchmarkException($"{address} was not there after {Limit.TotalMinutes} minutes");
        await Task.Delay(Pause, cancellationToken);
    }
}
