using System.Text.RegularExpressions;
using ArmTwitch.Articles.Content;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules on what is written in another language than our Markdown, and so appears as typed.</summary>
internal static partial class MarkupRules
{
    /// <summary>What takes the place of the commonest elements.</summary>
    private static readonly Dictionary<string, string> InMarkdown = new(StringComparer.OrdinalIgnoreCase)
    {
        ["a"] = "Write a link as [its words](/articles/its-address).",
        ["b"] = Bold,
        ["strong"] = Bold,
        ["i"] = Italic,
        ["em"] = Italic,
        ["br"] = "Begin a new paragraph with an empty line.",
        ["p"] = "Begin a new paragraph with an empty line.",
        ["ul"] = List,
        ["ol"] = List,
        ["li"] = List,
        ["table"] = Table,
        ["tr"] = Table,
        ["td"] = Table,
        ["th"] = Table,
        ["img"] = "Use a :::picture block.",
        ["h1"] = "The title of the page is its only heading of that level; begin others with ##.",
        ["h2"] = "Begin the heading with ##.",
        ["h3"] = "Begin the heading with ###.",
        ["details"] = "Leave it out: long text stands under a heading.",
    };

    private const string Bold = "Write **bold words** with stars.", Italic = "Write *slanted words* with a star.";
    private const string List = "Write each item of a list behind a dash.", Table = "Write the table with | between the cells.";

    /// <summary>HTML in the text, the title, the summary and the purpose: readers would see the tags.</summary>
    public static IEnumerable<LintFinding> Html(LintDocument document) =>
        InFrontMatter(document).Concat(
            from span in document.WithoutSigns
            from tag in Tag().Matches(span.Text).DistinctBy(NameOf)
            where !span.IsCode(tag.Index)
            select Finding(span.Place(tag.Index), tag));

    private static IEnumerable<LintFinding> InFrontMatter(LintDocument document) =>
        from field in new[] { ("title", document.Title), ("summary", document.Summary), ("purpose", document.Purpose ?? "") }
        from tag in Tag().Matches(field.Item2).DistinctBy(NameOf)
        select Finding(document.At(field.Item1), tag);

    private static LintFinding Finding(TextPosition at, Match tag) =>
        LintFinding.Error(
            at, $"\"{tag.Value}\" is HTML, which is not read: readers would see it as it is typed.",
            NameOf(tag) is "" ? "Take the note out: it is not hidden."
                : InMarkdown.GetValueOrDefault(NameOf(tag), "Write it in Markdown, or take it out."));

    /// <returns>Empty for a comment.</returns>
    private static string NameOf(Match tag) => tag.Groups["name"].Value.ToLowerInvariant();

    /// <summary>A tag or the beginning of a comment. "a &lt; b" is none, and neither is "&lt;5".</summary>
    [GeneratedRegex(@"</?(?<name>[a-z][a-z0-9-]*)(?:\s[^<>]*)?/?>|<!--", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
