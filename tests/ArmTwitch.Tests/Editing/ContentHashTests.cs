using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Editing;

namespace ArmTwitch.Tests.Editing;

/// <summary>Words cannot change without an entry in the change log.</summary>
public sealed class ContentHashTests : IDisposable
{
    private readonly LintTestContent content = new();

    public void Dispose() => content.Dispose();

    [Theory]
    [InlineData("changes: [{date: 2026-11-22, what: First version.}]", ", seal: *}]")]
    [InlineData("changes:\n  - date: 2026-11-22\n    what: First version.", "\n    seal: *\n---")]
    [InlineData("changes:\n  - what: \"First: version.\"\n    date: 2026-11-22\n  - date: 2026-11-20\n    what: Older.", "2026-11-22\n    seal: *\n  - date: 2026-11-20")]
    [InlineData("changes:\n- date: 2026-11-22\n  what: A longer\n    story.", "story.\n  seal: *\n---")]
    [InlineData("changes:\n  - date: 2026-11-22\n    what: First version.\n    advice: true", "true\n    seal: *\n---")]
    [InlineData("changes:\r\n  - date: 2026-11-22\r\n    what: First version.", "\r\n    seal: *\r\n---")]
    public void Accepting_writes_the_hash_into_the_newest_change_and_nothing_else(string changes, string written)
    {
        var lineEnd = changes.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n";
        content.Files.Write("articles/one.md", LintTestContent.Article("Words [@F001].", changes).ReplaceLineEndings(lineEnd));
        var before = File.ReadAllText(content.Files.PathOf("articles/one.md"));

        Assert.Equal(["articles/one.md", "articles/two.md"], ContentCheck.WriteHashes(content.Files.Folder));

        var article = new ContentLoader(content.Files.Folder).Load()!.Find(Slug.Parse("one"))!;
        var hash = article.Changes[0].Hash!;
        Assert.Equal(ContentHash.Compute(article), hash);
        Assert.Contains(written.Replace("*", hash, StringComparison.Ordinal), article.SourceText, StringComparison.Ordinal);
        Assert.Equal(before, article.SourceText.Replace(
            written.Contains("}]", StringComparison.Ordinal)
                ? $", seal: {hash}"
                : $"{article.SourceText.Split("seal:")[0].Split('\n')[^1]}seal: {hash}{lineEnd}", "", StringComparison.Ordinal));
        Assert.Empty(ContentCheck.WriteHashes(content.Files.Folder));
    }

    [Fact]
    public void Changed_words_need_an_entry_and_changed_spaces_do_not()
    {
        content.Files.Write("articles/one.md", LintTestContent.Article("Words [@F001].\n\nMore."));
        ContentCheck.WriteHashes(content.Files.Folder);
        var accepted = File.ReadAllText(content.Files.PathOf("articles/one.md"));

        Assert.Empty(Unlogged(accepted));
        Assert.Empty(Unlogged(accepted.Replace("Words [@F001].", "Words [@F001].  ", StringComparison.Ordinal)));
        Assert.Empty(Unlogged(accepted.Replace("nextReview: 2027-11-22", "nextReview: 2027-11-20", StringComparison.Ordinal)));
        Assert.Single(Unlogged(accepted.Replace("More.", "Less.", StringComparison.Ordinal)));
        Assert.Single(Unlogged(accepted.Replace("The answer.", "Another answer.", StringComparison.Ordinal)));
        Assert.Single(Unlogged(accepted.Replace("An article", "Another article", StringComparison.Ordinal)));
    }

    [Fact]
    public void Accepting_does_not_replace_a_wrong_hash()
    {
        content.Files.Write(
            "articles/one.md", LintTestContent.Article("Words.", "changes: [{date: 2026-11-22, what: First version., seal: abc}]"));

        Assert.Equal(["articles/two.md"], ContentCheck.WriteHashes(content.Files.Folder));
        Assert.Single(Unlogged(File.ReadAllText(content.Files.PathOf("articles/one.md"))));
    }

    private List<ContentDiagnostic> Unlogged(string text)
    {
        content.Files.Write("articles/one.md", text);
        return [.. ContentCheck.Run(content.Files.Folder, LintTestContent.Context).Faults
            .Where(diagnostic => diagnostic.Rule is "unlogged")];
    }
}
