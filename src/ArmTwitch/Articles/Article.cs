using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.MarkdownDialect;

namespace ArmTwitch.Articles;

/// <summary>An article that passed every check: what its file says, with every name in it looked up.</summary>
public sealed class Article
{
    public const int MaxTitleLength = 65;
    public const int MaxSummaryLength = 300;

    /// <summary>What the address says to ask for the short view.</summary>
    internal const string ShortView = "short";

    public required Slug Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>The answer in at most three sentences.</summary>
    public required string Summary { get; init; }

    public required ArticleKind Kind { get; init; }

    public required IReadOnlyList<Topic> Topics { get; init; }

    public required ArticleAuthor Author { get; init; }

    /// <summary>Readers do not see the article before that day (UTC).</summary>
    public required DateOnly PublishedOn { get; init; }

    /// <summary>Whether its writer says that it is not finished; readers do not see it then.</summary>
    public bool IsDraft { get; init; }

    /// <summary>When the text was last held against its sources.</summary>
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

    /// <summary>The day on which the article was taken back, if it was.</summary>
    public required DateOnly? WithdrawnOn { get; init; }

    public required IReadOnlyList<Heading> Headings { get; init; }

    /// <summary>What the text cites, in the order of first mention.</summary>
    public required IReadOnlyList<Reference> References { get; init; }

    /// <summary>The numbers that stand on this article's urgency cards.</summary>
    public required EmergencyNumbers Numbers { get; init; }

    /// <summary>
    /// The file, front matter and all, with every shared sign in its place: each line stands where it stands in the file. It is
    /// turned into HTML when a page is made, not before.
    /// </summary>
    public required string Source { get; init; }

    /// <summary>The file as it was written.</summary>
    public required string SourceText { get; init; }

    /// <summary>Where the text names shared signs.</summary>
    internal IReadOnlyList<WarningSignMention> Signs { get; init; } = [];

    /// <summary>What the text was resolved with.</summary>
    internal ContentTables Tables { get; init; } = ContentTables.Empty;

    public string Address => AddressOf(Slug);

    /// <summary>Where the short view is read.</summary>
    public string ShortAddress => $"{Address}?view={ShortView}";

    /// <summary>The path below the content folder.</summary>
    public string File => $"articles/{Slug}.md";

    /// <summary>The last day on which the text changed.</summary>
    public DateOnly ChangedOn => Changes.Count > 0 && Changes[0].On > PublishedOn ? Changes[0].On : PublishedOn;

    public bool IsOverdue(DateOnly today) => today > NextReviewOn;

    /// <param name="linkBase">What stands before <c>#…</c> links: empty on the article's own page, its address elsewhere.</param>
    /// <param name="siteBase">What stands before <c>/…</c> links: empty on the site, its origin in feeds.</param>
    public IReadOnlyList<ArticleBlock> Read(string linkBase = "", string siteBase = "") =>
        ArticleMarkdownRenderer.Render(Source, References, linkBase, siteBase);

    /// <summary>The text of the article's own page, with the words explained that the site explains.</summary>
    public RenderedArticle ReadWithTerms() =>
        RenderedArticle.Render(ArticleMarkdownRenderer.Parse(Source), References, Tables.Glossary, Tables.Facts);

    /// <summary>The text without any markup, for searching.</summary>
    public string PlainText() => ArticleMarkdownRenderer.PlainText(ArticleMarkdownRenderer.Parse(Source));

    public static string AddressOf(Slug slug) => $"/articles/{slug}";
}

/// <summary>What an article is about, which settles what sections it has.</summary>
public enum ArticleKind
{
    /// <summary>Something that a reader may have.</summary>
    Condition,

    /// <summary>Anything else that a reader may ask.</summary>
    Guide,
}

/// <summary>A group of articles that readers know by one name.</summary>
public sealed record Topic(Slug Slug, string Title, string Summary)
{
    public string Address => $"/topics/{Slug}";
}

/// <summary>A clinician who checked an article.</summary>
public sealed record Reviewer(string Name, string Role, string Interests);

/// <param name="Sign">What tells the other article's trouble from this one's; null when the writer gave none.</param>
public sealed record RelatedArticle(Slug Article, string? Sign);

/// <param name="Icd10">The International Classification of Diseases, 10th revision.</param>
/// <param name="Mesh">The Medical Subject Headings of the US National Library of Medicine.</param>
public sealed record MedicalCodes(string? Icd10, string? Mesh)
{
    public static readonly MedicalCodes None = new(null, null);
}

/// <param name="Advice">Whether it altered what readers are told to do.</param>
/// <param name="Hash">The mark of the text as it stood after this change; null while it is being written.</param>
public sealed record ChangeLogEntry(DateOnly On, string What, bool Advice = false, string? Hash = null);

/// <param name="Level">2 to 6; the title is the only 1.</param>
/// <param name="Id">The fragment that leads to it.</param>
public sealed record Heading(int Level, string Id, string Text);
