using System.Diagnostics;
using ArmTwitch.Benchmarks.Comments;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Benchmarks.Replicas;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.ReviewQueue;
using ArmTwitch.Moderation.Statistics;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Tests;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Benchmarks.Growth;

/// <summary>An article with many comments, the screens of moderators, and comments that arrive, with more and more comments.</summary>
internal static class CommentGrowth
{
    private const int Opened = 5, PostRounds = 5, PostSeconds = 3, WarmUpSeconds = 5;

    /// <summary>Posts may become slower by a tenth.</summary>
    private const double MostSlower = 1 / 0.9;

    private const string WarmUpArticle = "/articles/worry-about-twitching";

    /// <summary>Each makes a page of its own, which is not in memory yet.</summary>
    private static readonly string[] Countries = ["US", "CA", "AU", "NZ", "IN", "ZA", "JP", "HK", "TW"];

    /// <param name="program">The published site.</param>
    /// <param name="most">The largest number of comments.</param>
    /// <param name="isPostgres">Whether on a PostgreSQL of our own, in place of SQLite.</param>
    public static async Task<IReadOnlyList<GrowthCurve>> MeasureAsync(
        string program, int most, bool isPostgres, CancellationToken cancellationToken)
    {
        RequiredTools.Require("wrk");
        int[] sizes = [.. new[] { 1_000, 100_000 }.Where(size => size < most), most];
        using var folder = new TemporaryFolder();
        using var client = LoopbackPorts.NewClient();
        using var postgres = isPostgres ? PostgresPair.Start() : null;
        var sites = new List<FilledSite>();
        try
        {
            foreach (var size in sizes)
                sites.Add(await StartAsync(size));
            foreach (var site in sites)
                await ReadAsync(site);
            await PostAsync();
        }
        finally
        {
            sites.ForEach(site => site.Program.Dispose());
        }

        var few = sites[0].Posts;
        return
        [
            Curve("the article with most of them, not in memory, ms", "0.0", site => MeasurementSpread.Of(site.Pages).Median, most: 50),
            Curve("of it the program's CPU, ms", "0.0", site => site.PageCpu),
            Curve("first page of the queue with its counts, ms", "0.0", site => site.Queue, most: 1000),
            Curve("first page of the audit, ms", "0.0", site => site.Audit, most: 1000),
            Curve("figures, ms", "0.0", site => site.Figures, most: 1000),
            Curve("comments that arrive a second", "0", site => MeasurementSpread.Of(site.Posts, post => post.PerSecond).Median),
            Curve("the same with the fewest, divided by that", "0.00", site => MeasurementSpread.Of(
                few.Zip(site.Posts, (other, post) => other.PerSecond / post.PerSecond)).Median, MostSlower),
            Curve("a comment, p99, ms", "0.0", site => MeasurementSpread.Of(site.Posts, post => post.NinetyNinth ?? double.NaN).Median),
        ];

        GrowthCurve Curve(string what, string format, Func<FilledSite, double> value, double? most = null) => new(
            isPostgres ? "comments, PostgreSQL" : "comments, SQLite", what, format,
            [.. sites.Select(site => new GrowthPoint(site.Size, value(site), most))]);

        async Task<FilledSite> StartAsync(int size)
        {
            BenchmarkReport.Progress($"Writing {size} comments");
            (string Name, string Value)[] more =
            [
                ("Data__Directory", folder.PathOf($"data-{size}")), ("Limits__Enabled", "false"),
                .. postgres is null ? [] : await DatabaseAsync(size),
            ];
            await using (var filling = new ModerationProgram([.. RunningProgram.SettingsOf(RepositoryPaths.Content, folder), .. more]))
            {
                await filling.Get<DatabaseInitializer>().MigrateAsync(cancellationToken);
                await using var db = await filling.Get<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync(cancellationToken);
                await MadeUpComments.WriteAsync(db, size, cancellationToken);
            }

            var started = new RunningProgram(program, RepositoryPaths.Content, folder, more: more);
            await started.AnswersAsync(client, "/health/ready", cancellationToken);
            await ArticleGrowth.IndexedAsync(started, client, cancellationToken);
            return new FilledSite(size, started, more);
        }

        async Task<(string, string)[]> DatabaseAsync(int size) =>
        [
            ("Data__Provider", "Postgres"),
            ("ConnectionStrings__ArmTwitch", await postgres.NewDatabaseAsync($"comments_{size}", cancellationToken)),
        ];

        async Task ReadAsync(FilledSite site)
        {
            BenchmarkReport.Progress($"Reading {site.Size} comments");
            foreach (var country in Countries)
                await AskAsync(WarmUpArticle, country);
            var cpu = LinuxProcStatistics.CpuOf(site.Program.Process.Id);
            foreach (var country in Countries)
                site.Pages.Add(await AskAsync(CommentLoad.Article, country));
            site.PageCpu = (LinuxProcStatistics.CpuOf(site.Program.Process.Id) - cpu).TotalMilliseconds / Countries.Length;

            await using var screens = new ModerationProgram([.. RunningProgram.SettingsOf(RepositoryPaths.Content, folder), .. site.Settings]);
            await screens.Get<DatabaseInitializer>().MigrateAsync(cancellationToken);
            site.Queue = await OpenAsync(async () =>
            {
                await screens.Get<ModerationQueueService>().ListAsync(new QueueFilter(), cancellationToken: cancellationToken);
                await screens.Get<ModerationQueueService>().CountAsync(cancellationToken: cancellationToken);
            });
            site.Audit = await OpenAsync(
                () => screens.Get<AuditReader>().ListAsync(new AuditFilter(), ModeratorRole.Admin, cancellationToken: cancellationToken));
            site.Figures = await OpenAsync(() => screens.Get<ModerationStatistics>().ReadAsync(cancellationToken));

            Task<double> AskAsync(string article, string country) => TimeAsync(() => client.GetByteArrayAsync(
                new Uri(site.Program.Http, $"{article}?country={country}"), cancellationToken));
        }

        // The first round warms up.
        async Task PostAsync()
        {
            for (var round = 0; round <= PostRounds; round++)
            {
                BenchmarkReport.Progress($"Sending comments, round {round} of {PostRounds}");
                foreach (var site in sites)
                {
                    var load = await CommentLoad.SendAsync(
                        site.Program.Http, $"round {round}", round is 0 ? WarmUpSeconds : PostSeconds, folder, cancellationToken);
                    if (round > 0)
                        site.Posts.Add(load);
                }
            }
        }
    }

    /// <summary>Opens something several times; the first time compiles it.</summary>
    /// <returns>The median in milliseconds.</returns>
    private static async Task<double> OpenAsync(Func<Task> open)
    {
        await open();
        var times = new List<double>();
        while (times.Count < Opened)
            times.Add(await TimeAsync(open));
        return MeasurementSpread.Of(times).Median;
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var begun = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private sealed class FilledSite(int size, RunningProgram program, (string Name, string Value)[] settings)
    {
        public int Size => size;

        public RunningProgram Program => program;

        public (string Name, string Value)[] Settings => settings;

        /// <summary>Milliseconds until each page was there.</summary>
        public List<double> Pages { get; } = [];

        public double PageCpu { get; set; }

        public double Queue { get; set; }

        public double Audit { get; set; }

        public double Figures { get; set; }

        public List<LoadResult> Posts { get; } = [];
    }
}
