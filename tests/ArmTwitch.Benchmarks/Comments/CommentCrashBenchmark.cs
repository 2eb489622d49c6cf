using System.Net;
using System.Text.Json;
using ArmTwitch.Benchmarks.Measurement;
using ArmTwitch.Benchmarks.Processes;
using ArmTwitch.Tests;
using ArmTwitch.Tests.Comments.Posting;

namespace ArmTwitch.Benchmarks.Comments;

/// <summary>
/// Kills the published site at random moments (SIGKILL, which it cannot hear coming) while readers send comments, and starts it again
/// on the same data. What was answered with 303 has to be there afterwards, once, and so has its writer's page.
/// </summary>
internal static class CommentCrashBenchmark
{
    private const string Article = "/articles/arm-muscle-twitching", Ready = "/health/ready";
    private const int LongestMilliseconds = 1500;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(int rounds, int count, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        using var client = LoopbackPorts.NewClient();
        var program = await ProgramPublisher.SiteAsync(folder, cancellationToken);
        var posters = new ConcurrentCommenters(client, Article, count);

        var lives = new List<double>();
        for (var round = 1; round <= rounds; round++)
        {
            lives.Add(await LiveAndDieAsync(program, folder, posters, client, cancellationToken));
            BenchmarkReport.Progress($"Round {round} of {rounds}: killed after {lives[^1]:0} ms, {posters.Answered.Count} answered so far, {posters.Unanswered} not");
        }

        using var site = Start(program, folder);
        await site.AnswersAsync(client, Ready, cancellationToken);
        await posters.SettleAsync(site.Http, cancellationToken);
        var kept = await ExportAsync(program, folder, cancellationToken);
        var (lost, doubled) = posters.Compare(kept.Select(comment => comment.Text));
        var missing = await MissingPagesAsync(posters, site.Http, client, cancellationToken);
        if (posters.Answered.Count is 0)
            throw new BenchmarkException("No comment was answered at all");

        var written = kept.GroupBy(comment => comment.Text)
            .ToDictionary(copies => copies.Key, copies => copies.Min(comment => comment.WrittenAt));
        var found = posters.LeftAlone.Count(one => written.TryGetValue(one.Text, out var at) && at <= one.At);
        BenchmarkReport.Machine($", {count} posters, load average {LinuxProcStatistics.LoadAverage()}");
        BenchmarkReport.Table(
            [
                "kills", "after, ms", "comments answered with 303", "posts without an answer", "of them on disk", "lost", "doubled",
                "writer's pages missing"
            ],
            [[
                $"{rounds}", MeasurementSpread.Of(lives).Show("0"), $"{posters.Answered.Count}", $"{posters.Unanswered}", $"{found}",
                $"{lost.Count}", $"{doubled.Count}", $"{missing}"]]);
        return lost.Count + doubled.Count + missing is 0 ? 0 : 1;
    }

    /// <returns>How long it answered before it was killed, in milliseconds.</returns>
    private static async Task<double> LiveAndDieAsync(
        string program, TemporaryFolder folder, ConcurrentCommenters posters, HttpClient client, CancellationToken cancellationToken)
    {
        var life = Random.Shared.Next(LongestMilliseconds);
        Task sending;
        using (var site = Start(program, folder))
        {
            await site.AnswersAsync(client, Ready, cancellationToken);
            sending = posters.SendAsync(site.Http, cancellationToken);
            await Task.WhenAny(sending, posters.FirstAnswer);
            await Task.WhenAny(sending, Task.Delay(life, cancellationToken));
            site.Process.MustRun();
        }

        await sending;
        return life;
    }

    private static RunningProgram Start(string program, TemporaryFolder folder) =>
        new(program, RepositoryPaths.Content, folder, more: ("Limits__Enabled", "false"));

    private static async Task<IReadOnlyList<StoredComment>> ExportAsync(
        string program, TemporaryFolder folder, CancellationToken cancellationToken)
    {
        var file = folder.PathOf("comments.json");
        await ChildProcess.RunAsync(
            program, ["comments", "export", file], Limit, cancellationToken,
            settings: RunningProgram.SettingsOf(RepositoryPaths.Content, folder));
        await using var stream = File.OpenRead(file);
        return (await JsonSerializer.DeserializeAsync<List<StoredComment>>(stream, JsonSerializerOptions.Web, cancellationToken))!;
    }

    private static async Task<int> MissingPagesAsync(
        ConcurrentCommenters posters, Uri site, HttpClient client, CancellationToken cancellationToken)
    {
        var missing = 0;
        await Parallel.ForEachAsync(
            posters.Answered.SelectMany(comment => comment.Value.Select(page => (Text: comment.Key, Page: page))), cancellationToken,
            async (one, stop) =>
            {
                using var answer = await client.GetAsync(new Uri(site, one.Page), stop);
                if (answer.StatusCode is not HttpStatusCode.OK
                    || !(await answer.Content.ReadAsStringAsync(stop)).Contains(one.Text, StringComparison.Ordinal))
                    Interlocked.Increment(ref missing);
            });
        return missing;
    }

    private sealed record StoredComment(string Text, DateTimeOffset WrittenAt);
}
