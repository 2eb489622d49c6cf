using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using Markdig.Extensions.CustomContainers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules on sections, headings, links and pictures.</summary>
internal static partial class StructureRules
{
    public const int HeadingLength = 65;

    private const string FreeSections = "";

    /// <summary>
    /// The sections of an article of the kind condition, in their order; sections of other names stand where the empty name is.
    /// </summary>
    public static readonly IReadOnlyList<(string Title, bool IsRequired)> ConditionSections =
    [
        ("What it is", true), ("What it feels like", false), ("What causes it", true), ("How common it is", false), (FreeSections, false),
        ("What you can do", true), ("What a doctor does", true), ("How long it lasts", true), ("Myths corrected", false),
    ];

    private static readonly string[] GuideSections = ["What you can do"];

    public static IEnumerable<LintFinding> MissingSection(ArticleLintDocument document)
    {
        var titles = Sections(document).Select(section => section.Text).ToHashSet(StringComparer.Ordinal);
        var required = document.Article.Kind is ArticleKind.Guide
            ? GuideSections
            : ConditionSections.Where(section => section.IsRequired).Select(section => section.Title);
        return required.Where(title => !titles.Contains(title))
            .Select(title => LintFinding.Error(
                document.Text, $"There is no section \"{title}\".",
                $"Write it under \"## {title}\"; a page of a {KebabCase.Of(document.Article.Kind)} needs it."));
    }

    public static IEnumerable<LintFinding> SectionOrder(ArticleLintDocument document)
    {
        var free = Place(FreeSections);
        var (reached, before) = (-1, "");
        foreach (var (text, at) in Sections(document))
        {
            var place = Place(text) is >= 0 and var known ? known
                : document.Article.Kind is ArticleKind.Guide && reached < free ? reached
                : free;
            if (place < reached)
            {
                yield return LintFinding.Error(at, $"\"{text}\" stands behind \"{before}\".",
                    Place(text) >= 0
                        ? $"Move it above; the order is {Order()}."
                        : "Move it above \"What you can do\"; that is where free sections stand.");
            }
            else
            {
                (reached, before) = (place, text);
            }
        }

        static int Place(string title) =>
            ConditionSections.Index().FirstOrDefault(section => section.Item.Title == title, (-1, default)).Index;
        static string Order() =>
            string.Join(", ", ConditionSections.Select(section => section.Title.Length is 0 ? "free ones" : section.Title));
    }

    public static IEnumerable<LintFinding> SkippedLevel(LintDocument document)
    {
        var level = 1;
        foreach (var heading in Headings(document))
        {
            if (heading.Level > level + 1)
                yield return LintFinding.Error(
                    TextPosition.Of(heading), $"The heading jumps from level {level} to level {heading.Level}.",
                    $"Begin it with {new string('#', level + 1)}.");
            level = heading.Level;
        }
    }

    public static IEnumerable<LintFinding> SameHeading(LintDocument document) =>
        from same in Headings(document)
            .GroupBy(heading => ArticleMarkdownRenderer.PlainText(heading.Inline), StringComparer.OrdinalIgnoreCase)
        from heading in same.Skip(1)
        select LintFinding.Error(
            TextPosition.Of(heading), $"There is already a heading \"{same.Key}\".", "Word one of the two otherwise.");

    public static IEnumerable<LintFinding> LongHeading(LintDocument document) =>
        from heading in Headings(document)
        let length = ArticleMarkdownRenderer.PlainText(heading.Inline).Length
        where length > HeadingLength
        select LintFinding.Error(
            TextPosition.Of(heading), $"The heading has {length} characters.", $"Write at most {HeadingLength}.");

    public static IEnumerable<LintFinding> LinkText(LintDocument document) =>
        from link in document.Links
        let text = TextOf(link)
        where SaysNothing().IsMatch(text) || text.Length is 0
        select LintFinding.Error(
            TextPosition.Of(link), $"The link says \"{text}\", which tells nothing by itself.", "Name what it leads to.");

    public static IEnumerable<LintFinding> SameLinkText(LintDocument document) =>
        from same in document.Links.GroupBy(TextOf, StringComparer.OrdinalIgnoreCase)
        from link in same.Skip(1)
        where link.Url != same.First().Url
        select LintFinding.Error(
            TextPosition.Of(link), $"\"{same.Key}\" leads to {link.Url} here and to {same.First().Url} above.",
            "One text, one target: word one of the two otherwise.");

    public static IEnumerable<LintFinding> PictureWords(LintDocument document) =>
        from block in document.Blocks
        where ArticleMarkdownRenderer.NameOf(block) is BlockName.Picture && !((CustomContainer)block).Descendants<ParagraphBlock>().Any()
        select LintFinding.Error(
            TextPosition.Of(block), "The picture has no words.", "Write in the block what it shows, for those who do not see it.");

    private static IEnumerable<HeadingBlock> Headings(LintDocument document) => document.Blocks.OfType<HeadingBlock>();

    private static IEnumerable<(string Text, TextPosition At)> Sections(LintDocument document) =>
        Headings(document).Where(heading => heading.Level is 2)
            .Select(heading => (ArticleMarkdownRenderer.PlainText(heading.Inline), TextPosition.Of(heading)));

    private static string TextOf(LinkInline link) => ArticleMarkdownRenderer.PlainText(link).Trim();

    [GeneratedRegex(
        @"^(click|tap)\b|^(click here|here|this|this page|this article|link|more|read more|learn more|find out more|see here)\W*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex SaysNothing();
}
