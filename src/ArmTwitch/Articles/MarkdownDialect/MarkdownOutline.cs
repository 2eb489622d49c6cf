using System.Text.RegularExpressions;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>
/// What a text points to and what it can be pointed at by: enough to check it against the other files without reading it
/// again.
/// </summary>
internal sealed partial record MarkdownOutline(
    IReadOnlyList<Heading> Headings, IReadOnlyList<BlockName> Blocks, IReadOnlyList<(string FactId, TextPosition At)> Citations,
    IReadOnlyList<(string Address, TextPosition At)> Links, IReadOnlyList<WarningSignMention> Signs)
{
    /// <summary>Fragments that the page itself brings, beside the headings of its text.</summary>
    private static readonly string[] PageFragments =
        ["about", "author", "comments", "contents", "main", "references", "related", "stay-updated", "words"];

    /// <summary>Blocks that carry their name as an address, and so may stand on a page once.</summary>
    private static readonly BlockName[] Addressed =
        [BlockName.Emergency, BlockName.Urgent, BlockName.Routine, BlockName.SelfCare, BlockName.StopReading, BlockName.KeyFacts];

    /// <summary>The outline of a text that cannot be read. It may have any heading.</summary>
    public static MarkdownOutline Unread { get; } = new([], [], [], [], []);

    public bool HasFragment(string id) =>
        ReferenceEquals(this, Unread) || PageFragments.Contains(id) || Headings.Any(heading => heading.Id == id)
        || Blocks.Any(block => Addressed.Contains(block) && KebabCase.Of(block) == id);

    /// <summary>Reads the outline and notes every fault that the text shows by itself.</summary>
    public static MarkdownOutline Of(string source, DiagnosticCollector diagnostics)
    {
        MarkdownDocument document;
        try
        {
            document = ArticleMarkdownRenderer.Parse(source);
        }
        catch (ArgumentException tooDeep)
        {
            diagnostics.Add(
                TextPosition.Start, "too-deep", $"The text cannot be read: {tooDeep.Message}",
                "Take the nested lists, quotes or brackets apart.");
            return Unread;
        }

        if (document.All(block => block is YamlFrontMatterBlock))
            diagnostics.Add(TextPosition.Start, "no-text", "There is no text below the front matter.", "Write the article there.");

        var (headings, blocks) = (new List<Heading>(), new List<BlockName>());
        var (citations, links, signs) =
            (new List<(string, TextPosition)>(), new List<(string, TextPosition)>(), new List<WarningSignMention>());
        foreach (var part in document.Descendants())
        {
            switch (part)
            {
                case CustomContainer container:
                    CheckBlock(container, diagnostics, blocks);
                    break;
                case HeadingBlock heading:
                    CheckHeading(heading, diagnostics, headings);
                    break;
                case Table table:
                    CheckTable(table, diagnostics);
                    break;
                case ParagraphBlock paragraph when SignIn(paragraph) is { } sign:
                    signs.Add(new WarningSignMention(sign, CardOf(paragraph), PositionOf(paragraph), paragraph.Span, citations.Count));
                    break;
                case LinkInline link:
                    CheckLink(link, diagnostics, links);
                    break;
                case AutolinkInline link:
                    RefuseOutside(link.Url, PositionOf(link), diagnostics);
                    break;
                case LiteralInline or HtmlEntityInline
                    when ArticleMarkdownRenderer.PlainText((Inline)part).Any(letter => char.IsControl(letter)):
                    diagnostics.Add(
                        PositionOf(part), "control-character", "There is a control character.", "Take it out; feeds cannot hold it.");
                    break;
                case Citation citation:
                    if (citation.FindParentOfType<LinkInline>().Any())
                        diagnostics.Add(
                            PositionOf(citation), "citation-in-link", "A fact is cited inside a link.", "Put it behind the link.");
                    citations.Add((citation.FactId, PositionOf(citation)));
                    break;
            }
        }

        return new MarkdownOutline(headings, blocks, citations, links, signs);
    }

    private static void CheckHeading(HeadingBlock heading, DiagnosticCollector diagnostics, List<Heading> headings)
    {
        var id = heading.GetAttributes().Id ?? "";
        if (heading.Level is 1)
            diagnostics.Add(
                PositionOf(heading), "second-title", "The title is the page's only heading of level 1.", "Begin this heading with ##.");
        if (PageFragments.Contains(id) || PageNumbers().IsMatch(id) || Addressed.Any(block => KebabCase.Of(block) == id))
            diagnostics.Add(PositionOf(heading), "taken-heading", $"The page has a \"#{id}\" of its own.", "Word this heading otherwise.");
        headings.Add(new Heading(heading.Level, id, ArticleMarkdownRenderer.PlainText(heading.Inline)));
    }

    private static void CheckBlock(CustomContainer container, DiagnosticCollector diagnostics, List<BlockName> blocks)
    {
        var at = PositionOf(container);
        if (!ArticleMarkdownRenderer.TryParseBlock(container.Info, out var name))
        {
            diagnostics.AddUnknown(
                at, "unknown-block", $"There is no block \":::{container.Info}\".", container.Info ?? "",
                ArticleMarkdownRenderer.KnownBlocks);
            return;
        }

        if (container.ClosingFencedCharCount is 0)
            diagnostics.Add(at, "open-block", $"\":::{container.Info}\" is never closed.", "Put a line of ::: behind its last line.");
        if (container.Parent is not MarkdownDocument)
            diagnostics.Add(at, "nested-block", $"\":::{container.Info}\" stands inside another block.", "Close the outer block first.");

        var argument = container.Arguments?.Trim() ?? "";
        switch (name)
        {
            case BlockName.Myth when argument.Length is 0:
                diagnostics.Add(
                    at, "no-claim", "A myth needs the claim it answers.",
                    "Write it on the same line: :::myth Lactic acid makes the muscle jump");
                break;
            case BlockName.Picture when !ArticleMarkdownRenderer.TryParsePicture(argument, out _):
                diagnostics.AddUnknown(
                    at, "unknown-picture", $"There is no picture \"{argument}\".", argument, ArticleMarkdownRenderer.KnownPictures);
                break;
            case not BlockName.Myth and not BlockName.Picture when argument.Length > 0:
                diagnostics.Add(
                    at, "stray-words", $"\":::{container.Info}\" takes nothing behind its name.",
                    "Its heading is the same on every page; put the words inside.");
                break;
        }

        if (Addressed.Contains(name) && blocks.Contains(name))
            diagnostics.Add(at, "second-block", $"There is already a \":::{container.Info}\" above.", "Put everything into that one.");
        blocks.Add(name);
    }

    /// <summary>Markdown drops no cell, but a phone shows each under the name of its column, and this one has none.</summary>
    private static void CheckTable(Table table, DiagnosticCollector diagnostics)
    {
        var columns = table.OfType<TableRow>().Where(row => row.IsHeader).Sum(WidthOf);
        foreach (var row in table.OfType<TableRow>().Where(row => WidthOf(row) > columns))
            diagnostics.Add(
                PositionOf(row), "wide-row", $"The row has {WidthOf(row)} cells, and the head of the table {columns}.",
                "Take out a cell, or write \\| for a | that is part of the words.");

        static int WidthOf(TableRow row) => row.OfType<TableCell>().Count(cell => cell.Span.End > 0);
    }

    /// <returns>The name behind the <c>@</c> when that is all that stands in a list's item; null for every other paragraph.</returns>
    private static string? SignIn(ParagraphBlock paragraph) =>
        paragraph.Parent is ListItemBlock && paragraph.Inline is { FirstChild: LiteralInline { NextSibling: null } words }
        && words.Content.ToString() is ['@', ..] text && !text.Contains(' ', StringComparison.Ordinal)
            ? text[1..]
            : null;

    private static BlockName? CardOf(ParagraphBlock paragraph) =>
        paragraph.Parent?.Parent?.Parent is CustomContainer container && ArticleMarkdownRenderer.TryParseBlock(container.Info, out var name)
            ? name
            : null;

    private static void CheckLink(LinkInline link, DiagnosticCollector diagnostics, List<(string, TextPosition)> links)
    {
        var at = PositionOf(link);
        var address = link.GetDynamicUrl?.Invoke() ?? link.Url ?? "";
        if (link.IsImage)
            diagnostics.Add(at, "image", "Pictures from files are not shown.", "Use a :::picture block.");
        else if (address is ['#', ..] or ['/', not '/', ..] or "/")
            links.Add((address, at));
        else
            RefuseOutside(address, at, diagnostics);
    }

    private static void RefuseOutside(string address, TextPosition at, DiagnosticCollector diagnostics) =>
        diagnostics.Add(
            at, "outside-link", $"The link \"{address}\" leaves the site.",
            "Cite a fact instead; its sources are linked in the references. Own links begin with / or #.");

    /// <summary>Fragments that the page numbers, or makes of others.</summary>
    [GeneratedRegex("^(ref|cite)-[0-9]+$|^(word|use)-|^(emergency|urgent|routine|self-care|contents|comments)-heading$")]
    private static partial Regex PageNumbers();

    private static TextPosition PositionOf(MarkdownObject thing) => new(thing.Line + 1, thing.Column + 1);
}
