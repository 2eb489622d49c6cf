using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Articles.RedFlags;
using static ArmTwitch.Articles.Parsing.ContentTableReader;

namespace ArmTwitch.Articles.Content;

/// <summary>Reads the files that articles draw on. A file that breaks keeps what it said before.</summary>
internal sealed class ContentTablesLoader(string folder)
{
    public const string AuthorsFolder = "authors";

    private static readonly string[] TableFiles =
    [
        TopicsFile, FactsFile, NumbersFile, SignsFile, GlossaryFile, EditorialWordList.File, SearchWordList.File,
        RedFlagCheckFile.File,
    ];

    private readonly ContentFileReader files = new(folder);
    private readonly Dictionary<string, FileStamp> stamps = new(StringComparer.Ordinal);
    private readonly List<ContentDiagnostic> faults = [];

    /// <summary>What the files said when they were read last, each behind its name.</summary>
    private readonly StringBuilder texts = new();

    public ContentTables Tables { get; private set; } = ContentTables.Empty;

    public IReadOnlyList<ContentDiagnostic> Faults => faults;

    /// <summary>Reads all files again when one of them is new, changed or gone.</summary>
    /// <returns>Whether they were read.</returns>
    public bool Load()
    {
        string[] names = [.. files.List(AuthorsFolder), .. TableFiles.Where(files.Exists)];
        var now = names.ToDictionary(name => name, files.StampOf, StringComparer.Ordinal);
        if (now.Count == stamps.Count && now.All(pair => stamps.TryGetValue(pair.Key, out var before) && before == pair.Value))
            return false;

        faults.Clear();
        texts.Clear();
        Tables = Read(Tables);
        stamps.Clear();
        foreach (var (name, stamp) in now)
            stamps[name] = stamp;
        return true;
    }

    private ContentTables Read(ContentTables before)
    {
        var topics = Read(TopicsFile, before.Topics, ReadTopics);
        var facts = Read(FactsFile, before.Facts, ReadFacts);
        var (numbers, shown) = Read(NumbersFile, (before.Numbers, before.DefaultNumbers), ReadNumbers);
        var signs = ReadOptional(
            SignsFile, before.Signs, ContentTables.Empty.Signs,
            (text, diagnostics) => ReadSigns(text, facts, topics, diagnostics));
        var glossary = ReadOptional(
            GlossaryFile, before.Glossary, Glossary.Empty,
            (text, diagnostics) => ReadGlossary(text, facts, diagnostics));
        var authors = new Dictionary<string, ArticleAuthor>(StringComparer.Ordinal);
        foreach (var name in files.List(AuthorsFolder))
        {
            var key = Path.GetFileNameWithoutExtension(name);
            if (Read(name, before.Authors.GetValueOrDefault(key), ReadAuthor) is { } author)
                authors[key] = author;
        }

        return new ContentTables(topics, authors, facts, numbers, shown, signs, glossary)
        {
            Check = ReadOptional(
                RedFlagCheckFile.File, before.Check, null,
                (text, diagnostics) => new RedFlagCheckReader(facts, signs, diagnostics).Read(text)),
            Words = ReadOptional(EditorialWordList.File, before.Words, EditorialWordList.Empty, EditorialWordList.Read),
            SearchWords = ReadOptional(
                SearchWordList.File, before.SearchWords, SearchWordList.Empty,
                (text, diagnostics) => SearchWordList.Read(text, signs, diagnostics)),
            Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(texts.ToString()))),
        };
    }

    private T ReadOptional<T>(string name, T lastGood, T without, Func<string, DiagnosticCollector, T> read) =>
        files.Exists(name) ? Read(name, lastGood, read) : without;

    private T Read<T>(string name, T lastGood, Func<string, DiagnosticCollector, T> read)
    {
        if (!files.Exists(name))
        {
            faults.Add(new ContentDiagnostic(name, 1, 1, "no-file", "The file is missing.", "Articles need it."));
            return lastGood;
        }

        var diagnostics = new DiagnosticCollector(name);
        var source = files.Read(name, diagnostics);
        texts.Append(name).Append('\0').Append(source).Append('\0');
        var now = source is null || diagnostics.HasErrors ? lastGood : read(source, diagnostics);
        faults.AddRange(diagnostics.Diagnostics);
        return diagnostics.HasErrors ? lastGood : now;
    }
}
