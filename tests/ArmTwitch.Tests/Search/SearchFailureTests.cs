using System.Security.Cryptography;
using ArmTwitch.Articles;
using ArmTwitch.Search;
using ArmTwitch.Search.Indexing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Search;

/// <summary>What a search finds when its index fails: when it is made, or later.</summary>
public sealed class SearchFailureTests : IDisposable
{
    /// <summary>Taken out of an index, one keeps it from being made ready, the other from being searched.</summary>
    private const string Vocabulary = "drop table vocabulary", Texts = "drop table articles_data";

    private readonly CapturedLog log = new();
    private readonly TestSite site;
    private readonly HttpClient visitor;

    public SearchFailureTests()
    {
        site = new TestSite(settings: CapturedLog.Wanted(typeof(ArticleSearch).FullName!))
            .With(services => services.AddLogging(logging => logging.AddProvider(log)));
        visitor = site.Visit();
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public void Dispose()
    {
        visitor.Dispose();
        site.Dispose();
        log.Dispose();
    }

    [Theory]
    [InlineData(Vocabulary, "The search index cannot be made")]
    [InlineData(Texts, "A search failed (SQLite ")]
    public async Task Titles_and_summaries_are_searched_and_reader_log_and_health_are_told(string damage, string line)
    {
        LeaveIndex(damage);

        var html = await SearchAsync("biceps");

        Assert.Contains("out of order", html, StringComparison.Ordinal);
        Assert.Contains("/articles/twitching-in-the-biceps", html, StringComparison.Ordinal);
        Assert.StartsWith("Error", await log.WaitForAsync(line), StringComparison.Ordinal);
        Assert.Contains("The search index has failed at 12:00:00 UTC", await HealthAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Vocabulary)]
    [InlineData(Texts)]
    public async Task The_index_is_made_anew_a_minute_later_and_all_is_well(string damage)
    {
        var file = LeaveIndex(damage);
        await SearchAsync("biceps");
        Assert.False(File.Exists(file));

        await site.Get<ArticleSearch>().Prepare().WaitAsync(Stop);
        Assert.Contains("out of order", await SearchAsync("biceps"), StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.Get<ArticleSearch>().Prepare().WaitAsync(Stop);

        Assert.DoesNotContain("out of order", await SearchAsync("biceps"), StringComparison.Ordinal);
        Assert.DoesNotContain("The search index has failed", await HealthAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Vocabulary)]
    [InlineData(Texts)]
    public async Task Words_of_danger_get_their_card_all_the_same(string damage)
    {
        LeaveIndex(damage);

        Assert.Contains("Please talk to someone now", await SearchAsync("i want to die"), StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Contains("want to die", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("A file stands where the folder was.")]
    public async Task An_index_that_fails_and_cannot_be_deleted_ends_no_search_and_is_made_anew(string? inItsPlace)
    {
        var folder = Path.GetDirectoryName(LeaveIndex(Texts))!;
        await site.Get<ArticleSearch>().Prepare().WaitAsync(Stop);
        Directory.Move(folder, folder + " elsewhere");
        if (inItsPlace is not null)
            await File.WriteAllTextAsync(folder, inItsPlace, Stop);

        Assert.Contains("your chest hurts", await SearchAsync("chest pain and left arm"), StringComparison.Ordinal);
        Assert.Contains("The search index has failed", await HealthAsync(), StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromMinutes(1));
        await site.Get<ArticleSearch>().Prepare().WaitAsync(Stop);

        Assert.DoesNotContain("out of order", await SearchAsync("biceps"), StringComparison.Ordinal);
        Assert.DoesNotContain("The search index has failed", await HealthAsync(), StringComparison.Ordinal);
    }

    /// <summary>Leaves an index for the next start whose name says that it fits and is whole, and which is not.</summary>
    /// <returns>Its file.</returns>
    private string LeaveIndex(string damage)
    {
        site.Get<FullTextIndexFiles>().Get(site.Get<ArticleLibrary>().Current, Stop).Dispose();
        var file = Assert.Single(Directory.GetFiles(Path.Combine(site.DataFolder, "search")));
        using (var database = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            database.Open();
            using var command = database.CreateCommand();
            command.CommandText = damage;
            command.ExecuteNonQuery();
        }

        var renamed = $"{file[..file.LastIndexOf('-')]}-{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}.db";
        File.Move(file, renamed);
        return renamed;
    }

    private async Task<string> SearchAsync(string query)
    {
        await site.Get<ArticleSearch>().Prepare().WaitAsync(Stop);
        return await visitor.GetStringAsync(new Uri($"/search?q={Uri.EscapeDataString(query)}", UriKind.Relative), Stop);
    }

    private Task<string> HealthAsync() => visitor.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Stop);
}
