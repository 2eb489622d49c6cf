using System.Globalization;
using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Benchmarks.Comments;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Tests;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Benchmarks.Replicas;

/// <summary>
/// Readers ask for every article as fast as they can. In turn with nothing else, and while each second a comment on one article is
/// approved, by another program on the same PostgreSQL, and the file of another article is edited.
/// </summary>
internal static partial class ChangesBenchmark
{
    private const string Approved = "arm-muscle-twitching", Edited = "salts-in-the-blood";
    private const int Comments = 10_000;
    private const double MostTimesSlower = 10, MostRenders = 1.5;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1), WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(int rounds, int seconds, CancellationToken cancellationToken)
    {
        RequiredTools.Require("wrk");
        using var folder = new TemporaryFolder();
        using var client = LoopbackPorts.NewClient();
        using var postgres = PostgresPair.Start();
        var content = folder.PathOf("content");
        await ChildProcess.RunAsync("cp", ["-r", RepositoryPaths.Content, content], WarmUp * 10, cancellationToken);
        (string Name, string Value)[] settings =
        [
            ("Data__Provider", "Postgres"), ("ConnectionStrings__ArmTwitch", postgres.Address), ("Metrics__Enabled", "true"),
        ];
        await using var moderator = new ModerationProgram(
            [.. RunningProgram.SettingsOf(content, folder), .. settings, ("Data__Directory", folder.PathOf("data-moderator"))]);
        await moderator.Get<DatabaseInitializer>().MigrateAsync(cancellationToken);
        await using (var db = await moderator.Get<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync(cancellationToken))
            await MadeUpComments.WriteAsync(db, Comments, cancellationToken);
        var slug = Slug.Parse(Approved, null);
        var waiting = new Queue<Guid>((await moderator.ReadAsync(
            all => all.Where(comment => comment.IsWaiting && comment.Article == slug).Take(rounds * seconds))).Select(comment => comment.Id));

        using var site = new RunningProgram(
            await ProgramPublisher.SiteAsync(folder, cancellationToken), content, folder, more: settings);
        await site.AnswersAsync(client, "/health/ready", cancellationToken);
        var script = folder.PathOf("readers.lua");
        await File.WriteAllTextAsync(script, Script(), cancellationToken);
        await LoadAsync((int)WarmUp.TotalSeconds);
        await Task.Delay(WarmUp, cancellationToken);

        var (calm, changing) = (new List<LoadResult>(), new List<LoadResult>());
        var (changes, renders) = (0, 0.0);
        for (var round = 1; round <= rounds; round++)
        {
            calm.Add(await LoadAsync(seconds));
            var before = await RendersAsync();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var working = ChangeAsync(stop.Token);
            changing.Add(await LoadAsync(seconds));
            await stop.CancelAsync();
            changes += await working;
            renders += await RendersAsync() - before;
            BenchmarkReport.Progress($"Round {round} of {rounds}: slowest {calm[^1].Slowest:0.0} and {changing[^1].Slowest:0.0} ms");
        }

        var edited = await client.GetStringAsync(new Uri(site.Http, $"/articles/{Edited}"), cancellationToken);
        return edited.Contains("time that this was edited", StringComparison.Ordinal)
            ? Report(calm, changing, renders / changes)
            : throw new BenchmarkException("The edited article never showed an edit");

        Task<LoadResult> LoadAsync(int length) => LoadGenerators.RunScriptAsync(site.Http, script, length, cancellationToken);

        // Comments and edits together.
        async Task<int> ChangeAsync(CancellationToken stop)
        {
            var done = 0;
            var file = Path.Combine(content, "articles", $"{Edited}.md");
            var text = await File.ReadAllTextAsync(file, CancellationToken.None);
            while (!stop.IsCancellationRequested)
            {
                await moderator.DecideAsync(waiting.Dequeue(), Decision.Approve);
                await Task.Delay(Between / 2, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await File.WriteAllTextAsync(
                    file, string.Create(CultureInfo.InvariantCulture, $"{text}\nIt is the {++done}. time that this was edited.\n"),
                    CancellationToken.None);
                await Task.Delay(Between / 2, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return 2 * done;
        }

        async Task<double> RendersAsync() =>
            double.Parse(
                RenderCount().Match(await client.GetStringAsync(new Uri(site.Http, "/metrics"), cancellationToken)).Groups["count"].ValueSpan,
                CultureInfo.InvariantCulture);
    }

    /// <summary>One article after the other, each thread from another one on.</summary>
    private static string Script()
    {
        var articles = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Content, "articles"), "*.md")
            .Select(file => $"\"/articles/{Path.GetFileNameWithoutExtension(file)}\"");
        return $$"""
            local articles = { {{string.Join(", ", articles)}} }
            local next = math.random(#articles)
            function request()
              next = next % #articles + 1
              return wrk.format("GET", articles[next], { ["Accept-Encoding"] = "br" })
            end
            """;
    }

    private static int Report(List<LoadResult> calm, List<LoadResult> changing, double renders)
    {
        var slower = MeasurementSpread.Of(calm.Zip(changing, (before, after) => after.Slowest / before.NinetyNinth ?? double.NaN));
        BenchmarkReport.Machine($", {calm.Count} rounds, load average {LinuxProcStatistics.LoadAverage()}");
        BenchmarkReport.Table(
            ["", "requests/s", "p50, ms", "p99, ms", "slowest, ms"],
            [Row("nothing changes", calm), Row("an approval and an edit a second", changing)]);
        return BenchmarkReport.Against(
            new PerformanceTarget("The slowest reader while things change, by p99 without", slower, MostTimesSlower, IsCeiling: true, "0.0"),
            new PerformanceTarget("Pages of articles made for each change", MeasurementSpread.Of([renders]), MostRenders, IsCeiling: true));

        static string[] Row(string name, List<LoadResult> loads) =>
        [
            name, MeasurementSpread.Of(loads, load => load.PerSecond).Show("0"),
            MeasurementSpread.Of(loads, load => load.Median ?? double.NaN).Show("0.0"),
            MeasurementSpread.Of(loads, load => load.NinetyNinth ?? double.NaN).Show("0.0"),
            MeasurementSpread.Of(loads, load => load.Slowest ?? double.NaN).Show("0.0"),
        ];
    }

    [GeneratedRegex("""armtwitch_pages_render_duration_seconds_count\{[^}]*page="ArticlePage"[^}]*\} (?<count>\d+)""")]
    private static partial Regex RenderCount();
}
