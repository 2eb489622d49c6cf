using System.Diagnostics;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>
/// nginx with the configuration that is shipped (<c>packaging/nginx</c>), in front of two replicas: other ports, a certificate of our own,
/// and without the limits on what one address may ask, because all readers have the same one here.
/// </summary>
internal sealed class ShippedProxy : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(50);

    private readonly string[] arguments;
    private readonly ChildProcess process;

    private ShippedProxy(IReadOnlyList<SiteReplica> replicas, TemporaryFolder folder, SelfSignedCertificate certificate)
    {
        var ports = LoopbackPorts.FreePorts(2);
        Address = LoopbackPorts.Https(ports[0]);
        var file = folder.PathOf("nginx.conf");
        File.WriteAllText(file, $$"""
            user root;
            daemon off;
            worker_processes 1;
            pid "{{folder.PathOf("nginx.pid")}}";
            events { worker_connections 1024; }
            http {
            {{NginxServer.TemporaryPaths(folder)}}
            {{string.Join('\n', ShippedLines(replicas, certificate, ports))}}
            }
            """);
        arguments = ["-e", folder.PathOf("nginx-errors.log"), "-c", file];
        process = ChildProcess.Start(RequiredTools.PathOf("nginx"), arguments);
    }

    public Uri Address { get; }

    /// <exception cref="BenchmarkException">It did not start.</exception>
    public static async Task<ShippedProxy> StartAsync(
        IReadOnlyList<SiteReplica> replicas, TemporaryFolder folder, SelfSignedCertificate certificate, CancellationToken cancellationToken)
    {
        RequiredTools.Require("nginx");
        var proxy = new ShippedProxy(replicas, folder, certificate);
        for (var patience = Stopwatch.StartNew();
            !await LoopbackPorts.IsListeningAsync(proxy.Address.Port, cancellationToken);
            await Task.Delay(Pause, cancellationToken))
        {
            proxy.process.MustRun();
            if (patience.Elapsed > Limit)
                throw new BenchmarkException($"nginx did not listen after {Limit.TotalSeconds} s");
        }

        return proxy;
    }

    public void Dispose()
    {
        using (var stop = ChildProcess.Start(RequiredTools.PathOf("nginx"), [.. arguments, "-s", "stop"]))
        {
            stop.WaitAtMost(Limit);
            process.WaitAtMost(Limit);
        }

        process.Dispose();
    }

    private static IEnumerable<string> ShippedLines(
        IReadOnlyList<SiteReplica> replicas, SelfSignedCertificate certificate, int[] ports) =>
        from line in File.ReadLines(Path.Combine(RepositoryPaths.Root, "packaging", "nginx", "armtwitch.conf"))
        let text = line.Trim()
        where !text.StartsWith("limit_", StringComparison.Ordinal) && !text.StartsWith("listen [::]", StringComparison.Ordinal)
        select text.Split(' ')[0] switch
        {
            "listen" when text.Contains("ssl", StringComparison.Ordinal) => $"listen 127.0.0.1:{ports[0]} ssl http2;",
            "listen" => $"listen 127.0.0.1:{ports[1]};",
            "ssl_certificate" => $"ssl_certificate \"{certificate.CertificateFile}\";",
            "ssl_certificate_key" => $"ssl_certificate_key \"{certificate.KeyFile}\";",
            "access_log" => "access_log off;",
            "error_log" => "",
            _ => line.Replace("127.0.0.1:5080", replicas[0].Address.Authority, StringComparison.Ordinal)
                .Replace("#server 10.0.0.12:5080", $"server {replicas[1].Address.Authority}", StringComparison.Ordinal),
        };
}
