using System.Text.RegularExpressions;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>HTML in a text. Our Markdown does not read it, so readers would see the tags.</summary>
internal static partial class HtmlTags
{
    private const string Bold = "Write **bold words** with stars.", Italic = "Write *slanted words* with a star.";
    private const string List = "Write each item of a list behind a dash.", Table = "Write the table with | between the cells.";

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

    /// <summary>The first tag of each name.</summary>
    public static IEnumerable<Match> Find(string text) => Tag().Matches(text).DistinctBy(NameOf);

    /// <returns>In lower case; empty for a comment.</returns>
    public static string NameOf(Match tag) => tag.Groups["name"].Value.ToLowerInvariant();

    /// <summary>What is wrong, in one sentence.</summary>
    public static string What(Match tag) => $"\"{tag.Value}\" is HTML, which is not read: readers would see it as it is typed.";

    /// <summary>What would be right, in one sentence.</summary>
    public static string Right(Match tag) =>
        NameOf(tag) is "" ? "Take the note out: it is not hidden."
        : InMarkdown.GetValueOrDefault(NameOf(tag), "Write it in Markdown, or take it out.");

    /// <summary>A tag or the beginning of a comment. "a &lt; b" is none, and neither is "&lt;5".</summary>
    [GeneratedRegex(@"</?(?<name>[a-z][a-z0-9-]*)(?:\s[^<>]*)?/?>|<!--", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
