using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Editing;

namespace ArmTwitch.Tests.Editing;

/// <summary>A content folder with all that the rules look at, and one article whose words a test chooses.</summary>
public sealed class LintTestContent : IDisposable
{
    /// <summary>The first line of the text in the article.</summary>
    public const int Top = 19;

    /// <summary>A text that keeps every rule.</summary>
    public const string Whole = """
        :::emergency
        - @stroke
        :::

        ## What it is

        A twitch is a small jump [@F001].

        ## What causes it

        Nerves may do it.

        ## What you can do

        Rest and sleep well.

        ## What a doctor does

        A doctor looks at your arm.

        ## How long it lasts

        Most stop in days [@F001].
        """;

    internal static readonly LintContext Context = new(new DateOnly(2026, 11, 26), Slug.Parse(new ContentOptions().GetHelp));

    private readonly ContentCopy content = new();

    public LintTestContent()
    {
        content.Write(
            "topics.yml", "nerves: {title: Nerves, summary: About nerves.}\nmedicines: {title: Medicines, summary: About medicines.}\n");
        content.Write("references.yml", """
            facts:
              F001: {says: A twitch is a small jump., strength: well, sources: [S1]}
              F002: {says: Coffee may matter., strength: limited, sources: [S1]}
              F003: {says: Salt stops it., strength: weak, sources: [S1]}
              F004: {says: Acid does it., strength: wrong, sources: [S1]}
            sources:
              S1: {title: A page on twitching, publisher: A publisher, year: 2023, seen: read}
            """);
        content.Write("signs.yml", """
            stroke: {level: emergency, says: "your face droops [@F001]"}
            weak: {level: urgent, says: "one arm gets weak [@F001]"}
            numb: {level: urgent, says: "one arm gets numb [@F001]", worse: [stroke]}
            long: {level: routine, says: "it lasts [@F001]"}
            well: {level: self-care, says: "no other sign fits"}

            """ + string.Concat(Enumerable.Range(1, 7).Select(
                number => $"sign-{number}: {{level: emergency, says: \"it is so bad [@F001]\"}}\n")));
        content.Write("emergency-numbers.yml", """
            default: GB
            places:
              - {code: GB, name: United Kingdom, emergency: "999", advice: "111", note: "For poison call 1-800-222-1222.", checked: 2026-11-22}
            """);
        content.Write("words.yml", """
            names: [fasciculation]
            medicines: [lithium, water tablets]
            avoid:
              - {use: use, not: [utilise]}
            fear: [deadly]
            promises: [guaranteed]
            """);
        content.WriteArticle("two");
    }

    public ContentCopy Files => content;

    /// <summary>What one rule says about an article.</summary>
    /// <param name="body">Its text.</param>
    /// <param name="frontMatter">Lines that take the place of those with the same key.</param>
    internal IReadOnlyList<LintFinding> Findings(string rule, string body, params string[] frontMatter) =>
        [.. LintRules.ForArticles.Single(one => one.Id == rule).Check(Draft(body, frontMatter))];

    internal ArticleLintDocument Draft(string body, string[]? frontMatter = null, string slug = "one", LintContext? context = null)
    {
        content.Write($"articles/{slug}.md", Article(body, frontMatter ?? []));
        var now = new ContentLoader(content.Folder).Load()!;
        Assert.DoesNotContain(now.Faults, diagnostic => diagnostic.Blocks);
        return new ArticleLintDocument(now.Find(Slug.Parse(slug))!, context ?? Context);
    }

    public static string Article(string body, params string[] frontMatter)
    {
        List<string> lines =
        [
            "title: An article", "summary: The answer.", "kind: condition", "topics: [nerves]", "author: somebody", "published: 2026-11-22",
            "lastReviewed: 2026-11-22",
            "nextReview: 2027-11-22", "reviewed: false", "synonyms: [jump]", "related: [{article: two, sign: It tingles.}]",
            "changes: [{date: 2026-11-22, what: First version.}]",
        ];
        foreach (var line in frontMatter)
        {
            var key = line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
            if (lines.FindIndex(old => old.StartsWith(key, StringComparison.Ordinal)) is >= 0 and var index)
                lines[index] = line;
            else
                lines.Add(line);
        }

        return $"---\n{string.Join('\n', lines)}\n---\n\n\n\n\n{body}\n";
    }

    public void Dispose() => content.Dispose();
}
