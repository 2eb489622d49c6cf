using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Articles.Publishing;
using ArmTwitch.Articles.RedFlags;

namespace ArmTwitch.Articles.Content;

/// <summary>All of <c>content/</c> that readers see at one moment. It never changes; a new snapshot replaces it.</summary>
public sealed class ContentSnapshot
{
    private readonly Dictionary<Slug, Article> bySlug;
    private readonly Dictionary<Slug, Slug> byAlias;
    private readonly Dictionary<Slug, int> place;
    private readonly Dictionary<Slug, InformationPage> pages;
    private readonly Dictionary<Slug, IssueFile> issueFiles;

    internal ContentSnapshot(
        IEnumerable<Article> articles, ContentTables tables, IEnumerable<InformationPage> pages, IEnumerable<IssueFile> issueFiles,
        IReadOnlyList<ContentDiagnostic> faults)
    {
        bySlug = articles.ToDictionary(article => article.Slug);
        byAlias = bySlug.Values.OrderBy(article => article.Slug.ToString(), StringComparer.Ordinal)
            .SelectMany(article => article.Aliases.Select(alias => (alias, article.Slug)))
            .Where(pair => !bySlug.ContainsKey(pair.alias))
            .DistinctBy(pair => pair.alias)
            .ToDictionary(pair => pair.alias, pair => pair.Slug);
        Latest = InOrder(bySlug.Values);
        place = Latest.Index().ToDictionary(pair => pair.Item.Slug, pair => pair.Index);
        this.pages = pages.ToDictionary(page => page.Slug);
        this.issueFiles = issueFiles.ToDictionary(issueFile => issueFile.Slug);
        Tables = tables;
        Faults = faults;
    }

    public static ContentSnapshot Empty { get; } = new([], ContentTables.Empty, [], [], []);

    /// <summary>Every article that has not been withdrawn, newest first, then by title.</summary>
    public IReadOnlyList<Article> Latest { get; }

    /// <summary>Every article, also those that were withdrawn, in no order.</summary>
    public IReadOnlyCollection<Article> All => bySlug.Values;

    /// <summary>The errors in the files, in order.</summary>
    public IReadOnlyList<ContentDiagnostic> Faults { get; }

    /// <summary>The warnings, in order.</summary>
    public IReadOnlyList<ContentDiagnostic> Warnings { get; init; } = [];

    /// <summary>
    /// The newest versions of articles that readers do not see: drafts, articles whose day lies ahead, and what breaks a rule. Readers
    /// still see the version before, if there is one.
    /// </summary>
    public IReadOnlyList<Article> Unpublished { get; init; } = [];

    /// <summary>Every file of an article, also those that readers see nothing of, in the order of their names.</summary>
    public IReadOnlyList<ArticleFileStatus> Files { get; init; } = [];

    /// <summary>What articles are called, or were while the program runs: also those whose files are gone.</summary>
    internal IReadOnlyDictionary<Slug, string> Titles { get; init; } = new Dictionary<Slug, string>();

    /// <summary>The title of an article for editors, also when readers see nothing of it or its file is gone.</summary>
    /// <returns>The slug when nothing else is known.</returns>
    public string TitleOf(Slug slug) => FindByAnySlug(slug)?.Title ?? Titles.GetValueOrDefault(slug) ?? slug.ToString();

    /// <summary>The file of an article, also when readers see nothing of it; null when there is none.</summary>
    public ArticleFileStatus? FindFile(Slug slug) => Files.FirstOrDefault(file => file.Slug == slug);

    public IEnumerable<Topic> Topics => Tables.Topics.Values.OrderBy(topic => topic.Title, StringComparer.Ordinal);

    public IEnumerable<ArticleAuthor> Authors => Tables.Authors.Values.OrderBy(author => author.Name, StringComparer.Ordinal);

    public IEnumerable<InformationPage> Pages => pages.Values.OrderBy(page => page.Title, StringComparer.Ordinal);

    /// <summary>The newsletter's issues that have a file without a fault.</summary>
    public IEnumerable<IssueFile> IssueFiles => issueFiles.Values.OrderBy(issueFile => issueFile.Slug.ToString(), StringComparer.Ordinal);

    public IReadOnlyList<EmergencyNumbers> Numbers => Tables.Numbers;

    /// <summary>The places whose numbers stand on the urgency cards of a reader who has chosen none.</summary>
    public IReadOnlyList<EmergencyNumbers> DefaultNumbers => Tables.DefaultNumbers;

    /// <summary>The red-flag questions; null when the content has none.</summary>
    public RedFlagCheck? Check => Tables.Check?.Check;

    internal ContentTables Tables { get; }

    /// <summary>The article of that slug, withdrawn or not; null when there is none.</summary>
    public Article? Find(Slug slug) => bySlug.GetValueOrDefault(slug);

    /// <summary>The article that has this slug, or had it before.</summary>
    /// <returns>Null when there is no such article. It may be withdrawn.</returns>
    public Article? FindByAnySlug(Slug slug) => Find(slug) ?? (FindAlias(slug) is { } now ? Find(now) : null);

    /// <summary>The article to read at an address of which this is a part, in any case and also when it is an old slug.</summary>
    /// <returns>Null when there is no such article, or when it is withdrawn.</returns>
    public Article? FindReadable(string slug) =>
        Slug.TryRead(slug, out var address) && FindByAnySlug(address) is { WithdrawnOn: null } article ? article : null;

    /// <summary>The slug of the article that used to have this one; null when none had.</summary>
    public Slug? FindAlias(Slug slug) => byAlias.TryGetValue(slug, out var now) ? now : null;

    /// <summary>The slug under which the article was first published: the oldest one that does not belong to another article.</summary>
    public Slug FirstSlug(Article article)
    {
        foreach (var alias in article.Aliases)
        {
            if (FindAlias(alias) == article.Slug)
                return alias;
        }

        return article.Slug;
    }

    public IssueFile? FindIssueFile(Slug slug) => issueFiles.GetValueOrDefault(slug);

    public InformationPage? FindPage(Slug slug) => pages.GetValueOrDefault(slug);

    public IEnumerable<Article> WithTopic(Topic topic) => Latest.Where(article => article.Topics.Any(other => other.Slug == topic.Slug));

    public IEnumerable<Article> By(ArticleAuthor author) => Latest.Where(article => article.Author.Slug == author.Slug);

    /// <summary>
    /// The articles before and after this one in <see cref="Latest"/>; null at the ends. Of a version that readers do not see, those that
    /// it would stand between.
    /// </summary>
    public (Article? Newer, Article? Older) Neighbours(Article article) =>
        place.TryGetValue(article.Slug, out var index) && ReferenceEquals(Latest[index], article)
            ? NeighboursAt(Latest, index)
            : InOrder(Latest.Where(other => other.Slug != article.Slug).Append(article)) is var all && article.WithdrawnOn is null
                ? NeighboursAt(all, all.IndexOf(article))
                : (null, null);

    private static (Article? Newer, Article? Older) NeighboursAt(IReadOnlyList<Article> all, int index) =>
        (index > 0 ? all[index - 1] : null, index + 1 < all.Count ? all[index + 1] : null);

    private static List<Article> InOrder(IEnumerable<Article> articles) =>
    [
        .. articles.Where(article => article.WithdrawnOn is null)
            .OrderByDescending(article => article.PublishedOn).ThenBy(article => article.Title, StringComparer.Ordinal)
            .ThenBy(article => article.Slug.ToString(), StringComparer.Ordinal),
    ];
}
