using System.Text.RegularExpressions;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>What a text points to and what others may point to in it, to check it against other files without reading it again.</summary>
internal sealed partial record MarkdownOutline(
    IReadOnlyList<Heading> Headings, IReadOnlyList<BlockName> Blocks, IReadOnlyList<(string FactId, TextPosition At)> Citations,
    IReadOnlyList<(string Address, TextPosition At)> Links, IReadOnlyList<WarningSignMention> Signs)
{
    /// <summary>Fragments that the page itself has, beside the headings of its text.</summary>
    private static readonly string[] PageFragments =
        ["about", "author", "comments", "contents", "references", "related", "stay-updated", "title", "words"];

    private static readonly HashSet<string?> Taken = [.. PageFragments, .. Enum.GetValues<BlockName>().Select(block => block.Fragment())];

    /// <summary>The outline of a text that cannot be read. It may have any heading.</summary>
    public static MarkdownOutline Unread { get; } = new([], [], [], [], []);

    /// <summary>What a link may lead to in the text itself: its headings, and its cards and pictures.</summary>
    public IEnumerable<string> Fragments =>
        Headings.Select(heading => heading.Id).Concat(Blocks.Select(block => block.Fragment()).OfType<string>());

    public bool HasFragment(string id) => ReferenceEquals(this, Unread) || PageFragments.Contains(id) || Fragments.Contains(id);

    /// <summary>Whether a heading with that fragment would clash with something that the page itself has or makes.</summary>
    public static bool IsTaken(string id) =>
        Taken.Contains(id) || MadeFragments().IsMatch(id);

    /// <summary>Reports what only an article may hold: citations and blocks.</summary>
    /// <param name="citedWhere">Where the citations stand, for the message.</param>
    /// <param name="blockWhere">Where the blocks stand.</param>
    public void RefuseArticleParts(DiagnosticCollector diagnostics, string citedWhere, string blockWhere)
    {
        RefuseCitations(diagnostics, citedWhere);
        foreach (var block in Blocks)
            diagnostics.Add(
                TextPosition.Start, "block-outside-article", $"There is a \":::{KebabCase.Of(block)}\" {blockWhere}.",
                "Write it in an article and link to it.");
    }

    /// <param name="where"><inheritdoc cref="RefuseArticleParts" path="/param[@name='citedWhere']"/></param>
    public void RefuseCitations(DiagnosticCollector diagnostics, string where)
    {
        foreach (var (fact, at) in Citations)
            diagnostics.Add(
                at, "citation-outside-article", $"The fact \"{fact}\" is cited {where}.", "Make the statement in an article and link to it.");
    }

    /// <summary>Fragments that the page numbers, or makes of other names.</summary>
    [GeneratedRegex("^ref-[0-9]+$|^cite-[0-9]+(-[0-9]+)?$|^(picture|word|use)-|^comments-heading$")]
    private static partial Regex MadeFragments();
}
