using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace ArmTwitch.Tests.Comments.Posting;

/// <summary>
/// The real program with files that the kernel does not let grow: as near to a full disk as a test can come.
/// </summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Room = 100_000, MostPosts = 200;

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("armtwitch-no-room-");
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_disk_is_full_reading_goes_on_and_posts_keep_their_words()
    {
        var site = new Uri($"http://127.0.0.1:{BuiltProgram.FreePort()}");
        var taken = new List<string>();
        // Without the trap the kernel would end the program at the limit; a full disk only refuses.
        using (var program = new BuiltProgram(
            [], [("ASPNETCORE_URLS", site.ToString()), ("Data__Directory", data.FullName), ("Limits__Enabled", "false")],
            before: "trap '' XFSZ"))
        {
            await program.SaysAsync("Now listening on");
            while ((await client.GetAsync(new Uri(site, "/health/ready"), Stop)).StatusCode is not HttpStatusCode.OK)
                await Task.Delay(50, Stop);
            await LimitAsync(program, data.EnumerateFiles("armtwitch.db*").Max(file => file.Length) + Room);

            var refused = "";
            for (var number = 0; refused.Length is 0; number++)
            {
                Assert.True(number < MostPosts, "Everything was taken");
                var text = $"Number {number} of {string.Join(' ', Enumerable.Repeat("twitching", 250))}";
                using var answer = await PostAsync(site, text);
                if (answer.StatusCode is HttpStatusCode.SeeOther)
                {
                    taken.Add(text);
                    continue;
                }

                Assert.Equal((HttpStatusCode.ServiceUnavailable, 30), (answer.StatusCode, answer.Headers.RetryAfter?.Delta?.TotalSeconds));
                Assert.Equal(text, (await CommentTestSite.ReadAsync(answer)).GetElementById("field-body")!.TextContent);
                refused = text;
            }

            foreach (var address in new[]
            {
                "/",
                CommentTestSite.Article,
                "/articles/when-to-get-help",
                "/search?q=coffee",
                "/health/live"
            })
            {
                using var answer = await client.GetAsync(new Uri(site, address), Stop);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            await LimitAsync(program, null);
            using var later = await PostAsync(site, refused);
            Assert.Equal(HttpStatusCode.SeeOther, later.StatusCode);
            Assert.Contains(refused, await client.GetStringAsync(new Uri(site, later.Headers.Location!), Stop), StringComparison.Ordinal);
            taken.Add(refused);
        }

        Assert.Equal(taken, await TextsOnDiskAsync());
    }

    public void Dispose()
    {
        client.Dispose();
        data.Delete(recursive: true);
    }

    private async Task<HttpResponseMessage> PostAsync(Uri site, string text)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("name", "Ada"), KeyValuePair.Create("body", text)]);
        return await client.PostAsync(new Uri(site, $"{CommentTestSite.Article}/comments"), form, Stop);
    }

    /// <param name="bytes">How big its files may get; null lifts the limit.</param>
    private static async Task LimitAsync(BuiltProgram program, long? bytes)
    {
        using var limit = Process.Start(
            "prlimit", ["--pid", $"{program.Id}", $"--fsize={bytes?.ToString(CultureInfo.InvariantCulture) ?? "unlimited"}:unlimited"]);
        await limit.WaitForExitAsync(Stop);
        Assert.Equal(0, limit.ExitCode);
    }

    private async Task<IEnumerable<string>> TextsOnDiskAsync()
    {
        var file = Path.Combine(data.FullName, "comments.json");
        using var export = new BuiltProgram(["comments", "export", file], [("Data__Directory", data.FullName)]);
        Assert.Equal(0, await export.EndAsync());
        return JsonDocument.Parse(await File.ReadAllBytesAsync(file, Stop)).RootElement
            .EnumerateArray().Select(comment => comment.GetProperty("text").GetString()!);
    }
}
