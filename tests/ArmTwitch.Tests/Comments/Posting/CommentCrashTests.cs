using System.Net;
using System.Text.Json;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>
/// A short run of what the benchmark <c>comments-crash</c> does for longer: the real program, killed while comments arrive.
/// </summary>
public sealed class CommentCrashTests : IDisposable
{
    private const int Rounds = 2, Commenters = 4;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(400);

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("armtwitch-killed-");
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_comment_that_was_answered_is_there_once_although_the_program_was_killed()
    {
        var commenters = new ConcurrentCommenters(client, CommentTestSite.Article, Commenters);
        for (var round = 0; round < Rounds; round++)
        {
            Task sending;
            using (var program = await StartAsync())
            {
                sending = commenters.SendAsync(program.Address, Stop);
                await Task.WhenAny(sending, commenters.FirstAnswer);
                await Task.Delay(Random.Shared.Next((int)Longest.TotalMilliseconds), Stop);
            }

            await sending;
        }

        using var again = await StartAsync();
        await commenters.SettleAsync(again.Address, Stop);

        var (lost, doubled) = commenters.Compare(await TextsOnDiskAsync());
        Assert.Empty(lost);
        Assert.Empty(doubled);
        Assert.True(commenters.Answered.Count > Rounds, $"Only {commenters.Answered.Count} comments were answered");
        foreach (var (text, page) in commenters.Answered.SelectMany(one => one.Value.Select(page => (one.Key, page))))
            Assert.Contains(text, await client.GetStringAsync(new Uri(again.Address, page), Stop), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        client.Dispose();
        data.Delete(recursive: true);
    }

    private async Task<RunningSite> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{BuiltProgram.FreePort()}");
        var served = new RunningSite(
            new BuiltProgram(
                [], [("ASPNETCORE_URLS", address.ToString()), ("Data__Directory", data.FullName), ("Limits__Enabled", "false")]), address);
        await served.Program.SaysAsync("Now listening on");
        while ((await client.GetAsync(new Uri(address, "/health/ready"), Stop)).StatusCode is not HttpStatusCode.OK)
            await Task.Delay(50, Stop);
        return served;
    }

    private async Task<IEnumerable<string>> TextsOnDiskAsync()
    {
        var file = Path.Combine(data.FullName, "comments.json");
        using var export = new BuiltProgram(["comments", "export", file], [("Data__Directory", data.FullName)]);
        Assert.Equal(0, await export.EndAsync());
        return JsonDocument.Parse(await File.ReadAllBytesAsync(file, Stop)).RootElement
            .EnumerateArray().Select(comment => comment.GetProperty("text").GetString()!);
    }

    private sealed record RunningSite(BuiltProgram Program, Uri Address) : IDisposable
    {
        public void Dispose() => Program.Dispose();
    }
}
