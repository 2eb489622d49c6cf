using System.Net;
using System.Text.Json;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Data;

public sealed class DataFolderTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("armtwitch-home-").FullName;

    public DataFolderTests() => Directory.CreateDirectory(Path.Combine(home, "content", "articles"));

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Theory]
    [InlineData("1000000000", "degraded", "The disk with the data folder has ")]
    [InlineData("0", "healthy", "")]
    public async Task A_disk_that_fills_up_is_told_before_it_is_full(string least, string status, string reason)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var site = new TestSite(settings: ("Data:LeastFreeMegabytes", least));
        using var client = site.CreateClient();
        await site.Services.GetRequiredService<DatabaseInitializer>().WhenReadyAsync(TimeSpan.FromSeconds(30), stop);

        using var answer = await client.GetAsync("/health/ready", stop);

        var room = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop)).RootElement.GetProperty("checks").GetProperty("room");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(status, room.GetProperty("status").GetString());
        Assert.StartsWith(reason, room.GetProperty("reason").GetString() ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("content", "data", "data")]
    [InlineData("content/", "data", "data")]
    [InlineData("content/articles/..", "data", "data")]
    [InlineData("content", "deeper/data", "deeper/data")]
    public void It_stands_beside_the_content_folder(string content, string data, string expected)
    {
        var folder = FolderOf(Path.Combine(home, content), data);

        Assert.Equal(Path.Combine(home, expected), folder);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void An_absolute_one_stands_where_it_says() =>
        Assert.Equal(Path.Combine(home, "elsewhere"), FolderOf(Path.Combine(home, "content"), Path.Combine(home, "elsewhere")));

    private static string FolderOf(string content, string data) =>
        new DataFolder(Options.Create(new DataOptions { Directory = data }), Options.Create(
            new ContentOptions { Path = content }), NullLogger<DataFolder>.Instance).FullPath;
}
