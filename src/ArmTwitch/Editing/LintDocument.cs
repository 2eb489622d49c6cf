using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Editing.TextAnalysis;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Editing;

/// <summary>A file as the rules look at it: its spans of text, its blocks, its links, and the places of its front matter.</summary>
internal class LintDocument
{
    private readonly string written;

    /// <param name="written">The file as it stands.</param>
    /// <param name="source">The same with the words of each shared sign in place of its name.</param>
    /// <param name="signs">Where the file names signs.</param>
    protected LintDocument(
        string title, string summary, string? purpose, string written, string source, ContentTables tables,
        IReadOnlyList<WarningSignMention> signs)
    {
        this.written = written;
        (Title, Summary, Purpose, Tables) = (title, summary, purpose, tables);
        var document = ArticleMarkdownRenderer.Parse(source);
        Blocks = [.. document.Where(block => block is not YamlFrontMatterBlock)];
        Spans = [.. Read(Blocks)];
        Links = [.. document.Descendants<LinkInline>()];
        Lists = [.. document.Descendants<ListBlock>()];
        var signLines = signs.Select(sign => sign.At.Line).ToHashSet();
        WithoutSigns = [.. Spans.Where(span => !signLines.Contains(span.At.Line))];
        SummarySentences = Sentence.Split(summary, []);
    }

    public string Title { get; }

    public string Summary { get; }

    /// <summary>Null for a page that is no article, and for an article that does not say it.</summary>
    public string? Purpose { get; }

    public ContentTables Tables { get; }

    public EditorialWordList Words => Tables.Words;

    /// <summary>Everything below the front matter.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    public IReadOnlyList<TextSpan> Spans { get; }

    /// <summary>The spans without shared signs, which are checked in their own file.</summary>
    public IReadOnlyList<TextSpan> WithoutSigns { get; }

    public IReadOnlyList<Sentence> SummarySentences { get; }

    public IReadOnlyList<LinkInline> Links { get; }

    public IReadOnlyList<ListBlock> Lists { get; }

    /// <summary>Where the text begins.</summary>
    public TextPosition Text => Blocks is [var first, ..] ? TextPosition.Of(first) : TextPosition.Start;

    /// <summary>The running text outside cards.</summary>
    public IEnumerable<TextSpan> Body => Spans.Where(span => span.IsProse && !span.IsCard);

    public IEnumerable<TextSpan> Cards => Spans.Where(span => span.IsCard && span.Kind is not TextSpanKind.Heading);

    public static LintDocument Of(InformationPage page, ContentTables tables) =>
        new(page.Title, page.Summary, null, page.Source, page.Source, tables, []);

    /// <summary>The place of a key's value in the front matter.</summary>
    /// <returns>The place of the key when its value stands below it; the start of the file when there is no such key.</returns>
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

    private static IEnumerable<TextSpan> Read(IEnumerable<Block> blocks)
    {
        var section = 0;
        foreach (var block in blocks)
        {
            if (block is HeadingBlock { Level: 2 })
                section++;
            var leaves = block is LeafBlock leaf ? [leaf] : block.Descendants<LeafBlock>();
            foreach (var part in leaves.Where(part => part.Inline is not null))
                yield return new TextSpan(
                    part, KindOf(part), ArticleMarkdownRenderer.NameOf(block), section, part.Parent?.Parent is TableRow { IsHeader: true })
                {
                    Whole = CitationGatherer.HasSourceLine(block) ? block : part,
                };
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
