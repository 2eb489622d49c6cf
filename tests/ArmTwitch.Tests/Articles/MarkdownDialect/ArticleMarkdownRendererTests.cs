using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Parsing;

namespace ArmTwitch.Tests.Articles.MarkdownDialect;

/// <summary>What each piece of our Markdown becomes.</summary>
public sealed class ArticleMarkdownRendererTests
{
    private static readonly Fact[] Facts =
    [
        new(
            "F001", "", EvidenceStrength.Well, null,
            [new Source("S1", "A page", null, "A publisher", 2023, null, null, SourceAccess.Read, null)]),
        new(
            "F002", "", EvidenceStrength.Limited, "one small study",
            [new Source(
                "S2", "A <paper> & more", "One, Two", "A journal", 2001, "3:4-5", new Uri("https://doi.org/10.1000/182"),
                SourceAccess.Reported, null)]),
        new(
            "F003", "", EvidenceStrength.Weak, null,
            [new Source("S1", "A page", null, "A publisher", 2023, null, null, SourceAccess.Read, null)]),
    ];

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(ApprovedSnapshot.Folder, "*.md")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Markdown_becomes_the_approved_html(string name)
    {
        using var content = new ContentCopy();
        var diagnostics = new DiagnosticCollector(name);
        var source = ContentCopy.Article(File.ReadAllText(Path.Combine(ApprovedSnapshot.Folder, $"{name}.md")));
        var tables = ContentTables.Empty with
        {
            Topics = new Dictionary<string, Topic> { ["nerves"] = new(Slug.Parse("nerves"), "Nerves", "") },
            Authors = new Dictionary<string, ArticleAuthor> { ["somebody"] = new(Slug.Parse("somebody"), "Somebody", "", "", "") },
            Facts = Facts.ToDictionary(fact => fact.Id),
        };
        var article = ArticleFile.Read("articles/one.md", source, diagnostics).Resolve(tables, diagnostics);
        Assert.Empty(diagnostics.Diagnostics);

        var received = string.Concat(article!.Read().Select(block => $"<!-- {Kind(block)} -->\n{block.Html}"));

        ApprovedSnapshot.Matches(($"{name}.html", received));
    }

    private static string Kind(ArticleBlock block) => block is NamedBlock named ? $"{named.Name} {named.Argument}".TrimEnd() : "text";
}
