using System.Security.Cryptography;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Data;
using ArmTwitch.Search.Indexing;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Search;

public sealed class FullTextIndexFilesTests : IDisposable
{
    private const string Word = "\"coffee\"";

    private static readonly string ShaOfNothing = Convert.ToHexStringLower(SHA256.HashData([]));

    private readonly CapturedLog log = new();
    private readonly ILoggerFactory factory;
    private readonly TestSite site = new();

    public FullTextIndexFilesTests() => factory = LoggerFactory.Create(logging => logging.AddProvider(log));

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private ContentSnapshot Content => site.Get<ArticleLibrary>().Current;

    private string Folder => Path.Combine(site.DataFolder, "search");

    public void Dispose()
    {
        factory.Dispose();
        log.Dispose();
        site.Dispose();
    }

    [Fact]
    public void The_index_of_the_last_start_is_used_and_says_the_same_as_a_fresh_one()
    {
        Get().Dispose();
        var file = Assert.Single(Directory.GetFiles(Folder));
        var before = File.GetLastWriteTimeUtc(file);

        using var kept = Get();

        using var fresh = FullTextIndex.Build(Content.Latest, Stop);
        Assert.Equal(before, File.GetLastWriteTimeUtc(file));
        Assert.Equal(fresh.Vocabulary(), kept.Vocabulary());
        Assert.Equal(fresh.Match(Word, 60), kept.Match(Word, 60));
        Assert.All(Content.Latest.Index(), pair => Assert.Equal(fresh.QuotableOf(pair.Index), kept.QuotableOf(pair.Index)));
        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_damaged_index_is_made_anew_and_the_log_says_so(double share)
    {
        Get().Dispose();
        var file = Assert.Single(Directory.GetFiles(Folder));
        var bytes = File.ReadAllBytes(file);
        var at = (int)((bytes.Length - 1) * share);
        bytes[at] ^= 1;
        File.WriteAllBytes(file, share is 1 ? bytes[..at] : bytes);

        using var index = Get();

        Assert.True(index.HasMatch(Word));
        Assert.Contains("damaged", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.Equal(file, Assert.Single(Directory.GetFiles(Folder)));
    }

    [Fact]
    public void An_index_of_other_articles_or_of_another_version_of_the_program_is_not_used()
    {
        Get().Dispose();
        var file = Assert.Single(Directory.GetFiles(Folder));
        var other = Path.Combine(Folder, "another-version.db");
        File.Move(file, other);

        Get().Dispose();

        Assert.Equal(file, Assert.Single(Directory.GetFiles(Folder)));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void A_change_of_an_article_makes_another_index_in_place_of_the_first()
    {
        using var content = new ContentCopy();
        using var other = new TestSite(content.Folder);
        var files = other.Get<FullTextIndexFiles>();
        files.Get(other.Get<ArticleLibrary>().Current, Stop).Dispose();
        content.WriteArticle("two", "A zebra.");
        other.Get<ArticleLibrary>().Reload();

        using var index = files.Get(other.Get<ArticleLibrary>().Current, Stop);

        Assert.True(index.HasMatch("\"zebra\""));
        Assert.Single(Directory.GetFiles(Path.Combine(other.DataFolder, "search")));
    }

    [Fact]
    public void An_index_of_other_articles_that_cannot_be_read_is_deleted_and_all_is_indexed_anew()
    {
        using var content = new ContentCopy();
        using var other = new TestSite(content.Folder);
        var files = other.Get<FullTextIndexFiles>();
        string old;
        using (var before = files.Get(other.Get<ArticleLibrary>().Current, Stop))
            old = before.File!;
        var unreadable = Path.Combine(Path.GetDirectoryName(old)!, $"{Path.GetFileName(old)[..64]}-{new string('0', 64)}-{ShaOfNothing}.db");
        File.Delete(old);
        File.WriteAllBytes(unreadable, []);
        content.WriteArticle("two", "A zebra.");
        other.Get<ArticleLibrary>().Reload();

        using var index = files.Get(other.Get<ArticleLibrary>().Current, Stop);

        Assert.True(index.HasMatch("\"zebra\""));
        Assert.NotNull(index.File);
        Assert.False(File.Exists(unreadable));
    }

    [Fact]
    public void An_index_of_other_articles_stays_when_only_writing_its_successor_fails()
    {
        using var content = new ContentCopy();
        using var other = new TestSite(content.Folder);
        var old = LeaveIndexThatCannotBeWritten(other);
        content.WriteArticle("two", "A zebra.");
        other.Get<ArticleLibrary>().Reload();

        using var index = Get(other);

        Assert.True(index.HasMatch("\"zebra\""));
        Assert.Equal(old, Assert.Single(Directory.GetFiles(Path.GetDirectoryName(old)!)));
        Assert.Contains("held in memory", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_program_is_building_stays_and_what_a_killed_one_left_goes()
    {
        Directory.CreateDirectory(Folder);
        string[] others = ["living.part", "living.part-journal", "killed.part", "killed.part-journal"];
        foreach (var name in others)
        {
            var file = Path.Combine(Folder, name);
            File.WriteAllText(file, "half");
            File.SetLastWriteTimeUtc(
                file, (site.Clock.GetUtcNow() - (name[0] is 'l' ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(2))).UtcDateTime);
        }

        Get().Dispose();

        Assert.Equal(
            ["living.part", "living.part-journal"],
            Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Where(others.Contains).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Without_a_place_on_the_disk_the_index_is_held_in_memory_and_the_log_says_so()
    {
        File.WriteAllText(Folder, "A file stands where the folder would be.");

        using var index = Get();

        Assert.True(index.HasMatch(Word));
        Assert.Contains("held in memory", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_else_may_read_the_index()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Get().Dispose();

        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(Folder))));
    }

    /// <summary>Leaves a whole index to which SQLite writes as little as on a full disk.</summary>
    /// <returns>Its file.</returns>
    private string LeaveIndexThatCannotBeWritten(TestSite other)
    {
        // The version of the format for writing (sqlite.org/fileformat2.html): 1 and 2 are known.
        const int writeVersion = 18;
        string file;
        using (var index = Get(other))
            file = index.File!;
        var bytes = File.ReadAllBytes(file);
        bytes[writeVersion] = 3;
        File.Delete(file);
        var renamed = $"{file[..file.LastIndexOf('-')]}-{Convert.ToHexStringLower(SHA256.HashData(bytes))}.db";
        File.WriteAllBytes(renamed, bytes);
        return renamed;
    }

    private FullTextIndex Get() => Get(site);

    private FullTextIndex Get(TestSite of) =>
        new FullTextIndexFiles(of.Get<DataFolder>(), of.Clock, factory.CreateLogger<FullTextIndexFiles>())
            .Get(of.Get<ArticleLibrary>().Current, Stop);
}
