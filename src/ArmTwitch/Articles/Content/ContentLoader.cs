using System.Collections.Concurrent;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Articles.Publishing;
using ArmTwitch.Articles.RedFlags;

namespace ArmTwitch.Articles.Content;

/// <summary>
/// Makes snapshots of <c>content/</c>. A second load reads only the files that changed; a file that broke since keeps its last good
/// version.
/// </summary>
/// <param name="rules">Whose errors keep a file from readers; null to keep back only what cannot be read.</param>
/// <param name="today">Articles of a later day are not shown yet; null shows them all.</param>
internal sealed class ContentLoader(string folder, IContentLinter? rules = null, Func<DateOnly>? today = null)
{
    /// <summary>The folders whose Markdown files are read.</summary>
    private static readonly string[] Folders =
        [ArticleFile.Folder, ContentTablesLoader.AuthorsFolder, IssueFile.Folder, InformationPageFile.Folder];

    private readonly ContentFileReader files = new(folder);
    private readonly ContentTablesLoader tablesLoader = new(folder);
    private readonly Dictionary<string, LoadedArticle> articles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoadedPage> pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoadedIssueFile> issueFiles = new(StringComparer.Ordinal);
    /// <summary>What each article was called last, also when its file is gone.</summary>
    private readonly Dictionary<Slug, string> titles = [];
    private IReadOnlyList<string> unreadFiles = [];
    private DateOnly resolvedOn;
    private bool isDue = true;

    private ContentTables Tables => tablesLoader.Tables;

    /// <summary>Reads what changed since the last load.</summary>
    /// <returns>The content as it stands now, or null when nothing changed.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public ContentSnapshot? Load()
    {
        // What was read but not yet resolved, because a later step failed, is still due.
        isDue |= tablesLoader.Load();
        isDue |= LoadChanged<LoadedPage, InformationPage>(
            pages, InformationPageFile.Folder,
            (_, source, diagnostics) => new LoadedPage(InformationPageFile.Read(source, diagnostics), diagnostics));
        isDue |= LoadChanged<LoadedIssueFile, IssueFile>(
            issueFiles, IssueFile.Folder,
            (_, source, diagnostics) => new LoadedIssueFile(ParsedIssueFile.Read(source, diagnostics), diagnostics));
        var shared = new SharedStrings();
        isDue |= LoadChanged<LoadedArticle, Article>(
            articles, ArticleFile.Folder,
            (name, source, diagnostics) => new LoadedArticle(ArticleFile.Read(name, source, diagnostics, shared), diagnostics));
        isDue |= FindUnreadFiles();
        var day = today?.Invoke() ?? DateOnly.MaxValue;
        isDue |= day != resolvedOn && articles.Values.Any(article => article.File.PublishedOn > resolvedOn);
        if (!isDue)
            return null;
        var content = Resolve(day);
        (isDue, resolvedOn) = (false, day);
        return content;
    }

    private bool FindUnreadFiles()
    {
        IReadOnlyList<string> found = [.. Folders.SelectMany(files.ListUnread).Order(StringComparer.Ordinal)];
        if (found.SequenceEqual(unreadFiles))
            return false;
        unreadFiles = found;
        return true;
    }

    /// <summary>Reads the files of one folder that are new or changed, on every core, and forgets those that are gone.</summary>
    /// <param name="read">Takes the file's name and its text.</param>
    private bool LoadChanged<TFile, T>(
        Dictionary<string, TFile> loaded, string subfolder, Func<string, string, DiagnosticCollector, TFile> read)
        where TFile : LoadedFile<T> where T : class
    {
        var names = files.List(subfolder).ToHashSet(StringComparer.Ordinal);
        var gone = loaded.Keys.Where(name => !names.Contains(name)).ToList();
        var fresh = new ConcurrentDictionary<string, TFile>(StringComparer.Ordinal);
        Parallel.ForEach(names, name =>
        {
            var before = loaded.GetValueOrDefault(name);
            var stamp = files.StampOf(name);
            if (before?.Stamp == stamp)
                return;
            var diagnostics = new DiagnosticCollector(name);
            if (files.Read(name, stamp, diagnostics) is not { } source)
                return;
            var file = read(name, source, diagnostics);
            file.Stamp = stamp;
            file.CarryLastGoodFrom(before);
            fresh[name] = file;
        });

        foreach (var name in gone)
            loaded.Remove(name);
        foreach (var (name, file) in fresh)
            loaded[name] = file;
        return gone.Count > 0 || !fresh.IsEmpty;
    }

    private ContentSnapshot Resolve(DateOnly day)
    {
        var links = new LinkChecker(articles.Values.Select(article => article.File), Tables, pages.Keys.Select(PageSlug).OfType<Slug>());
        var faults = new List<ContentDiagnostic>(tablesLoader.Faults);
        faults.AddRange(pages.Values.SelectMany(page => page.Resolve(Tables, links)));
        faults.AddRange(issueFiles.Values.SelectMany(issue => issue.Resolve(Tables, links)));
        faults.AddRange(unreadFiles.Select(name => new ContentDiagnostic(
            name, 1, 1, "not-read", "The file is not read.", $"Put it into {name.Split('/')[0]}/ itself, with a name that ends in .md.",
            Blocks: false)));
        var checkDiagnostics = new DiagnosticCollector(RedFlagCheckFile.File);
        foreach (var (article, at) in Tables.Check?.Articles ?? [])
            links.CheckArticle(article.ToString(), fragment: null, at, checkDiagnostics);
        faults.AddRange(checkDiagnostics.Diagnostics);

        var found = new ConcurrentBag<ContentDiagnostic>();
        Parallel.ForEach(articles.Values, article =>
        {
            foreach (var diagnostic in article.Resolve(Tables, links))
                found.Add(diagnostic);
        });
        faults.AddRange(found);
        faults.AddRange(Publish(day));
        faults.AddRange(FindHiddenLinks(links, day));
        var inOrder = faults.OrderBy(diagnostic => diagnostic.File, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Line).ThenBy(diagnostic => diagnostic.Column).ToLookup(diagnostic => diagnostic.Level);
        foreach (var article in articles.Values.Where(article => article.File.Title.Length > 0))
            titles[article.File.Slug] = article.File.Title;
        return new ContentSnapshot(
            articles.Values.Select(article => article.LastGood).OfType<Article>(), Tables,
            pages.Values.Select(page => page.LastGood).OfType<InformationPage>(), ValidIssues(), [.. inOrder[DiagnosticSeverity.Error]])
        {
            Unpublished = [.. articles.Values.Select(article => article.Unpublished).OfType<Article>()],
            Warnings = [.. inOrder[DiagnosticSeverity.Warning]],
            Files = [.. articles.Values.Select(article => ArticleFileStatus.Of(article, day))
                .OrderBy(file => file.File, StringComparer.Ordinal)],
            Titles = new Dictionary<Slug, string>(titles),
        };
    }

    /// <summary>
    /// Shows readers the newest version of every file that is finished, keeps the rules and whose day has come; others keep their last
    /// good version.
    /// </summary>
    /// <returns>The errors that keep files back.</returns>
    private IReadOnlyList<ContentDiagnostic> Publish(DateOnly day)
    {
        var errors = rules?.FindErrors(new ContentSnapshot(
            articles.Values.Where(article => !article.File.IsDraft).Select(article => article.Newest).OfType<Article>(), Tables,
            pages.Values.Select(page => page.Newest).OfType<InformationPage>(), ValidIssues(), [])) ?? [];
        var broken = errors.Select(error => error.File).ToHashSet(StringComparer.Ordinal);
        foreach (var page in pages.Values.Where(page => !broken.Contains(page.Name)))
            page.Publish();
        foreach (var article in articles.Values)
        {
            article.BreaksRule = broken.Contains(article.File.Name);
            if (article.StateOn(day) is PublicationState.Published or PublicationState.Withdrawn)
                article.Publish();
        }

        return errors;
    }

    /// <summary>Finds where what readers see leads to an article that they do not see.</summary>
    private IEnumerable<ContentDiagnostic> FindHiddenLinks(LinkChecker links, DateOnly day)
    {
        var hidden = new HiddenLinks(articles.Values, links, day);
        return
        [
            .. hidden.FindInArticles(),
            .. pages.Values.Where(page => page.LastGood is not null).SelectMany(page => hidden.FindIn(page.Name, page.Outline)),
            .. hidden.FindIn(RedFlagCheckFile.File, Tables.Check?.Articles ?? []),
        ];
    }

    private IEnumerable<IssueFile> ValidIssues() => issueFiles.Values.Select(issue => issue.Newest).OfType<IssueFile>();

    private static Slug? PageSlug(string name) => Slug.TryParse(Path.GetFileNameWithoutExtension(name), out var slug) ? slug : null;
}
