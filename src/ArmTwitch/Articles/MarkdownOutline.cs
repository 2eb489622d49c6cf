using System.Text.RegularExpressions;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles;

/// <summary>
/// What a text points to and what it can be pointed at by: enough to check it against the other files without reading it
/// again.
/// </summary>
internal sealed partial record MarkdownOutline(
    IReadOnlyList<Heading> Headings, IReadOnlyList<BlockName> Blocks, IReadOnlyList<(string FactId, Position At)> Citations, IReadOnlyList<(string Address, Position At)> Links,
    IReadOnlyList<SignMention> Signs)
{
    /// <summary>Fragments that the page itself brings, beside the headings of its text.</summary>
    private static readonly string[] PageFragments = ["about", "author", "comments", "contents", "main", "references", "related", "stay-updated", "words"];

    /// <summary>Blocks that carry their name as an address, and so may stand on a page once.</summary>
    private static readonly BlockName[] Addressed =
        [BlockName.Emergency, BlockName.Urgent, BlockName.Routine, BlockName.SelfCare, BlockName.StopReading, BlockName.KeyFacts];

    /// <summary>The outline of a text that cannot be read. It may have any heading.</summary>
    public static MarkdownOutline Unread { get; } = new([], [], [], [], []);

    public bool HasFragment(string id) =>
        ReferenceEquals(this, Unread) || PageFragments.Contains(id) || Headings.Any(heading => heading.Id == id) || Blocks.Any(block => Addressed.Contains(block) && KebabCase.Of(block) == id);

    /// <summary>Reads the outline and notes every fault that the text shows by itself.</summary>
    public static MarkdownOutline Of(string source, FaultLog faults)
    {
        MarkdownDocument document;
        try
        {
            document = ArticleMarkdown.Parse(source);
        }
        catch (ArgumentException tooDeep)
        {
            faults.Add(Position.Start, "too-deep", $"The text cannot be read: {tooDeep.Message}", "Take the nested lists, quotes or brackets apart.");
            return Unread;
        }

        if (document.All(block => block is YamlFrontMatterBlock))
            faults.Add(Position.Start, "no-text", "There is no text below the front matter.", "Write the article there.");

        var (headings, blocks) = (new List<Heading>(), new List<BlockName>());
        var (citations, links, signs) = (new List<(string, Position)>(), new List<(string, Position)>(), new List<SignMention>());
        foreach (var part in document.Descendants())
        {
            switch (part)
            {
                case CustomContainer container:
                    CheckBlock(container, faults, blocks);
                    break;
                case HeadingBlock heading:
                    CheckHeading(heading, faults, headings);
                    break;
                case Table table:
                    CheckTable(table, faults);
                    break;
                case ParagraphBlock paragraph when SignIn(paragraph) is { } sign:
                    signs.Add(new SignMention(sign, CardOf(paragraph), PositionOf(paragraph), paragraph.Span, citations.Count));
                    break;
                case LinkInline link:
                    CheckLink(link, faults, links);
                    break;
                case AutolinkInline link:
                    RefuseOutside(link.Url, PositionOf(link), faults);
                    break;
                case LiteralInline or HtmlEntityInline when ArticleMarkdown.PlainText((Inline)part).Any(letter => char.IsControl(letter)):
                    faults.Add(PositionOf(part), "control-character", "There is a control character.", "Take it out; feeds cannot hold it.");
                    break;
                case Citation citation:
                    if (citation.FindParentOfType<LinkInline>().Any())
                        faults.Add(PositionOf(citation), "citation-in-link", "A fact is cited inside a link.", "Put it behind the link.");
                    citations.Add((citation.FactId, PositionOf(citation)));
                    break;
            }
        }

        return new MarkdownOutline(headings, blocks, citations, links, signs);
    }

    private static void CheckHeading(HeadingBlock heading, FaultLog faults, List<Heading> headings)
    {
        var id = heading.GetAttributes().Id ?? "";
        if (heading.Level is 1)
            faults.Add(PositionOf(heading), "second-title", "The title is the page's only heading of level 1.", "Begin this heading with ##.");
        if (PageFragments.Contains(id) || PageNumbers().IsMatch(id) || Addressed.Any(block => KebabCase.Of(block) == id))
            faults.Add(PositionOf(heading), "taken-heading", $"The page has a \"#{id}\" of its own.", "Word this heading otherwise.");
        headings.Add(new Heading(heading.Level, id, ArticleMarkdown.PlainText(heading.Inline)));
    }

    private static void CheckBlock(CustomContainer container, FaultLog faults, List<BlockName> blocks)
    {
        var at = PositionOf(container);
        if (!ArticleMarkdown.TryParseBlock(container.Info, out var name))
        {
            faults.AddUnknown(at, "unknown-block", $"There is no block \":::{container.Info}\".", container.Info ?? "", ArticleMarkdown.KnownBlocks);
            return;
        }

        if (container.ClosingFencedCharCount is 0)
            faults.Add(at, "open-block", $"\":::{container.Info}\" is never closed.", "Put a line of ::: behind its last line.");
        if (container.Parent is not MarkdownDocument)
            faults.Add(at, "nested-block", $"\":::{container.Info}\" stands inside another block.", "Close the outer block first.");

        var argument = container.Arguments?.Trim() ?? "";
        switch (name)
        {
            case BlockName.Myth when argument.Length is 0:
                faults.Add(at, "no-claim", "A myth needs the claim it answers.", "Write it on the same line: :::myth Lactic acid makes the muscle jump");
                break;
            case BlockName.Picture when !ArticleMarkdown.TryParsePicture(argument, out _):
                faults.AddUnknown(at, "unknown-picture", $"There is no picture \"{argument}\".", argument, ArticleMarkdown.KnownPictures);
                break;
            case not BlockName.Myth and not BlockName.Picture when argument.Length > 0:
                faults.Add(at, "stray-words", $"\":::{container.Info}\" takes nothing behind its name.", "Its heading is the same on every page; put the words inside.");
                break;
        }

        if (Addressed.Contains(name) && blocks.Contains(name))
            faults.Add(at, "second-block", $"There is already a \":::{container.Info}\" above.", "Put everything into that one.");
        blocks.Add(name);
    }

    /// <summary>Markdown drops no cell, but a phone shows each under the name of its column, and this one has none.</summary>
    private static void CheckTable(Table table, FaultLog faults)
    {
        var columns = table.OfType<TableRow>().Where(row => row.IsHeader).Sum(WidthOf);
        foreach (var row in table.OfType<TableRow>().Where(row => WidthOf(row) > columns))
            faults.Add(PositionOf(row), "wide-row", $"The row has {WidthOf(row)} cells, and the head of the table {columns}.", "Take out a cell, or write \\| for a | that is part of the words.");

        static int WidthOf(TableRow row) => row.OfType<TableCell>().Count(cell => cell.Span.End > 0);
    }

    /// <returns>The name behind the <c>@</c> when that is all that stands in a list's item; null for every other paragraph.</returns>
    private static string? SignIn(ParagraphBlock paragraph) =>
        paragraph.Parent is ListItemBlock && paragraph.Inline is { FirstChild: LiteralInline { NextSibling: null } words } && words.Content.ToString() is ['@', ..] text && !text.Contains(' ', StringComparison.Ordinal)
            ? text[1..]
            : null;

    private static BlockName? CardOf(ParagraphBlock paragraph) =>
        paragraph.Parent?.Parent?.Parent is CustomContainer container && ArticleMarkdown.TryParseBlock(container.Info, out var name) ? name : null;

    private static void CheckLink(LinkInline link, FaultLog faults, List<(string, Position)> links)
    {
        var at = PositionOf(link);
        var address = link.GetDynamicUrl?.Invoke() ?? link.Url ?? "";
        if (link.IsImage)
            faults.Add(at, "image", "Pictures from files are not shown.", "Use a :::picture block.");
        else if (address is ['#', ..] or ['/', not '/', ..] or "/")
            links.Add((address, at));
        else
            RefuseOutside(address, at, faults);
    }

    private static void RefuseOutside(string address, Position at, FaultLog faults) =>
        faults.Add(at, "outside-link", $"The link \"{address}\" leaves the site.", "Cite a fact instead; its sources are linked in the references. Own links begin with / or #.");

    /// <summary>Fragments that the page numbers, or makes of others.</summary>
    [GeneratedRegex("^(ref|cite)-[0-9]+$|^(word|use)-|^(emergency|urgent|routine|self-care|contents|comments)-heading$")]
    private static partial Regex PageNumbers();

    private static Position PositionOf(MarkdownObject thing) => new(thing.Line + 1, thing.Column + 1);
}
