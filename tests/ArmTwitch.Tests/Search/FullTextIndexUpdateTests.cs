using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Search.Indexing;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Tests.Search;

/// <summary>After a change of the content the index is made from the one before.</summary>
public sealed class FullTextIndexUpdateTests : IDisposable
{
    private readonly ContentCopy content = new();
    private readonly TestSite site;

    public FullTextIndexUpdateTests()
    {
        content.Delete("articles/one.md");
        for (var day = 1; day <= 9; day++)
            content.WriteArticle($"day{day}", $"Words of day{day}, and a twitch.", published: $"2026-01-0{day}");
        site = new TestSite(content.Folder);
        Get().Dispose();
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private ContentSnapshot Current => site.Get<ArticleLibrary>().Current;

    public void Dispose()
    {
        site.Dispose();
        content.Dispose();
    }

    [Fact]
    public void What_has_not_changed_stays_where_it_is()
    {
        var before = Rows();
        content.WriteArticle("day5", "Words with a zebra.", published: "2026-01-05");
        content.WriteArticle("newest", "Words with a yak.", published: "2026-02-01");
        content.WriteArticle("oldest", "Words with an ox.", published: "2025-01-01");
        content.WriteArticle("between", "Words with an emu, emu, emu.", published: "2026-01-03", title: "Between");
        content.Delete("articles/day7.md");

        using var index = Update();

        var after = Rows();
        Assert.Equal(Current.Latest.Select(article => article.Slug.ToString()), after.Select(row => row.Slug));
        Assert.All(before.Where(row => row.Slug is not ("day5" or "day7")), row => Assert.Contains(row, after));
        AssertSameAsFresh(index);
    }

    [Fact]
    public void An_article_that_moves_is_found_at_its_new_place()
    {
        content.WriteArticle("day2", "Words of day2, and a twitch.", published: "2026-03-01");

        using var index = Update();

        AssertSameAsFresh(index);
    }

    [Fact]
    public void When_no_room_is_left_between_two_articles_the_index_is_made_anew()
    {
        for (var number = 20; number > 0; number--)
        {
            content.WriteArticle($"between{number}", $"Words of between{number}.", published: "2026-01-03", title: $"Between {number:00}");

            using var index = Update();

            Assert.Equal(Current.Latest.Select(article => article.Slug.ToString()), Rows().Select(row => row.Slug));
            AssertSameAsFresh(index);
        }
    }

    [Fact]
    public void When_most_articles_are_others_the_index_is_made_anew()
    {
        for (var day = 1; day <= 7; day++)
            content.WriteArticle($"day{day}", $"Other words of day{day}.", published: $"2026-01-0{day}");

        using var index = Update();

        AssertSameAsFresh(index);
    }

    private FullTextIndex Update()
    {
        site.Get<ArticleLibrary>().Reload();
        return Get();
    }

    private FullTextIndex Get() => site.Get<FullTextIndexFiles>().Get(Current, Stop);

    private void AssertSameAsFresh(FullTextIndex index)
    {
        using var fresh = FullTextIndex.Build(Current.Latest, Stop);
        Assert.Equal(fresh.Vocabulary(), index.Vocabulary());
        Assert.All(fresh.Vocabulary().Keys, word => Assert.Equal(fresh.Match($"\"{word}\"", 60), index.Match($"\"{word}\"", 60)));
        Assert.All(Current.Latest.Index(), pair => Assert.Equal(fresh.QuotableOf(pair.Index), index.QuotableOf(pair.Index)));
    }

    /// <summary>Which articles are in the file, and where.</summary>
    private List<(string Slug, long Row)> Rows()
    {
        var file = Assert.Single(Directory.GetFiles(Path.Combine(site.DataFolder, "search")));
        using var database = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        database.Open();
        using var select = database.CreateCommand();
        select.CommandText = "select slug, row from sources order by row";
        using var rows = select.ExecuteReader();
        var all = new List<(string, long)>();
        while (rows.Read())
            all.Add((rows.GetString(0), rows.GetInt64(1)));
        return all;
    }
}
