using System.Diagnostics;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Samples;
using ArmTwitch.Tests;

namespace ArmTwitch.Benchmarks.Growth;

/// <summary>A start, the search and the memory, with more and more articles.</summary>
internal static class ArticleGrowth
{
    private const string Page = "/articles/arm-muscle-twitching";
    private const int Requests = 1000, Searches = 20;

    /// <summary>What is typed: one word and many, misspelt ones, a question, what no article has, and words that nearly all have.</summary>
    private static readonly string[] Queries =
    [
        "arm twitching", "thumb", "magnesium", "twiching biseps", "how long does it last", "zzyxvq", "after coffee", "common know work",
        "muscle arm doctor nerve twitch weak days hand body skin sleep pain",
        "begin water always never first little stay night come walk quick rest",
    ];

    public static async Task<IReadOnlyList<GrowthCurve>> MeasureAsync(string program, int most, CancellationToken cancellationToken)
    {
        var shipped = Directory.GetFiles(Path.Combine(RepositoryPaths.Content, "articles"), "*.md").Length;
        int[] sizes = [shipped, .. new[] { 1000, most }.Where(size => size > shipped).Distinct()];
        var measured = new List<(int Size, Figures Figures)>();
        foreach (var size in sizes)
            measured.Add((size, await MeasureAsync(program, size, size - shipped, cancellationToken)));

        return
        [
            Curve("first page after a start, s", "0.00", one => one.FirstPage, small: 0.5, large: 3),
            Curve("CPU until then, s", "0.00", one => one.Cpu),
            Curve("memory then, MB", "0", one => one.MemoryAtFirst),
            Curve("first search, s", "0.00", one => one.FirstSearch, small: 0.3, large: 0.3),
            Curve("search complete after a start, s", "0.0", one => one.Indexed),
            Curve("the same after a restart, s", "0.0", one => one.IndexedAgain),
            Curve("later searches, p50, ms", "0.0", one => one.SearchMedian),
            Curve("p99, ms", "0.0", one => one.SearchSlow, small: 20, large: 20),
            Curve("CPU of a search, ms", "0.0", one => one.SearchCpu),
            Curve($"memory after {Requests} pages more, MB", "0", one => one.Memory, small: 130, large: 400),
            Curve("of it what the system cannot drop, MB", "0", one => one.Undroppable),
        ];

        GrowthCurve Curve(string what, string format, Func<Figures, double> value, double? small = null, double? large = null) =>
            new("articles", what, format, [
                .. measured.Select(one => new GrowthPoint(one.Size, value(one.Figures), one.Size == shipped ? small : large)),
            ]);
    }

    private static async Task<Figures> MeasureAsync(string program, int size, int madeUp, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var client = LoopbackPorts.NewClient();
        BenchmarkReport.Progress($"{size} articles");
        var content = madeUp is 0
            ? RepositoryPaths.Content
            : SampleArticles.Write(madeUp, RepositoryPaths.Content, folder.PathOf("content"), cancellationToken).Folder;

        Figures figures;
        using (var site = Start())
            figures = await MeasureAsync(site, client, content, cancellationToken);
        using var again = Start();
        await again.AnswersAsync(client, Page, cancellationToken);
        return figures with { IndexedAgain = await IndexedAsync(again, client, cancellationToken) };

        RunningProgram Start() => new(program, content, folder, more: ("Limits__Enabled", "false"));
    }

    private static async Task<Figures> MeasureAsync(
        RunningProgram site, HttpClient client, string content, CancellationToken cancellationToken)
    {
        var firstPage = await site.AnswersAsync(client, Page, cancellationToken);
        var (cpu, memoryAtFirst) = (Cpu(site), Megabytes(site));
        var firstSearch = await TimeAsync(site, client, SearchFor(Queries[0]), cancellationToken);
        var indexed = await IndexedAsync(site, client, cancellationToken);

        // The first ones compile the way.
        foreach (var query in Enumerable.Repeat(Queries, Searches).SelectMany(all => all))
            await TimeAsync(site, client, SearchFor(query), cancellationToken);
        var cpuBefore = Cpu(site);
        var searches = new List<double>();
        for (var number = 0; number < Searches * Queries.Length; number++)
            searches.Add(await TimeAsync(site, client, SearchFor(Queries[number % Queries.Length]), cancellationToken) * 1000);
        var searchCpu = (Cpu(site) - cpuBefore) / searches.Count * 1000;
        searches.Sort();

        string[] pages = [.. Directory.GetFiles(Path.Combine(content, "articles"), "*.md").Order(StringComparer.Ordinal)
            .Select(file => $"/articles/{Path.GetFileNameWithoutExtension(file)}").Take(Requests)];
        for (var number = 0; number < Requests; number++)
            await TimeAsync(site, client, pages[number % pages.Length], cancellationToken);
        return new Figures(
            firstPage.TotalSeconds, cpu, memoryAtFirst, firstSearch, indexed, IndexedAgain: 0, searches[searches.Count / 2],
            searches[searches.Count * 99 / 100], searchCpu, Megabytes(site), LinuxProcStatistics.UndroppableBytesOf(site.Process.Id) / 1e6);
    }

    /// <returns>The seconds from the start of the program to the first search that looked at everything.</returns>
    internal static async Task<double> IndexedAsync(RunningProgram site, HttpClient client, CancellationToken cancellationToken)
    {
        while ((await client.GetStringAsync(new Uri(site.Http, SearchFor("twitch")), cancellationToken))
            .Contains("still preparing", StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        return site.SinceStart.TotalSeconds;
    }

    private static async Task<double> TimeAsync(RunningProgram site, HttpClient client, string address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(site.Http, address)) { Headers = { { "Accept-Encoding", "br" } } };
        var time = Stopwatch.StartNew();
        using var answer = await client.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return time.Elapsed.TotalSeconds;
    }

    private static string SearchFor(string query) => $"/search?q={Uri.EscapeDataString(query)}";

    private static double Cpu(RunningProgram site) => LinuxProcStatistics.CpuOf(site.Process.Id).TotalSeconds;

    private static double Megabytes(RunningProgram site) => LinuxProcStatistics.ResidentBytesOf(site.Process.Id) / 1e6;

    private sealed record Figures(
        double FirstPage, double Cpu, double MemoryAtFirst, double FirstSearch, double Indexed, double IndexedAgain, double SearchMedian,
        double SearchSlow, double SearchCpu, double Memory, double Undroppable);
}
