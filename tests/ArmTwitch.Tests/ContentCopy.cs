using ArmTwitch.Articles.Content;

namespace ArmTwitch.Tests;

/// <summary>A content folder of a test's own, which it may break. Begins as the smallest that is sound.</summary>
public sealed class ContentCopy : IDisposable
{
    public ContentCopy()
    {
        Write("topics.yml", "nerves: {title: Nerves, summary: About nerves.}\ncauses: {title: Causes, summary: About causes.}\n");
        Write("authors/somebody.md", "---\nname: Somebody\nrole: Writer\ninterests: None.\n---\n\nWrites.\n");
        Write("references.yml", """
            facts:
              F001: {says: A twitch is a small jump., strength: well, sources: [S1]}
              F002: {says: Coffee may matter., strength: limited, note: one small study, sources: [S1, S2]}
            sources:
              S1: {title: A page on twitching, publisher: A publisher, year: 2023, seen: read}
              S2: {title: A paper, journal: A journal, year: 2001, doi: 10.1000/182, seen: reported}
            """);
        Write("emergency-numbers.yml", """
            default: GB
            places:
              - {code: GB, name: United Kingdom, emergency: "999", advice: "111", checked: 2026-11-22}
              - {code: AU, name: Australia, emergency: "000", checked: 2026-11-22}
            """);
        Write("pages/about.md", "---\ntitle: About\nsummary: What this is.\nlastReviewed: 2026-11-22\n---\n\nWords.\n");
        WriteArticle("one");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("armtwitch content ").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    public void WriteArticle(
        string slug, string body = "Some words [@F001].", string frontMatter = "", string? title = null, string published = "2026-11-22") =>
        Write($"articles/{slug}.md", Article(body, frontMatter, title ?? $"Article {slug}", published));

    public void Delete(string name) => File.Delete(PathOf(name));

    /// <summary>What is wrong in the folder.</summary>
    internal IReadOnlyList<ContentDiagnostic> Faults() => new ContentLoader(Folder).Load()!.Faults;

    public static string Article(string body, string frontMatter = "", string title = "An article", string published = "2026-11-22") => $"""
        ---
        title: {title}
        summary: The answer.
        topics: [nerves]
        author: somebody
        published: {published}
        lastReviewed: 2026-11-22
        nextReview: 2027-11-22
        reviewed: false
        changes:
          - {"{"}date: 2026-11-22, what: First version.{"}"}
        {frontMatter}
        ---

        {body}

        """.ReplaceLineEndings("\n").Replace("\n\n---", "\n---", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
