using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ArmTwitch.Benchmarks.Measurement;

namespace ArmTwitch.Benchmarks.Processes;

/// <summary>What a load tool counted while it asked as fast as it could.</summary>
/// <param name="Median">The time that half of the answers took at most, in milliseconds; null when the tool does not tell.</param>
/// <param name="NinetyNinth">The same for 99 in 100.</param>
/// <param name="Slowest">The same for all.</param>
internal sealed record LoadResult(
    long Requests, double PerSecond, double? Median = null, double? NinetyNinth = null, double? Slowest = null);

/// <summary>The programs that ask as fast as they can, and how to read what they print.</summary>
internal static partial class LoadGenerators
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <exception cref="BenchmarkException">A request failed, so the figures say nothing.</exception>
    public static Task<LoadResult> RunAsync(Uri page, RequestVariant asked, int seconds, CancellationToken cancellationToken) =>
        asked.Version == HttpVersion.Version20
            ? H2LoadAsync(page, asked, seconds, cancellationToken)
            : WrkAsync(page, asked, seconds, cancellationToken);

    /// <summary>Comments over HTTP/1.1 connections that stay open, each sent when the one before is answered.</summary>
    /// <param name="script">The file that tells wrk what to send.</param>
    /// <exception cref="BenchmarkException">A comment was refused.</exception>
    public static Task<LoadResult> PostCommentsAsync(
        Uri address, string script, int clients, int seconds, CancellationToken cancellationToken) =>
        WrkAsync(address, [], seconds, ["-t2", $"-c{clients}", "-s", script], cancellationToken);

    /// <summary>What a script asks for, over 64 HTTP/1.1 connections that stay open.</summary>
    /// <exception cref="BenchmarkException">A request failed.</exception>
    public static Task<LoadResult> RunScriptAsync(Uri site, string script, int seconds, CancellationToken cancellationToken) =>
        WrkAsync(site, [], seconds, ["-t2", "-c64", "-s", script], cancellationToken);

    /// <summary>HTTP/1.1 from 64 connections that stay open.</summary>
    private static Task<LoadResult> WrkAsync(Uri page, RequestVariant asked, int seconds, CancellationToken cancellationToken) =>
        WrkAsync(page, asked.Headers, seconds, ["-t2", "-c64"], cancellationToken);

    private static async Task<LoadResult> WrkAsync(
        Uri page, IEnumerable<(string, string)> headers, int seconds, IEnumerable<string> options, CancellationToken cancellationToken)
    {
        var said = await RunAsync(
            "wrk", [.. options, $"-d{seconds}s", "--timeout", "10s", "--latency"], page, headers, seconds, cancellationToken);
        if (said.Contains("Socket errors", StringComparison.Ordinal) || said.Contains("Non-2xx or 3xx", StringComparison.Ordinal))
            throw new BenchmarkException($"Requests failed:\n{said}");
        return new LoadResult(
            (long)Number(WrkRequests(), said),
            Number(WrkPerSecond(), said),
            Milliseconds(WrkMedian().Match(said)),
            Milliseconds(WrkNinetyNinth().Match(said)),
            Milliseconds(WrkSlowest().Match(said)));
    }

    /// <summary>HTTP/2, over TLS or in the clear as the address says, 16 connections with 16 requests under way on each.</summary>
    private static async Task<LoadResult> H2LoadAsync(Uri page, RequestVariant asked, int seconds, CancellationToken cancellationToken)
    {
        var said = await RunAsync("h2load", ["-t2", "-c16", "-m16", $"-D{seconds}"], page, asked.Headers, seconds, cancellationToken);
        var done = (long)Number(H2LoadDone(), said);
        if (done is 0 || done != (long)Number(H2LoadSucceeded(), said))
            throw new BenchmarkException($"Requests failed:\n{said}");
        return new LoadResult(done, Number(H2LoadPerSecond(), said));
    }

    private static Task<string> RunAsync(
        string tool, IEnumerable<string> options, Uri page, IEnumerable<(string Name, string Value)> headers, int seconds,
        CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(
            RequiredTools.PathOf(tool),
            [.. options, .. headers.SelectMany(header => new[] { "-H", $"{header.Name}: {header.Value}" }), page.ToString()],
            TimeSpan.FromSeconds(seconds) + Patience,
            cancellationToken);

    private static double Number(Regex where, string said) =>
        where.Match(said) is { Success: true } found
            ? double.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new BenchmarkException($"Not understood:\n{said}");

    private static double? Milliseconds(Match time) =>
        !time.Success ? null : double.Parse(time.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * time.Groups[2].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            _ => 1000,
        };

    [GeneratedRegex(@"(\d+) requests in ")]
    private static partial Regex WrkRequests();

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex WrkPerSecond();

    [GeneratedRegex(@" 50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex WrkMedian();

    [GeneratedRegex(@" 99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex WrkNinetyNinth();

    [GeneratedRegex(@"Latency +[\d.]+[a-z]+ +[\d.]+[a-z]+ +([\d.]+)(us|ms|s)")]
    private static partial Regex WrkSlowest();

    [GeneratedRegex(@"(\d+) done,")]
    private static partial Regex H2LoadDone();

    [GeneratedRegex(@"(\d+) succeeded,")]
    private static partial Regex H2LoadSucceeded();

    [GeneratedRegex(@"finished in .*?, ([\d.]+) req/s")]
    private static partial Regex H2LoadPerSecond();
}
