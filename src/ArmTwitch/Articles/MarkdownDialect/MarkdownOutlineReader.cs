using System.Buffers;
using System.Text.RegularExpressions;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>Reads the outline of a text and reports every fault that the text shows by itself.</summary>
/// <param name="shared">Of the files that are read together; null for a text that is read alone.</param>
internal sealed partial class MarkdownOutlineReader(DiagnosticCollector diagnostics, SharedStrings? shared = null)
{
    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);

    private readonly SharedStrings shared = shared ?? new SharedStrings();
    private readonly List<Heading> headings = [];
    private readonly List<BlockName> blocks = [];
    private readonly HashSet<PictureName> pictures = [];
    private readonly List<(string, TextPosition)> citations = [];
    private readonly List<(string, TextPosition)> links = [];
    private readonly List<WarningSignMention> signs = [];

    public MarkdownOutline Read(string source)
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
            return MarkdownOutline.Unread;
        }

        if (document.All(block => block is YamlFrontMatterBlock))
            diagnostics.Add(TextPosition.Start, "no-text", "There is no text below the front matter.", "Write the article there.");
        foreach (var part in document.Descendants())
            Read(part);
        // The outlines of all articles are kept, so without room for more.
        return new MarkdownOutline(headings.ToArray(), blocks.ToArray(), citations.ToArray(), links.ToArray(), signs.ToArray());
    }

    private void Read(MarkdownObject part)
    {
        switch (part)
        {
            case CustomContainer container:
                ReadBlock(container);
                break;
            case HeadingBlock heading:
                ReadHeading(heading);
                break;
            case Table table:
                CheckTable(table);
                break;
            case ParagraphBlock paragraph when SignIn(paragraph) is { } sign:
                signs.Add(
                    new WarningSignMention(shared.Share(sign), CardOf(paragraph), TextPosition.Of(paragraph), paragraph.Span, citations.Count));
                break;
            case LinkInline link:
                ReadLink(link);
                break;
            case AutolinkInline link:
                RefuseOutside(link.Url, TextPosition.Of(link));
                break;
            case LiteralInline { Content: var words } when words.AsSpan().ContainsAny(ControlCharacters):
            case HtmlEntityInline { Transcoded: var sign } when sign.AsSpan().ContainsAny(ControlCharacters):
                diagnostics.Add(
                    TextPosition.Of(part), "control-character", "There is a control character.", "Take it out; feeds cannot hold it.");
                break;
            case Citation citation:
                citations.Add((shared.Share(citation.FactId), TextPosition.Of(citation)));
                break;
        }
    }

    private void ReadHeading(HeadingBlock heading)
    {
        var (id, at) = (heading.GetAttributes().Id ?? "", TextPosition.Of(heading));
        if (heading.Level is 1)
            diagnostics.Add(at, "second-title", "The title is the page's only heading of level 1.", "Begin this heading with ##.");
        if (MarkdownOutline.IsTaken(id))
            diagnostics.Add(at, "taken-heading", $"The page has a \"#{id}\" of its own.", "Word this heading otherwise.");
        headings.Add(new Heading(heading.Level, shared.Share(id), shared.Share(ArticleMarkdownRenderer.PlainText(heading.Inline))));
    }

    private void ReadBlock(CustomContainer container)
    {
        var at = TextPosition.Of(container);
        if (ArticleMarkdownRenderer.NameOf(container) is not { } name)
        {
            diagnostics.AddUnknown(
                at, "unknown-block", $"There is no block \":::{container.Info}\".", container.Info ?? "", KebabCase.All<BlockName>());
            return;
        }

        if (container.ClosingFencedCharCount is 0)
            diagnostics.Add(at, "open-block", $"\":::{container.Info}\" is never closed.", "Put a line of ::: behind its last line.");
        if (container.Parent is not MarkdownDocument)
            diagnostics.Add(at, "nested-block", $"\":::{container.Info}\" stands inside another block.", "Close the outer block first.");
        CheckArgument(name, container.Arguments?.Trim() ?? "", at);
        if (name.Fragment() is not null && blocks.Contains(name))
            diagnostics.Add(at, "second-block", $"There is already a \":::{container.Info}\" above.", "Put everything into that one.");
        blocks.Add(name);
    }

    private void CheckArgument(BlockName name, string argument, TextPosition at)
    {
        switch (name)
        {
            case BlockName.Myth when argument.Length is 0:
                diagnostics.Add(
                    at, "no-claim", "A myth needs the claim it answers.",
                    "Write it on the same line: :::myth Lactic acid makes the muscle jump");
                break;
            case BlockName.Picture when KebabCase.Find<PictureName>(argument) is null:
                diagnostics.AddUnknown(
                    at, "unknown-picture", $"There is no picture \"{argument}\".", argument, KebabCase.All<PictureName>());
                break;
            case BlockName.Picture:
                ReadPicture(KebabCase.Find<PictureName>(argument)!.Value, at);
                break;
            case not BlockName.Myth when argument.Length > 0:
                diagnostics.Add(
                    at, "stray-words", $"\":::{KebabCase.Of(name)}\" takes nothing behind its name.",
                    "Its heading is the same on every page; put the words inside.");
                break;
        }
    }

    private void ReadPicture(PictureName picture, TextPosition at)
    {
        if (!pictures.Add(picture))
            diagnostics.Add(
                at, "second-picture", $"The picture \"{KebabCase.Of(picture)}\" stands above already.", "Show it once on a page.");
        if (picture is PictureName.Arm)
            links.AddRange(ArmPartAddresses.All.Select(address => (address, at)));
    }

    /// <summary>Markdown drops no cell, but a phone shows each under the name of its column, and an extra cell has none.</summary>
    private void CheckTable(Table table)
    {
        var columns = table.OfType<TableRow>().Where(row => row.IsHeader).Sum(WidthOf);
        foreach (var row in table.OfType<TableRow>().Where(row => WidthOf(row) > columns))
            diagnostics.Add(
                TextPosition.Of(row), "wide-row", $"The row has {WidthOf(row)} cells, and the head of the table {columns}.",
                "Take out a cell, or write \\| for a | that is part of the words.");

        static int WidthOf(TableRow row) => row.OfType<TableCell>().Count(cell => cell.Span.End > 0);
    }

    /// <returns>The name behind the <c>@</c> when that is all that stands in a list's item; null for every other paragraph.</returns>
    private static string? SignIn(ParagraphBlock paragraph) =>
        paragraph.Parent is ListItemBlock && paragraph.Inline is { FirstChild: LiteralInline { NextSibling: null } words }
        && words.Content.ToString() is ['@', ..] text && !text.Contains(' ', StringComparison.Ordinal)
            ? text[1..]
            : null;

    private static BlockName? CardOf(ParagraphBlock item) => ArticleMarkdownRenderer.NameOf(item.Parent?.Parent?.Parent);

    private void ReadLink(LinkInline link)
    {
        var at = TextPosition.Of(link);
        var address = link.GetDynamicUrl?.Invoke() ?? link.Url ?? "";
        foreach (var citation in link.Descendants<Citation>())
            diagnostics.Add(
                TextPosition.Of(citation), "citation-in-link", "A fact is cited inside a link.", "Put it behind the link.");
        if (link.IsImage)
            diagnostics.Add(at, "image", "Pictures from files are not shown.", "Use a :::picture block.");
        else if (address is ['#', ..] or ['/', not '/', ..] or "/")
            links.Add((shared.Share(address), at));
        else if (OwnWithoutSlash().Match(address) is { Success: true } own)
            diagnostics.Add(
                at, "no-slash", $"The link \"{address}\" lacks the slash at its beginning.", $"Write \"/{own.Groups["rest"].Value}\".");
        else
            RefuseOutside(address, at);
    }

    /// <summary>An address within the site that is written as one beside the page. A name with a full stop may be another site.</summary>
    [GeneratedRegex("^(\\.{1,2}/)*(?<rest>[a-z][a-z0-9-]*(/[a-z0-9/-]*)?(#.*)?)$", RegexOptions.IgnoreCase)]
    private static partial Regex OwnWithoutSlash();

    private void RefuseOutside(string address, TextPosition at) =>
        diagnostics.Add(
            at, "outside-link", $"The link \"{address}\" leaves the site.",
            "Cite a fact instead; its sources are linked in the references. Own links begin with / or #.");
}
