using System.Text;
using ArmTwitch.Articles.Blocks;
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
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation()
        .UseYamlFrontMatter()
        .UseCustomContainers()
        .UsePipeTables()
        .DisableHtml()
        .Use<CitationExtension>()
        .Build();

    private static readonly Dictionary<string, BlockName> BlockNames = Enum.GetValues<BlockName>()
        .ToDictionary(KebabCase.Of, StringComparer.Ordinal);

    private static readonly Dictionary<string, PictureName> PictureNames = Enum.GetValues<PictureName>()
        .ToDictionary(KebabCase.Of, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> KnownBlocks => BlockNames.Keys;

    public static IReadOnlyCollection<string> KnownPictures => PictureNames.Keys;

    public static MarkdownDocument Parse(string source)
    {
        var document = Markdown.Parse(source, Pipeline);
        NameHeadings(document);
        return document;
    }

    public static bool TryParseBlock(string? name, out BlockName block) => BlockNames.TryGetValue(name ?? "", out block);

    public static bool TryParsePicture(string? name, out PictureName picture) => PictureNames.TryGetValue(name ?? "", out picture);

    public static IReadOnlyList<ArticleBlock> Render(string source) => Render(source, [], "", "");

    /// <summary>The words alone. A citation goes with the space before it: "words [@F001]." is read "words."</summary>
    public static string PlainText(ContainerInline? inline)
    {
        var text = new StringBuilder();
        foreach (var part in inline?.Descendants<Inline>() ?? [])
        {
            if (part is Citation)
                TrimEnd(text);
            else
                text.Append(PlainText(part));
        }

        return text.ToString();

        static void TrimEnd(StringBuilder text)
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

    /// <summary>All words, one block a line. A heading ends with a stop, so that it does not run into what stands below it.</summary>
    public static string PlainText(MarkdownDocument document) =>
        string.Join(
            '\n',
            document.Descendants<LeafBlock>().Select(block => (block, text: PlainText(block.Inline))).Where(pair => pair.text.Length > 0)
                .Select(pair => pair.block is HeadingBlock && !char.IsPunctuation(pair.text[^1]) ? $"{pair.text}." : pair.text));

    public static IReadOnlyList<ArticleBlock> Render(
        string source, IReadOnlyList<Reference> references, string linkBase, string siteBase) =>
        Render(Parse(source), references, linkBase, siteBase);

    /// <summary>The words of one paragraph, without the paragraph.</summary>
    /// <param name="mentioned">The numbers of the references that stand further up on the page; takes those of this text.</param>
    public static string RenderWords(string markdown, IReadOnlyList<Reference> references, HashSet<int> mentioned)
    {
        var html = new StringBuilder();
        var renderer = Renderer(html, references, "", "", mentioned);
        var document = Parse(markdown);
        JoinCitationsToText(document);
        foreach (var leaf in document.Descendants<LeafBlock>())
            renderer.WriteLeafInline(leaf);
        return html.ToString();
    }

    public static IReadOnlyList<ArticleBlock> Render(
        MarkdownDocument document, IReadOnlyList<Reference> references, string linkBase, string siteBase)
    {
        var html = new StringBuilder();
        var renderer = Renderer(html, references, linkBase, siteBase, linkBase.Length is 0 ? [] : null);
        JoinCitationsToText(document);
        var blocks = new List<ArticleBlock>();
        var startsSection = false;
        foreach (var block in document.Where(block => block is not YamlFrontMatterBlock))
        {
            if (block is CustomContainer container && TryParseBlock(container.Info, out var name))
            {
                EndText();
                renderer.WriteChildren(container);
                blocks.Add(new NamedBlock(name, container.Arguments?.Trim() ?? "", Take()));
                continue;
            }

            if (block is HeadingBlock { Level: 2 })
            {
                EndText();
                startsSection = true;
            }

            renderer.Render(block);
        }

        EndText();
        return SortCards(blocks);

        void EndText()
        {
            if (html.Length > 0)
                blocks.Add(new TextBlock(Take(), startsSection));
            startsSection = false;
        }

        string Take()
        {
            var taken = html.ToString();
            html.Clear();
            return taken;
        }
    }

    private static HtmlRenderer Renderer(
        StringBuilder html, IReadOnlyList<Reference> references, string linkBase, string siteBase, HashSet<int>? mentioned)
    {
        var renderer = new HtmlRenderer(new StringWriter(html)) { LinkRewriter = link => Rebase(link, linkBase, siteBase) };
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new TableRenderer());
        renderer.ObjectRenderers.Add(new CitationRenderer(references, linkBase, mentioned));
        renderer.ObjectRenderers.Add(new GlossaryTermRenderer());
        return renderer;
    }

    /// <summary>Gives every heading its words as an address, with a number behind those that are taken, as GitHub does.</summary>
    /// <remarks>Markdig's own way counts from 1 again for each heading: 20,000 of one wording kept it busy for 14 seconds.</remarks>
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

    /// <summary>"words [@F001] [@F002]" is written "words¹ ²", which no line's end parts.</summary>
    private static void JoinCitationsToText(MarkdownDocument document)
    {
        foreach (var citation in document.Descendants<Citation>().ToList())
        {
            if (citation.PreviousSibling is LineBreakInline { IsHard: false } end)
                end.ReplaceBy(new LiteralInline(" "));
            if (citation.PreviousSibling is not LiteralInline before)
                continue;
            if (before.PreviousSibling is Citation && before.Content.IsEmptyOrWhitespace())
                before.Content = new(Citation.Joint);
            else
                before.Content.TrimEnd();
        }
    }

    /// <summary>Cards that stand together come most urgent first, whatever their order in the file.</summary>
    private static List<ArticleBlock> SortCards(List<ArticleBlock> blocks)
    {
        for (var start = 0; start < blocks.Count; start++)
        {
            var run = blocks.Skip(start).TakeWhile(block => block is NamedBlock { Urgency: not null }).Cast<NamedBlock>().ToList();
            for (var i = 0; i < run.Count; i++)
                blocks[start + i] = run.OrderBy(card => card.Urgency).ElementAt(i);
            start += run.Count;
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
