using System.Text;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Pages;

namespace ArmTwitch.Articles;

/// <summary>An article: what its file says, with every name in it looked up.</summary>
public sealed class Article
{
    public const int MaxTitleLength = 65;
    public const int MaxSummaryLength = 300;
    public const int MaxPurposeLength = 120;

    /// <summary>The value of <c>view</c> in the address of the short view.</summary>
    internal const string ShortView = "short";

    public required Slug Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>The answer in at most three sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>Why the article exists, in one line; null when its file does not say.</summary>
    public string? Purpose { get; init; }

    public required ArticleKind Kind { get; init; }

    public required IReadOnlyList<Topic> Topics { get; init; }

    public required ArticleAuthor Author { get; init; }

    /// <summary>Readers do not see the article before that day (UTC).</summary>
    public required DateOnly PublishedOn { get; init; }

    /// <summary>Whether its front matter says that it is not finished; readers do not see it then.</summary>
    public bool IsDraft { get; init; }

    /// <summary>When the text was last compared with its sources.</summary>
    public required DateOnly LastReviewedOn { get; init; }

    public required DateOnly NextReviewOn { get; init; }

    /// <summary>The clinician who checked the text; null while none has.</summary>
    public required Reviewer? ReviewedBy { get; init; }

    /// <summary>Earlier addresses, oldest first.</summary>
    public required IReadOnlyList<Slug> Aliases { get; init; }

    public required IReadOnlyList<string> Synonyms { get; init; }

    public required IReadOnlyList<RelatedArticle> Related { get; init; }

    public required MedicalCodes Codes { get; init; }

    /// <summary>What changed and when, newest first.</summary>
    public required IReadOnlyList<ChangeLogEntry> Changes { get; init; }

    /// <summary>The day on which the article was withdrawn; null when it was not.</summary>
    public required DateOnly? WithdrawnOn { get; init; }

    public required IReadOnlyList<Heading> Headings { get; init; }

    /// <summary>The names of the <c>:::</c> blocks in its text.</summary>
    public required IReadOnlyList<BlockName> Blocks { get; init; }

    /// <summary>
    /// What the text cites, in the order of first mention. It is counted at each call: all articles are kept, and few are shown at a time.
    /// </summary>
    public IReadOnlyList<Reference> References => CountReferences();

    internal Func<IReadOnlyList<Reference>> CountReferences { private get; init; } = () => [];

    /// <summary>The places whose numbers stand on this article's urgency cards.</summary>
    public required IReadOnlyList<EmergencyNumbers> Numbers { get; init; }

    /// <summary>The file as it was written, in UTF-8: half of what a string would take, and all articles are kept.</summary>
    public required ReadOnlyMemory<byte> Utf8 { get; init; }

    /// <summary>The file as it was written.</summary>
    public string SourceText => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>
    /// The file, front matter and all, with the words of each shared sign in place of its name; the numbers of lines stay the same. It
    /// becomes HTML when a page is made.
    /// </summary>
    public string Source => WithSigns(SourceText);

    /// <summary>Where the text names shared signs.</summary>
    internal IReadOnlyList<WarningSignMention> Signs { get; init; } = [];

    /// <summary>The cards whose signs ask for the lines for somebody who thinks of ending their life.</summary>
    public IReadOnlySet<BlockName> ListeningCards =>
        Signs.Where(sign => sign.Card is not null && Tables.Signs.GetValueOrDefault(sign.Id) is { OffersListening: true })
            .Select(sign => sign.Card!.Value).ToHashSet();

    /// <summary>The tables in which the names of the text were looked up.</summary>
    internal ContentTables Tables { get; init; } = ContentTables.Empty;

    public string Address => AddressOf(Slug);

    /// <summary>The address of the short view.</summary>
    public string ShortAddress => $"{Address}?view={ShortView}";

    /// <summary>What lists say of it: its purpose, or else its summary.</summary>
    public string ListLine => Purpose ?? Summary;

    /// <summary>The link that leads to it from a list.</summary>
    public PageLink ListLink => new(Address, Title, ListLine);

    /// <summary>The path below the content folder.</summary>
    public string File => $"articles/{Slug}.md";

    /// <summary>The last day on which the text changed.</summary>
    public DateOnly ChangedOn => Changes.Count > 0 && Changes[0].On > PublishedOn ? Changes[0].On : PublishedOn;

    public bool IsOverdue(DateOnly today) => today > NextReviewOn;

    /// <inheritdoc cref="ArticleMarkdownRenderer.Render(string, IReadOnlyList{Reference}?, string, string)"/>
    public IReadOnlyList<ArticleBlock> Read(string linkBase = "", string siteBase = "") =>
        ArticleMarkdownRenderer.Render(Source, References, linkBase, siteBase);

    /// <summary>The text as the article's own page shows it, with explained words.</summary>
    public RenderedArticle ReadWithTerms() =>
        RenderedArticle.Render(ArticleMarkdownRenderer.Parse(Source), References, Tables.Glossary, Tables.Facts);

    /// <summary>The text without any markup, for searching.</summary>
    public string PlainText() => ArticleMarkdownRenderer.PlainText(ArticleMarkdownRenderer.Parse(Source));

    public static string AddressOf(Slug slug) => $"/articles/{slug}";

    private string WithSigns(string written)
    {
        if (Signs.Count is 0)
            return written;
        var (text, copied) = (new StringBuilder(written.Length * 2), 0);
        foreach (var mention in Signs)
        {
            text.Append(written, copied, mention.Span.Start - copied).Append(Tables.Signs[mention.Id].Says.Markdown);
            copied = mention.Span.End + 1;
        }

        return text.Append(written, copied, written.Length - copied).ToString();
    }
}

/// <summary>What an article is about; it decides which sections the article must have.</summary>
public enum ArticleKind
{
    /// <summary>Something that a reader may have.</summary>
    Condition,

    /// <summary>Anything else that a reader may ask.</summary>
    Guide,
}

/// <summary>A clinician who checked an article.</summary>
public sealed record Reviewer(string Name, string Role, string Interests);

/// <param name="Sign">What tells the condition of the other article from this one's; null when the file gives none.</param>
public sealed record RelatedArticle(Slug Article, string? Sign);

/// <param name="Icd10">The International Classification of Diseases, 10th revision.</param>
/// <param name="Mesh">The Medical Subject Headings of the US National Library of Medicine.</param>
public sealed record MedicalCodes(string? Icd10, string? Mesh)
{
    public static readonly MedicalCodes None = new(null, null);
}

/// <param name="Advice">Whether it changed what readers are told to do.</param>
/// <param name="Hash">A hash of the text after this change; null while the change is being written.</param>
public sealed record ChangeLogEntry(DateOnly On, string What, bool Advice = false, string? Hash = null);

/// <param name="Level">2 to 6; the title is the only 1.</param>
/// <param name="Id">The fragment that leads to it.</param>
public sealed record Heading(int Level, string Id, string Text);
