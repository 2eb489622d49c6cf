using ArmTwitch.Articles;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Editing.TextAnalysis;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Editing;

/// <summary>A file laid out for the rules: its passages in order, its blocks, its links, and where its front matter says what.</summary>
internal class LintDocument
{
    private readonly string written;

    private LintDocument(InformationPage page, ContentTables tables)
        : this(page.Title, page.Summary, page.Source, page.Source, tables, [])
    {
    }

    /// <param name="written">The file as it stands.</param>
    /// <param name="source">The same with every shared sign in its place.</param>
    /// <param name="signs">Where it names them.</param>
    protected LintDocument(
        string title, string summary, string written, string source, ContentTables tables, IReadOnlyList<WarningSignMention> signs)
    {
        this.written = written;
        (Title, Summary, Tables) = (title, summary, tables);
        var document = ArticleMarkdownRenderer.Parse(source);
        Blocks = [.. document.Where(block => block is not YamlFrontMatterBlock)];
        Spans = [.. Read(Blocks)];
        Links = [.. document.Descendants<LinkInline>()];
        Lists = [.. document.Descendants<ListBlock>()];
        var signLines = signs.Select(sign => sign.At.Line).ToHashSet();
        WithoutQuotes = [.. Spans.Where(span => !signLines.Contains(span.At.Line))];
        SummarySentences = Sentence.Split(summary, []);
    }

    public string Title { get; }

    public string Summary { get; }

    public ContentTables Tables { get; }

    public EditorialWordList Words => Tables.Words;

    /// <summary>Everything below the front matter.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    public IReadOnlyList<TextSpan> Spans { get; }

    /// <summary>The passages without the shared signs, which are looked at where they are written.</summary>
    public IReadOnlyList<TextSpan> WithoutQuotes { get; }

    public IReadOnlyList<Sentence> SummarySentences { get; }

    public IReadOnlyList<LinkInline> Links { get; }

    public IReadOnlyList<ListBlock> Lists { get; }

    /// <summary>Where the text begins.</summary>
    public TextPosition Text => Blocks is [var first, ..] ? PositionOf(first) : TextPosition.Start;

    /// <summary>The passages that a reader reads as sentences, outside cards.</summary>
    public IEnumerable<TextSpan> Body => Spans.Where(span => span.IsProse && !span.IsCard);

    public IEnumerable<TextSpan> Cards => Spans.Where(span => span.IsCard);

    public static LintDocument Of(InformationPage page, ContentTables tables) => new(page, tables);

    /// <summary>
    /// Where the value of a key of the front matter begins; where the key does when the value stands below it, and the top when there is
    /// none.
    /// </summary>
    public TextPosition At(string key)
    {
        using var lines = new StringReader(written);
        lines.ReadLine();
        for (var number = 2; lines.ReadLine() is { } line && line.TrimEnd() is not "---"; number++)
        {
            if (!line.StartsWith($"{key}:", StringComparison.Ordinal))
                continue;
            var value = line.AsSpan(key.Length + 1).TrimStart();
            return new TextPosition(number, value.IsEmpty ? 1 : line.Length - value.Length + 1);
        }

        return TextPosition.Start;
    }

    public static TextPosition PositionOf(MarkdownObject thing) => new(thing.Line + 1, thing.Column + 1);

    public static BlockName? NameOf(Block block) =>
        block is CustomContainer container && ArticleMarkdownRenderer.TryParseBlock(container.Info, out var name) ? name : null;

    private static IEnumerable<TextSpan> Read(IEnumerable<Block> blocks)
    {
        var section = 0;
        foreach (var block in blocks)
        {
            if (block is HeadingBlock { Level: 2 })
                section++;
            var leaves = block is LeafBlock leaf ? [leaf] : block.Descendants<LeafBlock>();
            foreach (var part in leaves.Where(part => part.Inline is not null))
                yield return new TextSpan(part, KindOf(part), NameOf(block), section, part.Parent?.Parent is TableRow { IsHeader: true });
        }
    }

    private static TextSpanKind KindOf(LeafBlock leaf) => leaf switch
    {
        HeadingBlock => TextSpanKind.Heading,
        { Parent: TableCell } => TextSpanKind.Cell,
        { Parent: ListItemBlock } => TextSpanKind.Item,
        _ => TextSpanKind.Paragraph,
    };
}
