using ArmTwitch.Articles;

namespace ArmTwitch.Tests.Articles;

/// <summary>What each piece of our Markdown becomes.</summary>
public sealed class MarkdownSnapshotTests
{
    private static readonly Fact[] Facts =
    [
        new("F001", "", Strength.Well, null, [new Source("S1", "A page", null, "A publisher", 2023, null, null, Seen.Read, null)]),
        new("F002", "", Strength.Limited, "one small study", [new Source("S2", "A <paper> & more", "One, Two", "A journal", 2001, "3:4-5", new Uri("https://doi.org/10.1000/182"), Seen.Reported, null)]),
        new("F003", "", Strength.Weak, null, [new Source("S1", "A page", null, "A publisher", 2023, null, null, Seen.Read, null)]),
    ];

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Snapshot.Folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Markdown_becomes_the_approved_html(string name)
    {
        using var content = new ContentCopy();
        var faults = new FaultLog(name);
        var source = ContentCopy.Article(File.ReadAllText(Path.Combine(Snapshot.Folder, $"{name}.md")));
        var tables = ContentTables.Empty with
        {
            Topics = new Dictionary<string, Topic> { ["nerves"] = new(Slug.Parse("nerves"), "Nerves", "") },
            Authors = new Dictionary<string, Author> { ["somebody"] = new(Slug.Parse("somebody"), "Somebody", "", "", "") },
            Facts = Facts.ToDictionary(fact => fact.Id),
        };
        var article = ArticleFile.Read("articles/one.md", source, faults).Resolve(tables, faults);
        Assert.Empty(faults.Faults);

        var received = string.Concat(article!.Read().Select(block => $"<!-- {Kind(block)} -->\n{block.Html}"));

        Snapshot.Matches(($"{name}.html", received));
    }

    private static string Kind(ArticleBlock block) => block is NamedBlock named ? $"{named.Name} {named.Argument}".TrimEnd() : "text";
}
