using System.Text;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles;

/// <summary>Our dialect of Markdown: CommonMark, tables, <c>:::</c> blocks and citations; no HTML.</summary>
internal static class ArticleMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePreciseSourceLocation()
        .UseYamlFrontMatter()
        .UseCustomContainers()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .UsePipeTables()
        .DisableHtml()
        .Use<CitationExtension>()
        .Build();

    private static readonly Dictionary<string, BlockName> BlockNames = Enum.GetValues<BlockName>().ToDictionary(Kebab.Of, StringComparer.Ordinal);

    private static readonly Dictionary<string, PictureName> PictureNames = Enum.GetValues<PictureName>().ToDictionary(Kebab.Of, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> KnownBlocks => BlockNames.Keys;

    public static IReadOnlyCollection<string> KnownPictures => PictureNames.Keys;

    public static MarkdownDocument Parse(string source) => Markdown.Parse(source, Pipeline);

    public static bool TryParseBlock(string? name, out BlockName block) => BlockNames.TryGetValue(name ?? "", out block);

    public static bool TryParsePicture(string? name, out PictureName picture) => PictureNames.TryGetValue(name ?? "", out picture);

    public static IReadOnlyList<ArticleBlock> Render(string source) => Render(source, [], "", "");

    public static string PlainText(ContainerInline? inline) =>
        inline is null ? "" : string.Concat(inline.Descendants<Inline>().Select(PlainText));

    public static string PlainText(Inline part) => part switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline => " ",
        _ => "",
    };

    public static string PlainText(MarkdownDocument document) =>
        string.Join('\n', document.Descendants<LeafBlock>().Select(block => PlainText(block.Inline)).Where(text => text.Length > 0));

    public static IReadOnlyList<ArticleBlock> Render(string source, IReadOnlyList<Reference> references, string linkBase, string siteBase)
    {
        var html = new StringBuilder();
        var renderer = new HtmlRenderer(new StringWriter(html)) { LinkRewriter = link => Rebase(link, linkBase, siteBase) };
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new TableRenderer());
        renderer.ObjectRenderers.Add(new CitationRenderer(references, linkBase));

        var document = Parse(source);
        PullCitationsClose(document);
        var blocks = new List<ArticleBlock>();
        foreach (var block in document.Where(block => block is not YamlFrontMatterBlock))
        {
            html.Clear();
            if (block is CustomContainer container && TryParseBlock(container.Info, out var name))
            {
                renderer.WriteChildren(container);
                blocks.Add(new NamedBlock(name, container.Arguments?.Trim() ?? "", html.ToString()));
                continue;
            }

            renderer.Render(block);
            var startsSection = block is HeadingBlock { Level: 2 };
            if (!startsSection && blocks is [.., TextBlock before])
                blocks[^1] = before with { Html = before.Html + html };
            else
                blocks.Add(new TextBlock(html.ToString(), startsSection));
        }

        return SortCards(blocks);
    }

    /// <summary>"words [@F001]" is written "words¹"; between two citations the space stays.</summary>
    private static void PullCitationsClose(MarkdownDocument document)
    {
        foreach (var citation in document.Descendants<Citation>())
        {
            if (citation.PreviousSibling is LiteralInline before && !(before.PreviousSibling is Citation && before.Content.IsEmptyOrWhitespace()))
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
