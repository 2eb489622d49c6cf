using ArmTwitch.Articles;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Editing;

/// <summary>A file laid out for the rules: its passages in order, its blocks, its links, and where its front matter says what.</summary>
internal class Draft
{
    private readonly string written;

    private Draft(InformationPage page, ContentTables tables)
        : this(page.Title, page.Summary, page.Source, page.Source, tables, [])
    {
    }

    /// <param name="written">The file as it stands.</param>
    /// <param name="source">The same with every shared sign in its place.</param>
    /// <param name="signs">Where it names them.</param>
    protected Draft(string title, string summary, string written, string source, ContentTables tables, IReadOnlyList<SignMention> signs)
    {
        this.written = written;
        (Title, Summary, Tables) = (title, summary, tables);
        var document = ArticleMarkdown.Parse(source);
        Blocks = [.. document.Where(block => block is not YamlFrontMatterBlock)];
        Passages = [.. Read(Blocks)];
        Links = [.. document.Descendants<LinkInline>()];
        Lists = [.. document.Descendants<ListBlock>()];
        var signLines = signs.Select(sign => sign.At.Line).ToHashSet();
        Own = [.. Passages.Where(passage => !signLines.Contains(passage.At.Line))];
        SummarySentences = Sentence.Split(summary, []);
    }

    public string Title { get; }

    public string Summary { get; }

    public ContentTables Tables { get; }

    public WordList Words => Tables.Words;

    /// <summary>Everything below the front matter.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    public IReadOnlyList<Passage> Passages { get; }

    /// <summary>The passages without the shared signs, which are looked at where they are written.</summary>
    public IReadOnlyList<Passage> Own { get; }

    public IReadOnlyList<Sentence> SummarySentences { get; }

    public IReadOnlyList<LinkInline> Links { get; }

    public IReadOnlyList<ListBlock> Lists { get; }

    /// <summary>Where the text begins.</summary>
    public Position Text => Blocks is [var first, ..] ? PositionOf(first) : Position.Start;

    /// <summary>The passages that a reader reads as sentences, outside cards.</summary>
    public IEnumerable<Passage> Body => Passages.Where(passage => passage.IsProse && !passage.IsCard);

    public IEnumerable<Passage> Cards => Passages.Where(passage => passage.IsCard);

    public static Draft Of(InformationPage page, ContentTables tables) => new(page, tables);

    /// <summary>Where the value of a key of the front matter begins; where the key does when the value stands below it, and the top when there is none.</summary>
    public Position At(string key)
    {
        using var lines = new StringReader(written);
        lines.ReadLine();
        for (var number = 2; lines.ReadLine() is { } line && line.TrimEnd() is not "---"; number++)
        {
            if (!line.StartsWith($"{key}:", StringComparison.Ordinal))
                continue;
            var value = line.AsSpan(key.Length + 1).TrimStart();
            return new Position(number, value.IsEmpty ? 1 : line.Length - value.Length + 1);
        }

        return Position.Start;
    }

    public static Position PositionOf(MarkdownObject thing) => new(thing.Line + 1, thing.Column + 1);

    public static BlockName? NameOf(Block block) =>
        block is CustomContainer container && ArticleMarkdown.TryParseBlock(container.Info, out var name) ? name : null;

    private static IEnumerable<Passage> Read(IEnumerable<Block> blocks)
    {
        var section = 0;
        foreach (var block in blocks)
        {
            if (block is HeadingBlock { Level: 2 })
                section++;
            var leaves = block is LeafBlock leaf ? [leaf] : block.Descendants<LeafBlock>();
            foreach (var part in leaves.Where(part => part.Inline is not null))
                yield return new Passage(part, KindOf(part), NameOf(block), section, part.Parent?.Parent is TableRow { IsHeader: true });
        }
    }

    private static PassageKind KindOf(LeafBlock leaf) => leaf switch
    {
        HeadingBlock => PassageKind.Heading,
        { Parent: TableCell } => PassageKind.Cell,
        { Parent: ListItemBlock } => PassageKind.Item,
        _ => PassageKind.Paragraph,
    };
}

/// <summary>An article laid out for the rules.</summary>
internal sealed class ArticleDraft(Article article, DateOnly today)
    : Draft(article.Title, article.Summary, article.Written, article.Source, article.Tables, article.Signs)
{
    public Article Article => article;

    /// <summary>By which reviews are overdue.</summary>
    public DateOnly Today => today;
}
