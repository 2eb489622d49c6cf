using System.Globalization;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;

namespace ArmTwitch.Benchmarks.Growth;

/// <summary>Prints how the figures of the site grow with it. What grows has a class of its own, which returns its curves.</summary>
internal static class GrowthBenchmark
{
    /// <param name="articles">The largest number; null to leave articles out.</param>
    /// <param name="comments">The same for comments.</param>
    /// <param name="isPostgres">Whether the comments are in a PostgreSQL.</param>
    public static async Task<int> RunAsync(int? articles, int? comments, bool isPostgres, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var program = await ProgramPublisher.SiteAsync(folder, cancellationToken);
        List<GrowthCurve> curves =
        [
            .. articles is { } ofArticles ? await ArticleGrowth.MeasureAsync(program, ofArticles, cancellationToken) : [],
            .. comments is { } ofComments ? await CommentGrowth.MeasureAsync(program, ofComments, isPostgres, cancellationToken) : [],
        ];

        BenchmarkReport.Machine($", load average {LinuxProcStatistics.LoadAverage()}");
        foreach (var table in curves.GroupBy(curve => curve.Of))
        {
            var sizes = table.First().Points.Select(point => point.Size.ToString("N0", CultureInfo.InvariantCulture));
            BenchmarkReport.Table([table.Key, .. sizes, "exponent", ""], table.Select(curve => curve.Row()));
        }

        return curves.All(curve => curve.Holds) ? 0 : 1;
    }
}
