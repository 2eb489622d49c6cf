using System.Text;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using Markdig;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>Our dialect of Markdown: CommonMark, tables, <c>:::</c> blocks and citations; no HTML.</summary>
internal static class ArticleMarkdownRenderer
{
    private static readonly MarkdownPipeline Pipeline = Build(hasTables: true);

    /// <summary>For a text without a <c>|</c>, in which looking for tables would take a tenth of the time.</summary>
    private static readonly MarkdownPipeline WithoutTables = Build(hasTables: false);

    public static MarkdownDocument Parse(string source)
    {
        var document = Markdown.Parse(source, source.Contains('|', StringComparison.Ordinal) ? Pipeline : WithoutTables);
        NameHeadings(document);
        return document;
    }

    /// <returns>The name of a <c>:::</c> block; null for every other block, and for a name that is not known.</returns>
    public static BlockName? NameOf(Block? block) =>
        block is CustomContainer container ? KebabCase.Find<BlockName>(container.Info) : null;

    /// <summary>The words without markup. A citation takes the space before it along: "words [@F001]." becomes "words."</summary>
    public static string PlainText(ContainerInline? inline)
    {
        var text = new StringBuilder();
        Append(inline);
        return text.ToString();

        void Append(ContainerInline? container)
        {
            for (var part = container?.FirstChild; part is not null; part = part.NextSibling)
            {
                if (part is Citation)
                    TrimEnd();
                else
                    text.Append(PlainText(part));
                Append(part as ContainerInline);
            }
        }

        void TrimEnd()
        {
            while (text.Length > 0 && text[^1] is ' ')
                text.Length--;
        }
    }

    public static string PlainText(Inline part) => part switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        _ => "",
    };

    /// <summary>All words, one block a line. A heading ends with a full stop, so that it does not run into the text below it.</summary>
    public static string PlainText(MarkdownDocument document) =>
        string.Join(
            '\n',
            document.Descendants<LeafBlock>().Select(block => (block, text: PlainText(block.Inline))).Where(pair => pair.text.Length > 0)
                .Select(pair => pair.block is HeadingBlock && !char.IsPunctuation(pair.text[^1]) ? $"{pair.text}." : pair.text));

    /// <param name="references">What the text cites.</param>
    /// <param name="linkBase">What stands before <c>#…</c> links: empty on the text's own page, its address elsewhere.</param>
    /// <param name="siteBase">What stands before <c>/…</c> links: empty on the site, its origin elsewhere.</param>
    public static IReadOnlyList<ArticleBlock> Render(
        string source, IReadOnlyList<Reference>? references = null, string linkBase = "", string siteBase = "") =>
        Render(Parse(source), new ReferenceLinks(references ?? [], linkBase), linkBase, siteBase);

    /// <summary>The words of one paragraph, without the paragraph.</summary>
    public static string RenderWords(string markdown, ReferenceLinks links)
    {
        var html = new StringBuilder();
        var renderer = Renderer(html, links, "", "");
        var document = Parse(markdown);
        CitationGatherer.Gather(document);
        foreach (var leaf in document.Descendants<LeafBlock>())
            renderer.WriteLeafInline(leaf);
        return html.ToString();
    }

    /// <inheritdoc cref="Render(string, IReadOnlyList{Reference}?, string, string)"/>
    public static IReadOnlyList<ArticleBlock> Render(
        MarkdownDocument document, ReferenceLinks links, string linkBase = "", string siteBase = "")
    {
        var html = new StringBuilder();
        var renderer = Renderer(html, links, linkBase, siteBase);
        CitationGatherer.Gather(document);
        var blocks = new List<ArticleBlock>();
        Heading? section = null;
        foreach (var block in document.Where(block => block is not YamlFrontMatterBlock))
        {
            if (block is CustomContainer container && NameOf(container) is { } name)
            {
                EndText();
                WriteContainer(renderer, container, name.CardUrgency() is Urgency.Urgent);
                blocks.Add(new NamedBlock(name, container.Arguments?.Trim() ?? "", Take()));
                continue;
            }

            if (block is HeadingBlock { Level: 2 } heading)
            {
                EndText();
                section = new Heading(2, heading.GetAttributes().Id!, PlainText(heading.Inline));
            }

            renderer.Render(block);
        }

        EndText();
        return SortCards(blocks);

        void EndText()
        {
            if (html.Length > 0)
                blocks.Add(new TextBlock(Take(), section));
            section = null;
        }

        string Take()
        {
            var taken = html.ToString();
            html.Clear();
            return taken;
        }
    }

    /// <param name="isFolded">
    /// Whether groups of signs are closed until somebody opens them, all but the first. The list of signs is long; what needs help at
    /// once is never closed.
    /// </param>
    private static void WriteContainer(HtmlRenderer renderer, CustomContainer container, bool isFolded)
    {
        var (isFirst, isOpen) = (true, false);
        foreach (var block in container)
        {
            if (isOpen && block is not ListBlock)
            {
                renderer.Write("</details>");
                isOpen = false;
            }

            if (isFolded && block is HeadingBlock && !isFirst)
            {
                renderer.Write("<details class=\"group\"><summary>").Write(block);
                renderer.Write("</summary>");
                isOpen = true;
            }
            else
            {
                renderer.Write(block);
            }

            isFirst &= block is not HeadingBlock;
        }

        if (isOpen)
            renderer.Write("</details>");
    }

    private static MarkdownPipeline Build(bool hasTables)
    {
        var dialect = new MarkdownPipelineBuilder().UsePreciseSourceLocation().UseYamlFrontMatter().UseCustomContainers();
        if (hasTables)
            dialect.UsePipeTables();
        return dialect.DisableHtml().Use<CitationExtension>().Build();
    }

    private static HtmlRenderer Renderer(StringBuilder html, ReferenceLinks links, string linkBase, string siteBase)
    {
        var renderer = new HtmlRenderer(new StringWriter(html)) { LinkRewriter = link => Rebase(link, linkBase, siteBase) };
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new TableRenderer());
        renderer.ObjectRenderers.Add(new GatheredCitationsRenderer(links));
        renderer.ObjectRenderers.Add(new SourceLineRenderer(links));
        renderer.ObjectRenderers.Add(new GlossaryTermRenderer());
        return renderer;
    }

    /// <summary>Gives every heading its words as its fragment, with a number behind those that are taken, as GitHub does.</summary>
    /// <remarks>Markdig's own extension counts from 1 for each heading: 20,000 equal ones kept it busy for 14 seconds.</remarks>
    private static void NameHeadings(MarkdownDocument document)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var tried = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            var words = LinkHelper.UrilizeAsGfm(PlainText(heading.Inline)) is { Length: > 0 } some ? some : "section";
            var id = words;
            while (!taken.Add(id))
                id = $"{words}-{tried[words] = tried.GetValueOrDefault(words) + 1}";
            heading.GetAttributes().Id = id;
        }
    }

    /// <summary>Puts the most urgent of adjacent cards first, whatever their order in the file.</summary>
    private static List<ArticleBlock> SortCards(List<ArticleBlock> blocks)
    {
        for (var start = 0; start < blocks.Count; start++)
        {
            var cards = blocks.Skip(start).TakeWhile(block => block is NamedBlock { Urgency: not null }).Cast<NamedBlock>()
                .OrderBy(card => card.Urgency).ToList();
            for (var i = 0; i < cards.Count; i++)
                blocks[start + i] = cards[i];
            start += cards.Count;
        }

        return blocks;
    }

    private static string Rebase(string link, string linkBase, string siteBase) => link switch
    {
        ['#', ..] => linkBase + link,
        ['/', ..] => siteBase + link,
        _ => link,
    };
}
