using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Articles.RedFlags;

namespace ArmTwitch.Articles.Content;

/// <summary>
/// Reads <c>content/</c>. A second load reads only the files that changed; a file that broke since keeps its last good
/// version.
/// </summary>
/// <param name="rules">Whose errors keep a file from readers; null to look at what can be read alone.</param>
/// <param name="today">Articles of a later day are not shown yet; null shows them all.</param>
internal sealed class ContentLoader(string folder, IContentLinter? rules = null, Func<DateOnly>? today = null)
{
    /// <summary>The folders whose Markdown files are read. What stands below them, or is spelled otherwise, is not.</summary>
    private static readonly string[] Folders = ["articles", "authors", IssueFile.Folder, "pages"];

    private static readonly string[] TableFiles =
        ["topics.yml", "references.yml", "emergency-numbers.yml", "signs.yml", "glossary.yml", "words.yml", RedFlagCheckFile.File];

    /// <summary>Ten times the longest article: a bigger file is a mistake, and some mistakes take Markdown very long to read.</summary>
    public const int MaxFileSize = 256 * 1024;

    private static readonly EnumerationOptions EveryMarkdownFile =
        new() { RecurseSubdirectories = true, MatchCasing = MatchCasing.CaseInsensitive };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, LoadedArticle> articles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoadedPage> pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LoadedIssueFile> issueFiles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileStamp> tableStamps = new(StringComparer.Ordinal);
    private readonly List<ContentDiagnostic> tableFaults = [];

    /// <summary>What the tables said when they were read last, each behind its name.</summary>
    private readonly StringBuilder tableTexts = new();

    private IReadOnlyList<string> unreadFiles = [];
    private ContentTables tables = ContentTables.Empty;
    private DateOnly resolvedOn;
    private bool isDue = true;

    /// <summary>Reads what changed since the last load.</summary>
    /// <returns>The content as it stands now, or null when nothing changed.</returns>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public ContentSnapshot? Load()
    {
        // What was read but not yet resolved, because a later step failed, is still due.
        isDue |= LoadTables();
        isDue |= LoadPages();
        isDue |= LoadIssueFiles();
        isDue |= LoadArticles();
        isDue |= FindUnreadFiles();
        var day = today?.Invoke() ?? DateOnly.MaxValue;
        isDue |= day != resolvedOn && articles.Values.Any(article => article.File.PublishedOn > resolvedOn);
        if (!isDue)
            return null;
        var content = Resolve(day);
        (isDue, resolvedOn) = (false, day);
        return content;
    }

    /// <summary>Looks for files that somebody meant to be read and that are not: in a subfolder, or with another ending.</summary>
    private bool FindUnreadFiles()
    {
        var read = Folders.SelectMany(Files).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<string> found =
        [
            .. Folders.Where(subfolder => Directory.Exists(FullPath(subfolder)))
                .SelectMany(subfolder => Directory.EnumerateFiles(FullPath(subfolder), "*.md", EveryMarkdownFile))
                .Select(file => Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'))
                .Where(name => !name.Split('/').Any(part => part.StartsWith('.')) && !read.Contains(name))
                .Order(StringComparer.Ordinal),
        ];
        if (found.SequenceEqual(unreadFiles))
            return false;
        unreadFiles = found;
        return true;
    }

    private bool LoadTables()
    {
        string[] files = [.. Files("authors"), .. TableFiles.Where(name => File.Exists(FullPath(name)))];
        var stamps = files.ToDictionary(name => name, name => FileStamp.Of(FullPath(name)), StringComparer.Ordinal);
        if (stamps.Count == tableStamps.Count
            && stamps.All(pair => tableStamps.TryGetValue(pair.Key, out var before) && before == pair.Value))
            return false;

        tableFaults.Clear();
        tableTexts.Clear();
        var topics = ReadTable("topics.yml", tables.Topics, ContentTables.ReadTopics);
        var facts = ReadTable("references.yml", tables.Facts, ContentTables.ReadFacts);
        var (numbers, home) = ReadTable("emergency-numbers.yml", (tables.Numbers, tables.HomeNumbers), ContentTables.ReadNumbers);
        var signs = ReadTableIfThere(
            "signs.yml", tables.Signs, ContentTables.Empty.Signs, (text, diagnostics) => ContentTables.ReadSigns(text, facts, diagnostics));
        var glossary = ReadTableIfThere(
            "glossary.yml", tables.Glossary, Glossary.Empty, (text, diagnostics) => ContentTables.ReadGlossary(text, facts, diagnostics));
        var authors = new Dictionary<string, ArticleAuthor>(StringComparer.Ordinal);
        foreach (var name in Files("authors"))
        {
            var key = Path.GetFileNameWithoutExtension(name);
            if (ReadTable(name, tables.Authors.GetValueOrDefault(key), (text, diagnostics) => ContentTables.ReadAuthor(
                name, text, diagnostics)) is { } author)
                authors[key] = author;
        }

        var check = ReadTableIfThere(
            RedFlagCheckFile.File, tables.Check, null, (text, diagnostics) => RedFlagCheckFile.Read(text, facts, signs, diagnostics));
        var words = ReadTableIfThere(EditorialWordList.File, tables.Words, EditorialWordList.Empty, EditorialWordList.Read);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tableTexts.ToString())));
        tables = new ContentTables(topics, authors, facts, numbers, home, signs, glossary) { Check = check, Words = words, Hash = hash };
        tableStamps.Clear();
        foreach (var (name, stamp) in stamps)
            tableStamps[name] = stamp;
        return true;
    }

    /// <summary>Reads a table that a folder may do without.</summary>
    private T ReadTableIfThere<T>(string name, T lastGood, T without, Func<string, DiagnosticCollector, T> read) =>
        File.Exists(FullPath(name)) ? ReadTable(name, lastGood, read) : without;

    /// <summary>Reads one table; a broken one keeps what it said before.</summary>
    private T ReadTable<T>(string name, T lastGood, Func<string, DiagnosticCollector, T> read)
    {
        if (!File.Exists(FullPath(name)))
        {
            tableFaults.Add(new ContentDiagnostic(name, 1, 1, "no-file", "The file is missing.", "Articles need it."));
            return lastGood;
        }

        var diagnostics = new DiagnosticCollector(name);
        var source = ReadText(name, diagnostics);
        tableTexts.Append(name).Append('\0').Append(source).Append('\0');
        var now = source is null || diagnostics.HasErrors ? lastGood : read(source, diagnostics);
        tableFaults.AddRange(diagnostics.Diagnostics);
        return diagnostics.HasErrors ? lastGood : now;
    }

    /// <returns>The file's text; empty, with the fault noted, when it cannot be read; null when the file has just gone.</returns>
    private string? ReadText(string name, DiagnosticCollector diagnostics)
    {
        try
        {
            // A pipe or a device has no length either, and reading it might never end.
            if (FileStamp.Of(FullPath(name)) is { Length: 0 } stamp && stamp != default)
                return "";
            using var file = File.OpenRead(FullPath(name));
            if (file.Length > MaxFileSize)
            {
                diagnostics.Add(TextPosition.Start, "too-big", $"The file has {file.Length} bytes.", $"Write at most {MaxFileSize}.");
                return "";
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return Utf8.GetString(bytes).TrimStart('\ufeff');
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException)
        {
            diagnostics.Add(TextPosition.Start, "not-utf-8", "The file is not UTF-8.", "Save it as UTF-8.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(TextPosition.Start, "unreadable", $"The file cannot be read: {unreadable.Message}", "Let the program read it.");
        }

        return "";
    }

    private bool LoadPages() => LoadChanged(pages, "pages", (name, source, diagnostics) =>
    {
        if (diagnostics.HasErrors)
            return new LoadedPage(null, MarkdownOutline.Unread, diagnostics);
        var fields = FrontMatter.Of(source, diagnostics);
        var (title, summary, reviewed) =
            (fields?.Text("title", Article.MaxTitleLength), fields?.Text("summary", Article.MaxSummaryLength), fields?.Day("lastReviewed"));
        fields?.ReportUnknownKeys();
        var outline = MarkdownOutline.Of(source, diagnostics);
        foreach (var (fact, at) in outline.Citations)
            diagnostics.Add(
                at, "citation-outside-article", $"The fact \"{fact}\" is cited on a page without references.",
                "Make the statement in an article and link to it.");
        foreach (var block in outline.Blocks)
            diagnostics.Add(
                TextPosition.Start, "block-outside-article", $"There is a \":::{KebabCase.Of(block)}\" on a page that is no article.",
                "Write it in an article and link to it.");
        if (!Slug.TryParse(Path.GetFileNameWithoutExtension(name), out var slug))
            diagnostics.Add(
                TextPosition.Start, "file-name", $"\"{name}\" cannot be an address.",
                "Name the file with lower-case words joined by hyphens.");
        if (LinkChecker.IsFixed($"/{slug}"))
            diagnostics.Add(TextPosition.Start, "taken-address", $"\"/{slug}\" is a page of its own.", "Name the file otherwise.");
        var page = diagnostics.HasErrors ? null : new InformationPage(slug, title!, summary!, reviewed!.Value, source);
        return new LoadedPage(page, outline, diagnostics);
    });

    private bool LoadIssueFiles() => LoadChanged(issueFiles, IssueFile.Folder, (name, source, diagnostics) =>
    {
        var (issueFile, named, outline) = IssueFile.Read(name, source, diagnostics);
        return new LoadedIssueFile(issueFile, named, outline, diagnostics);
    });

    private bool LoadArticles() =>
        LoadChanged(
            articles, "articles",
            (name, source, diagnostics) => new LoadedArticle(ArticleFile.Read(name, source, diagnostics), diagnostics));

    /// <summary>Reads the files of one folder that are new or changed, on every core, and forgets those that are gone.</summary>
    private bool LoadChanged<T>(Dictionary<string, T> loaded, string subfolder, Func<string, string, DiagnosticCollector, T> read)
        where T : LoadedFile
    {
        var names = Files(subfolder).ToHashSet(StringComparer.Ordinal);
        var gone = loaded.Keys.Where(name => !names.Contains(name)).ToList();
        var fresh = new ConcurrentDictionary<string, T>(StringComparer.Ordinal);
        Parallel.ForEach(names, name =>
        {
            var before = loaded.GetValueOrDefault(name);
            var stamp = FileStamp.Of(FullPath(name));
            if (before?.Stamp == stamp)
                return;
            var diagnostics = new DiagnosticCollector(name);
            if (ReadText(name, diagnostics) is not { } source)
                return;
            fresh[name] = read(name, source, diagnostics);
            fresh[name].Stamp = stamp;
            fresh[name].CarryLastGoodFrom(before);
        });

        foreach (var name in gone)
            loaded.Remove(name);
        foreach (var (name, file) in fresh)
            loaded[name] = file;
        return gone.Count > 0 || !fresh.IsEmpty;
    }

    private ContentSnapshot Resolve(DateOnly day)
    {
        var map = new LinkChecker(articles.Values.Select(article => article.File), tables, pages.Keys.Select(PageSlug).OfType<Slug>());
        var faults = new List<ContentDiagnostic>(tableFaults);
        foreach (var page in pages.Values)
        {
            var links = new DiagnosticCollector(page.Faults.File);
            map.CheckLinks(page.Outline, links);
            faults.AddRange([.. page.Faults.Diagnostics, .. links.Diagnostics]);
        }

        foreach (var letter in issueFiles.Values)
            faults.AddRange(letter.Resolve(map));
        foreach (var name in unreadFiles)
            faults.Add(new ContentDiagnostic(
                name, 1, 1, "not-read", "The file is not read.", $"Put it into {name.Split('/')[0]}/ itself, with a name that ends in .md.",
                Blocks: false));
        var ways = new DiagnosticCollector(RedFlagCheckFile.File);
        foreach (var (article, at) in tables.Check?.Articles ?? [])
            map.CheckArticle(article.ToString(), fragment: null, at, ways);
        faults.AddRange(ways.Diagnostics);

        var found = new ConcurrentBag<ContentDiagnostic>();
        Parallel.ForEach(articles.Values, article =>
        {
            foreach (var diagnostic in article.Resolve(tables, map))
                found.Add(diagnostic);
        });
        faults.AddRange(found);
        Publish(day, faults);
        CheckHidden(map, faults);
        var inOrder = faults.OrderBy(diagnostic => diagnostic.File, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Line).ThenBy(diagnostic => diagnostic.Column).ToLookup(diagnostic => diagnostic.Level);
        return new ContentSnapshot(
            articles.Values.Select(article => article.LastGood).OfType<Article>(), tables,
            pages.Values.Select(page => page.LastGood).OfType<InformationPage>(), IssueFiles(), [.. inOrder[DiagnosticSeverity.Error]])
        {
            Unpublished = [.. articles.Values.Select(article => article.Unpublished).OfType<Article>()],
            Warnings = [.. inOrder[DiagnosticSeverity.Warning]],
        };
    }

    /// <summary>
    /// Lets readers have what is finished, keeps every rule and whose day has come; all else keeps its last good version.
    /// </summary>
    /// <param name="faults">Takes the errors that kept a file back.</param>
    private void Publish(DateOnly day, List<ContentDiagnostic> faults)
    {
        var finished = new ContentSnapshot(
            articles.Values.Where(article => !article.File.IsDraft).Select(article => article.Newest).OfType<Article>(), tables,
            pages.Values.Select(page => page.Newest).OfType<InformationPage>(), IssueFiles(), []);
        var errors = rules?.FindErrors(finished) ?? [];
        faults.AddRange(errors);
        var broken = errors.Select(error => error.File).ToHashSet(StringComparer.Ordinal);
        foreach (var page in pages.Values.Where(page => !broken.Contains(page.Faults.File)))
            page.Publish();
        foreach (var article in articles.Values.Where(
            article => !article.File.IsDraft && article.File.PublishedOn <= day && !broken.Contains(article.File.Name)))
            article.Publish();
    }

    private void CheckHidden(LinkChecker map, List<ContentDiagnostic> faults)
    {
        // A file that cannot be read has told its own fault.
        var hidden = articles.Values.Where(article => article is { LastGood: null, Newest: not null })
            .Select(article => article.File).ToHashSet();
        if (hidden.Count is 0)
            return;
        foreach (var article in articles.Values.Where(article => article.LastGood is not null))
        {
            var links = new DiagnosticCollector(article.File.Name);
            map.CheckHidden(article.File, hidden, links);
            faults.AddRange(links.Diagnostics);
        }

        var ways = new DiagnosticCollector(RedFlagCheckFile.File);
        foreach (var (article, at) in tables.Check?.Articles ?? [])
            map.CheckHidden(article.ToString(), at, hidden, ways);
        faults.AddRange(ways.Diagnostics);
    }

    private IEnumerable<IssueFile> IssueFiles() => issueFiles.Values.Select(letter => letter.Valid).OfType<IssueFile>();

    private static Slug? PageSlug(string name) => Slug.TryParse(Path.GetFileNameWithoutExtension(name), out var slug) ? slug : null;

    private IEnumerable<string> Files(string subfolder)
    {
        var path = FullPath(subfolder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.md").Select(file => Path.GetFileName(file))
                // Not what macOS leaves beside a file ("._one.md"), nor what an editor hides.
                .Where(name => !name.StartsWith('.') && name.EndsWith(".md", StringComparison.Ordinal))
                .Select(name => $"{subfolder}/{name}").Order(StringComparer.Ordinal)
            : [];
    }

    private string FullPath(string name) => Path.Combine(folder, name);

    /// <summary>What a file looked like when it was read. A link counts as the file it leads to.</summary>
    private readonly record struct FileStamp(DateTime WrittenAt, long Length)
    {
        public static FileStamp Of(string path)
        {
            try
            {
                var file = new FileInfo(path);
                var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
                return target.Exists ? new FileStamp(target.LastWriteTimeUtc, target.Length) : default;
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                // A link that leads round in a circle; reading it will say so.
                return default;
            }
        }
    }

    private abstract class LoadedFile
    {
        public FileStamp Stamp { get; set; }

        /// <summary>Keeps the last good version of the file that this one replaces.</summary>
        public abstract void CarryLastGoodFrom(LoadedFile? before);
    }

    private sealed class LoadedPage(InformationPage? page, MarkdownOutline outline, DiagnosticCollector diagnostics) : LoadedFile
    {
        public MarkdownOutline Outline => outline;

        public DiagnosticCollector Faults => diagnostics;

        public InformationPage? Newest => page;

        public InformationPage? LastGood { get; private set; }

        public void Publish() => LastGood = page ?? LastGood;

        public override void CarryLastGoodFrom(LoadedFile? before) => LastGood = (before as LoadedPage)?.LastGood;
    }

    /// <summary>A letter has no last good version: what an editor is in the middle of changing is not sent.</summary>
    private sealed class LoadedIssueFile(
        IssueFile? issueFile, IReadOnlyList<(string Slug, TextPosition At)> named, MarkdownOutline outline,
        DiagnosticCollector diagnostics) : LoadedFile
    {
        /// <summary>The letter when every name and link in it leads somewhere; else null.</summary>
        public IssueFile? Valid { get; private set; }

        public override void CarryLastGoodFrom(LoadedFile? before)
        {
            // Nothing of an earlier version is kept.
        }

        public IReadOnlyList<ContentDiagnostic> Resolve(LinkChecker map)
        {
            var log = new DiagnosticCollector(diagnostics.File);
            foreach (var diagnostic in diagnostics.Diagnostics)
                log.Add(diagnostic);
            map.CheckLinks(outline, log);
            map.CheckLinks(named, log);
            Valid = log.Diagnostics.Count is 0 ? issueFile : null;
            return log.Diagnostics;
        }
    }

    private sealed class LoadedArticle(ArticleFile file, DiagnosticCollector diagnostics) : LoadedFile
    {
        public ArticleFile File => file;

        /// <summary>What the file says now; null when it cannot be read.</summary>
        public Article? Newest { get; private set; }

        public Article? LastGood { get; private set; }

        /// <summary>The newest version when readers do not see it.</summary>
        public Article? Unpublished => ReferenceEquals(Newest, LastGood) ? null : Newest;

        public override void CarryLastGoodFrom(LoadedFile? before) => LastGood = (before as LoadedArticle)?.LastGood;

        public void Publish() => LastGood = Newest ?? LastGood;

        /// <summary>Looks the article's names up again.</summary>
        public IEnumerable<ContentDiagnostic> Resolve(ContentTables tables, LinkChecker map)
        {
            var links = new DiagnosticCollector(diagnostics.File);
            foreach (var diagnostic in diagnostics.Diagnostics)
                links.Add(diagnostic);
            Newest = file.Resolve(tables, links);
            map.CheckLinks(file, links);
            // Nobody reads a draft yet, so nothing in it is urgent.
            return file.IsDraft
                ? links.Diagnostics.Select(diagnostic => diagnostic with { Level = DiagnosticSeverity.Warning })
                : links.Diagnostics;
        }
    }
}
