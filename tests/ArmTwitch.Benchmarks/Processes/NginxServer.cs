using System.Diagnostics;
using System.Globalization;
using ArmTwitch.Benchmarks.Measurement;

namespace ArmTwitch.Benchmarks.Processes;

/// <summary>
/// What a web server can do with the very bytes of a page, packed beforehand: nginx, set up to be as quick as it can be for this
/// one page.
/// </summary>
internal sealed class NginxServer : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20), Pause = TimeSpan.FromMilliseconds(50);

    private readonly string[] arguments;

    private NginxServer(RecordedPage page, TemporaryFolder folder, SelfSignedCertificate certificate)
    {
        var file = folder.PathOf("nginx") + page.Address;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, page.Identity.Body);
        File.WriteAllBytes($"{file}.gz", page.Gzip.Body);
        File.WriteAllBytes($"{file}.br", page.Brotli.Body);

        var ports = LoopbackPorts.FreePorts(6);
        (Http, Https, Http2) = (LoopbackPorts.Http(ports[0]), LoopbackPorts.Https(ports[1]), LoopbackPorts.Http(ports[2]));
        (HttpNotModified, HttpsNotModified, Http2NotModified) =
            (LoopbackPorts.Http(ports[3]), LoopbackPorts.Https(ports[4]), LoopbackPorts.Http(ports[5]));
        var configuration = folder.PathOf("nginx.conf");
        File.WriteAllText(configuration, Configuration(page, folder, certificate));
        arguments = ["-e", folder.PathOf("nginx-errors.log"), "-c", configuration];
        Process = ChildProcess.Start(RequiredTools.PathOf("nginx"), arguments);
    }

    public ChildProcess Process { get; }

    public Uri Http { get; }

    public Uri Https { get; }

    /// <summary>HTTP/2 in the clear.</summary>
    public Uri Http2 { get; }

    /// <summary>
    /// Where to ask again: a 304 of the site has fewer headers, and nginx adds the same ones to every answer of an address.
    /// </summary>
    public Uri HttpNotModified { get; }

    /// <inheritdoc cref="HttpNotModified"/>
    public Uri HttpsNotModified { get; }

    /// <inheritdoc cref="HttpNotModified"/>
    public Uri Http2NotModified { get; }

    /// <exception cref="BenchmarkException">It did not start.</exception>
    public static async Task<NginxServer> StartAsync(
        RecordedPage page, TemporaryFolder folder, SelfSignedCertificate certificate, CancellationToken cancellationToken)
    {
        var nginx = new NginxServer(page, folder, certificate);
        try
        {
            var patience = Stopwatch.StartNew();
            while (!await LoopbackPorts.IsListeningAsync(nginx.Http.Port, cancellationToken))
            {
                nginx.Process.MustRun();
                if (patience.Elapsed > Limit)
                    throw new BenchmarkException($"nginx did not listen after {Limit.TotalSeconds} s");
                await Task.Delay(Pause, cancellationToken);
            }

            return nginx;
        }
        catch
        {
            nginx.Dispose();
            throw;
        }
    }

    /// <summary>Has it stop its workers itself: of a killed nginx they would be left over, dead but listed.</summary>
    public void Dispose()
    {
        using (var stop = ChildProcess.Start(RequiredTools.PathOf("nginx"), [.. arguments, "-s", "stop"]))
        {
            stop.WaitAtMost(Limit);
            Process.WaitAtMost(Limit);
        }

        Process.Dispose();
    }

    /// <summary>Where nginx keeps what does not fit into memory: by default in folders of the system.</summary>
    public static string TemporaryPaths(TemporaryFolder folder) => string.Join('\n', new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }
        .Select(what => $"{what}_temp_path \"{folder.PathOf($"nginx-{what}")}\";"));

    /// <summary>
    /// For a page of a few kilobytes that the kernel has in memory, one read and one write cost less than sendfile. One worker for
    /// each core, each with a queue of its own for new connections; files stay open. The server chooses the cipher, as the site does,
    /// so both end with the same one.
    /// </summary>
    private string Configuration(RecordedPage page, TemporaryFolder folder, SelfSignedCertificate certificate) =>
        string.Create(CultureInfo.InvariantCulture, $$"""
        load_module {{RequiredTools.BrotliModule}};
        user root;
        daemon off;
        worker_processes {{Environment.ProcessorCount}};
        pid "{{folder.PathOf("nginx.pid")}}";
        events { worker_connections 1024; }
        http {
            {{TemporaryPaths(folder)}}
            access_log off;
            server_tokens off;
            keepalive_requests 1000000000;
            sendfile off;
            tcp_nopush off;
            output_buffers 1 {{(page.Identity.Body.Length / 1024) + 4}}k;
            open_file_cache max=16 inactive=1h;
            open_file_cache_valid 1h;
            open_file_cache_min_uses 1;
            default_type text/html;
            charset utf-8;
            etag on;
            max_ranges 0;
            gzip_static on;
            gzip_vary on;
            brotli_static on;
            root "{{folder.PathOf("nginx")}}";
            ssl_certificate "{{certificate.CertificateFile}}";
            ssl_certificate_key "{{certificate.KeyFile}}";
            ssl_protocols TLSv1.2 TLSv1.3;
            ssl_prefer_server_ciphers on;
            http2_chunk_size 16k;
            server {
                listen 127.0.0.1:{{Http.Port}} reuseport;
                listen 127.0.0.1:{{Https.Port}} ssl http2 reuseport;
                listen 127.0.0.1:{{Http2.Port}} http2 reuseport;
        {{AddHeaders(page.Brotli)}}
            }
            server {
                listen 127.0.0.1:{{HttpNotModified.Port}} reuseport;
                listen 127.0.0.1:{{HttpsNotModified.Port}} ssl http2 reuseport;
                listen 127.0.0.1:{{Http2NotModified.Port}} http2 reuseport;
        {{AddHeaders(page.NotModified)}}
            }
        }
        """);

    /// <summary>The headers of the site's answer; the time of the file, which nginx would tell, is none of them.</summary>
    private static string AddHeaders(RecordedResponse answer) =>
        string.Join(
            '\n', answer.Headers.Append(new("Last-Modified", "")).Select(header => $"        add_header {header.Key} \"{header.Value}\";"));
}
