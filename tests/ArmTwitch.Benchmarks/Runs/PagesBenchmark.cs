using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Runs;

/// <summary>Serves a page beside nginx with the same bytes, and compares the two round by round.</summary>
internal static class PagesBenchmark
{
    private const string Page = "/articles/arm-muscle-twitching";
    private const int WarmUpSeconds = 5;

    public static async Task<int> RunAsync(int rounds, int seconds, CancellationToken cancellationToken)
    {
        RequiredTools.Require();
        using var folder = new TemporaryFolder();
        var certificate = SelfSignedCertificate.Make(folder);
        using var client = LoopbackPorts.NewClient(certificate);
        using var site = new RunningProgram(
            await ProgramPublisher.SiteAsync(folder, cancellationToken), RepositoryPaths.Content, folder, certificate);
        await site.AnswersAsync(client, Page, cancellationToken);
        var page = await RecordedPage.TakeAsync(site.Http, Page, client, cancellationToken);
        using var nginx = await NginxServer.StartAsync(page, folder, certificate, cancellationToken);

        var nginxTag = (await RecordedResponse.ToAsync(RequestVariant.In("br"), new Uri(nginx.Http, Page), client, cancellationToken)).Tag;
        NginxComparison plain = new("HTTP/1.1 br", RequestVariant.In("br"), new(site.Http, Page), new(nginx.Http, Page));
        NginxComparison http2 = new(
            "HTTP/2 br, in the clear", RequestVariant.In("br", http2: true), new(site.Http2, Page), new(nginx.Http2, Page));
        var (again, nginxAgain) = (RequestVariant.Again(page.Brotli.Tag, http2: true), RequestVariant.Again(nginxTag, http2: true));
        NginxComparison[] duels =
        [
            plain,
            new("HTTP/1.1 gzip", RequestVariant.In("gzip"), new(site.Http, Page), new(nginx.Http, Page)),
            new("HTTP/1.1 304", RequestVariant.Again(page.Brotli.Tag), new(site.Http, Page), new(nginx.HttpNotModified, Page))
            {
                NginxAsked = RequestVariant.Again(nginxTag)
            },
            http2,
            new("HTTP/2 304, in the clear", again, new(site.Http2, Page), new(nginx.Http2NotModified, Page)) { NginxAsked = nginxAgain },
            new("HTTP/2 br, over TLS", RequestVariant.In("br", http2: true), new(site.Https, Page), new(nginx.Https, Page)),
            new("HTTP/2 304, over TLS", again, new(site.Https, Page), new(nginx.HttpsNotModified, Page)) { NginxAsked = nginxAgain },
        ];
        foreach (var duel in duels)
            await duel.CheckAsync(client, cancellationToken);

        BenchmarkReport.Progress($"Warming up");
        foreach (var duel in duels)
            await duel.RunAsync(site, nginx, WarmUpSeconds, siteFirst: true, cancellationToken);
        foreach (var duel in duels)
            duel.Forget();

        for (var round = 0; round < rounds; round++)
        {
            foreach (var duel in duels[(round % duels.Length)..].Concat(duels[..(round % duels.Length)]))
            {
                await duel.RunAsync(site, nginx, seconds, siteFirst: round % 2 is 0, cancellationToken);
                BenchmarkReport.Progress($"Round {round + 1} of {rounds}, {duel.Name}: {duel.PerSecond.ShowMedian("0.00")}");
            }
        }

        foreach (var duel in duels)
            await duel.CheckAsync(client, cancellationToken);

        Tell(duels, page, rounds, seconds);
        return BenchmarkReport.Against(
            new PerformanceTarget("HTTP/1.1 br, CPU a request of nginx's", plain.Cpu, 1.4, IsCeiling: true),
            new PerformanceTarget("HTTP/1.1 br, requests/s of nginx's", plain.PerSecond, 0.75, IsCeiling: false),
            new PerformanceTarget("HTTP/2 br in the clear, requests/s of nginx's", http2.PerSecond, 1.5, IsCeiling: false));
    }

    private static void Tell(NginxComparison[] duels, RecordedPage page, int rounds, int seconds)
    {
        BenchmarkReport.Machine($", {rounds} rounds of {seconds} s");
        BenchmarkReport.Line(
            $"{Page}: {page.Brotli.Body.Length} bytes in br, {page.Gzip.Body.Length} in gzip, {page.Identity.Body.Length} plain\n");
        BenchmarkReport.Table(
            [
                "", "requests/s, site", "nginx", "site / nginx", "CPU µs a request, site", "nginx", "site / nginx", "p50 ms, site", "nginx",
                "p99 ms, site", "nginx"
            ],
            duels.Select(duel => duel.Row()));
        var others = MeasurementSpread.Of(duels.SelectMany(duel => duel.All), turn => turn.OthersShare);
        BenchmarkReport.Line(
            $"Other programs took {others.ShowMedian("0.0%")} of the machine while it was measured, {others.Most:0.0%} at the worst.\n");
    }
}
