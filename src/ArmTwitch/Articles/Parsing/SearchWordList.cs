using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Pages;
using ArmTwitch.Phrases;

namespace ArmTwitch.Articles.Parsing;

/// <summary>
/// What people type when they mean something that the articles call by another name, and what they type when they are in danger. Editors
/// keep it in <c>search-words.yml</c>. A mistake in one entry does not switch off the others: somebody in danger may need them.
/// </summary>
/// <param name="Meanings">Brands, foreign words and others.</param>
/// <param name="Dangers">The signs that search shows, in the order of the file.</param>
/// <param name="Crisis">Words of despair, beside <see cref="CrisisPhrases"/>; they have to stand in their order.</param>
/// <param name="Pages">Pages of the site that are no articles.</param>
internal sealed record SearchWordList(
    IReadOnlyList<SearchMeaning> Meanings, IReadOnlyList<SearchDanger> Dangers, IReadOnlyList<WordPattern> Crisis,
    IReadOnlyList<SearchedPage> Pages)
{
    public const string File = "search-words.yml";

    public static readonly SearchWordList Empty = new([], [], [], []);

    public static SearchWordList Read(
        string yaml, IReadOnlyDictionary<string, WarningSign> signs, DiagnosticCollector diagnostics)
    {
        if (YamlMappingReader.Parse(yaml, diagnostics) is not { } file)
            return Empty;
        var list = new SearchWordList(
            [.. ReadMeanings(file, diagnostics)], [.. ReadDangers(file, signs, diagnostics)], ReadPatterns(file, "crisis", diagnostics),
            [.. ReadPages(file, diagnostics)]);
        file.ReportUnknownKeys();
        return list;
    }

    private static IEnumerable<SearchMeaning> ReadMeanings(YamlMappingReader file, DiagnosticCollector diagnostics)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var fields in file.List("words"))
        {
            var (say, typed) = (fields.Text("say"), fields.Texts("typed", required: true));
            fields.ReportUnknownKeys();
            foreach (var (text, at) in typed)
            {
                string[] words = [.. QueryWords.Of(text)];
                if (words.Length is 0)
                    diagnostics.Add(at, "no-words", $"\"{text}\" has no words.", "Write what people type.", blocks: false);
                else if (!taken.Add(string.Join(' ', words)))
                    diagnostics.Add(
                        at, "second-meaning", $"\"{text}\" has a meaning already.", "Leave it to one of the two.", blocks: false);
                else if (say is not null)
                    yield return new SearchMeaning(words, [.. QueryWords.Of(say)]);
            }
        }
    }

    private static IEnumerable<SearchDanger> ReadDangers(
        YamlMappingReader file, IReadOnlyDictionary<string, WarningSign> signs, DiagnosticCollector diagnostics)
    {
        foreach (var fields in file.List("dangers"))
        {
            var (id, at) = (fields.Text("sign"), fields.At("sign"));
            var (flags, typed) = (fields.Texts("flags"), ReadPatterns(fields, "typed", diagnostics));
            var phrases = ReadPatterns(fields, "phrases", diagnostics);
            fields.ReportUnknownKeys();
            foreach (var (name, place) in flags.Where(flag => KebabCase.Find<RedFlag>(flag.Text) is null))
                diagnostics.AddUnknown(
                    place, "unknown-flag", $"No rule of comments is called \"{name}\".", name, KebabCase.All<RedFlag>(), blocks: false);
            if (id is not null && !signs.ContainsKey(id))
                diagnostics.AddUnknown(at, "unknown-sign", $"There is no sign \"{id}\".", id, signs.Keys, blocks: false);
            else if (id is not null)
                yield return new SearchDanger(
                    id, [.. flags.Select(flag => KebabCase.Find<RedFlag>(flag.Text)).OfType<RedFlag>()], typed, phrases);
        }
    }

    private static IEnumerable<SearchedPage> ReadPages(YamlMappingReader file, DiagnosticCollector diagnostics)
    {
        foreach (var fields in file.List("pages"))
        {
            var (address, at, title) = (fields.Text("page"), fields.At("page"), fields.Text("say"));
            var typed = ReadPatterns(fields, "typed", diagnostics);
            fields.ReportUnknownKeys();
            if (address is not null && !address.StartsWith('/'))
                diagnostics.Add(
                    at, "not-an-address", $"\"{address}\" is no address of this site.", "Begin it with a slash.", blocks: false);
            else if (address is not null && title is not null)
                yield return new SearchedPage(new PageLink(address, title), typed);
        }
    }

    private static List<WordPattern> ReadPatterns(YamlMappingReader fields, string key, DiagnosticCollector diagnostics)
    {
        var patterns = new List<WordPattern>();
        foreach (var (text, at) in fields.Texts(key))
        {
            if (WordPattern.TryParse(text) is { } pattern)
                patterns.Add(pattern);
            else
                diagnostics.Add(
                    at, "not-words", $"\"{text}\" is more than words.",
                    "Write words with spaces between them; a slash parts words of which any will do, a star stands for any ending, "
                    + "and a minus before a word for a query without it.",
                    blocks: false);
        }

        return patterns;
    }
}

/// <param name="Typed">The words that people type, one behind the other.</param>
/// <param name="Replacement">The words that articles have for it.</param>
internal sealed record SearchMeaning(IReadOnlyList<string> Typed, IReadOnlyList<string> Replacement);

/// <summary>A warning sign, and how people write of it.</summary>
/// <param name="Sign">Its id in the signs of the same content. They may have changed since these words could be read.</param>
/// <param name="Patterns">Words in any order.</param>
/// <param name="Phrases">Words that have to stand in their order.</param>
internal sealed record SearchDanger(
    string Sign, IReadOnlyList<RedFlag> Flags, IReadOnlyList<WordPattern> Patterns, IReadOnlyList<WordPattern> Phrases);

/// <summary>A page on which to do something, and how people ask for it.</summary>
internal sealed record SearchedPage(PageLink Link, IReadOnlyList<WordPattern> Patterns);
