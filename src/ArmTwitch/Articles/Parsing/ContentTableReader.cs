using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.MarkdownDialect.Citations;

namespace ArmTwitch.Articles.Parsing;

/// <summary>Reads the files that articles draw on.</summary>
internal static class ContentTableReader
{
    public const string TopicsFile = "topics.yml", FactsFile = "references.yml", NumbersFile = "emergency-numbers.yml";
    public const string SignsFile = "signs.yml", GlossaryFile = "glossary.yml";

    public static IReadOnlyDictionary<string, Topic> ReadTopics(string yaml, DiagnosticCollector diagnostics)
    {
        var topics = new Dictionary<string, Topic>(StringComparer.Ordinal);
        foreach (var (id, fields) in YamlMappingReader.Parse(yaml, diagnostics)?.Tables() ?? [])
        {
            var (title, summary) = (fields.Text("title"), fields.Text("summary", Article.MaxSummaryLength));
            fields.ReportUnknownKeys();
            if (!Slug.TryParse(id, out var slug))
                diagnostics.Add(
                    fields.Start, "not-an-address", $"\"{id}\" cannot be an address.", "Write lower-case words joined by hyphens.");
            else if (title is not null && summary is not null)
                topics[id] = new Topic(slug, title, summary);
        }

        return topics;
    }

    public static ArticleAuthor? ReadAuthor(string source, DiagnosticCollector diagnostics)
    {
        if (FrontMatter.Of(source, diagnostics) is not { } fields)
            return null;
        var (author, role, interests) = (fields.Text("name"), fields.Text("role"), fields.Text("interests"));
        var qualification = fields.Has("qualification") ? fields.Text("qualification") : null;
        fields.ReportUnknownKeys();
        new MarkdownOutlineReader(diagnostics).Read(source);
        var slug = diagnostics.SlugOfFile();
        return diagnostics.HasErrors ? null : new ArticleAuthor(slug, author!, role!, interests!, source)
        {
            Qualification = qualification,
        };
    }

    public static IReadOnlyDictionary<string, Fact> ReadFacts(string yaml, DiagnosticCollector diagnostics)
    {
        var facts = new Dictionary<string, Fact>(StringComparer.Ordinal);
        if (YamlMappingReader.Parse(yaml, diagnostics) is not { } file)
            return facts;

        var sources = new Dictionary<string, Source>(StringComparer.Ordinal);
        foreach (var (id, fields) in file.Mapping("sources")?.Tables() ?? [])
        {
            if (ReadSource(id, fields, diagnostics) is { } source)
                sources[id] = source;
            fields.ReportUnknownKeys();
        }

        foreach (var (id, fields) in file.Mapping("facts")?.Tables() ?? [])
        {
            var found = diagnostics.Find(fields.Texts("sources", required: true), sources, "source");
            var note = fields.OptionalText("note");
            if (fields.Text("says") is { } says && fields.Word<EvidenceStrength>("strength") is { } strength && found.Count > 0)
                facts[id] = new Fact(id, says, strength, note, [.. found.Select(source => source.Found)]);
            fields.ReportUnknownKeys();
        }

        file.ReportUnknownKeys();
        return facts;
    }

    public static IReadOnlyDictionary<string, WarningSign> ReadSigns(
        string yaml, IReadOnlyDictionary<string, Fact> facts, IReadOnlyDictionary<string, Topic> topics, DiagnosticCollector diagnostics)
    {
        var (signs, worse) = (new Dictionary<string, WarningSign>(StringComparer.Ordinal), new List<(string Text, TextPosition At)>());
        foreach (var (id, fields) in YamlMappingReader.Parse(yaml, diagnostics)?.Tables() ?? [])
        {
            var (level, says, further) =
                (fields.Word<Urgency>("level"), CitedText.Read(fields, "says", facts, diagnostics), fields.Texts("worse"));
            var (about, listening) = (diagnostics.Find(fields.Texts("about"), topics, "topic"), fields.IsTrue("listening"));
            fields.ReportUnknownKeys();
            CheckId(id, fields, diagnostics);
            worse.AddRange(further);
            if (level is not null && says is not null)
                signs[id] = new WarningSign(id, level.Value, says, fields.At("says"))
                {
                    WorseSigns = [.. further.Select(one => one.Text)],
                    OffersListening = listening,
                    About = [.. about.Select(topic => topic.Found.Slug.ToString())],
                };
        }

        foreach (var (id, at) in worse.Where(one => !signs.ContainsKey(one.Text)))
            diagnostics.AddUnknown(at, "unknown-sign", $"There is no sign \"{id}\".", id, signs.Keys);
        return signs;
    }

    public static Glossary ReadGlossary(string yaml, IReadOnlyDictionary<string, Fact> facts, DiagnosticCollector diagnostics)
    {
        var terms = new List<GlossaryTerm>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, fields) in YamlMappingReader.Parse(yaml, diagnostics)?.Tables() ?? [])
        {
            var (name, says, aliases) = (fields.Text("term"), CitedText.Read(fields, "says", facts, diagnostics), fields.Texts("aliases"));
            fields.ReportUnknownKeys();
            CheckId(id, fields, diagnostics);
            foreach (var (word, at) in aliases.Append((name ?? id, fields.At("term"))))
            {
                if (!taken.Add(word))
                    diagnostics.Add(at, "second-term", $"\"{word}\" is explained already.", "Leave it to one of the two.");
            }

            if (name is not null && says is not null)
                terms.Add(new GlossaryTerm(id, name, [.. aliases.Select(alias => alias.Text)], says));
        }

        return new Glossary(terms);
    }

    private static void CheckId(string id, YamlMappingReader fields, DiagnosticCollector diagnostics)
    {
        if (!Slug.TryParse(id, out _))
            diagnostics.Add(fields.Start, "not-an-id", $"\"{id}\" cannot be an id.", "Write lower-case words joined by hyphens.");
    }

    public static (IReadOnlyList<EmergencyNumbers> All, IReadOnlyList<EmergencyNumbers> Default) ReadNumbers(
        string yaml, DiagnosticCollector diagnostics)
    {
        var places = new List<EmergencyNumbers>();
        if (YamlMappingReader.Parse(yaml, diagnostics) is not { } file)
            return (places, []);

        foreach (var fields in file.List("places", required: true))
        {
            var (code, name, emergency, checkedOn) =
                (fields.Text("code"), fields.Text("name"), fields.Text("emergency"), fields.Day("checked"));
            var (second, advice, note) = (
                fields.OptionalText("alsoEmergency"), fields.OptionalText("advice"),
                fields.OptionalText("note"));
            var (listening, listener) = (fields.OptionalText("listening"), fields.OptionalText("listeningName"));
            var (shortName, adviser, poison, texts) = (
                fields.OptionalText("shortName"), fields.OptionalText("adviceName"), fields.OptionalText("poison"),
                fields.IsTrue("listeningTakesTexts"));
            fields.ReportUnknownKeys();
            if (code is not null && name is not null && emergency is not null && checkedOn is not null)
                places.Add(new EmergencyNumbers(code, name, emergency, second, advice, listening, listener, note, checkedOn.Value)
                {
                    ShortName = shortName ?? name,
                    AdviceName = adviser,
                    Poison = poison,
                    ListeningTakesTexts = texts,
                });
        }

        var shown = diagnostics.Find(
            file.Texts("default", required: true, mayBeOne: true),
            places.DistinctBy(place => place.Code).ToDictionary(place => place.Code, StringComparer.Ordinal), "place");
        file.ReportUnknownKeys();
        return (places, [.. shown.Select(place => place.Found)]);
    }

    private static Uri? ReadUrl(YamlMappingReader fields, DiagnosticCollector diagnostics)
    {
        const string key = "url";
        if (fields.OptionalText(key) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps)
            return url;
        diagnostics.Add(fields.At(key), "not-a-url", $"\"{text}\" is no address of a page.", "Write it from https:// on.");
        return null;
    }

    private static Source? ReadSource(string id, YamlMappingReader fields, DiagnosticCollector diagnostics)
    {
        var title = fields.Text("title");
        var (authors, journal, publisher) =
            (fields.OptionalText("authors"), fields.OptionalText("journal"), fields.OptionalText("publisher"));
        var (year, volume, note, seen) = (
            fields.Number("year"), fields.OptionalText("volume"), fields.OptionalText("note"),
            fields.Word<SourceAccess>("seen"));
        var (doi, pmid, pmc) =
            (fields.OptionalText("doi"), fields.OptionalText("pmid"), fields.OptionalText("pmc"));
        var link = ReadUrl(fields, diagnostics);
        var undated = fields.IsTrue("undated");
        if ((journal ?? publisher) is not { } home)
        {
            diagnostics.Add(fields.Start, "missing", $"Source \"{id}\" names neither journal nor publisher.", "Write one of the two.");
            return null;
        }

        Uri? address = (doi, pmc, pmid) switch
        {
            ({ } number, _, _) => new Uri("https://doi.org/" + Uri.EscapeDataString(number).Replace("%2F", "/", StringComparison.Ordinal)),
            (_, { } number, _) => new Uri("https://pmc.ncbi.nlm.nih.gov/articles/" + Uri.EscapeDataString(number) + "/"),
            (_, _, { } number) => new Uri("https://pubmed.ncbi.nlm.nih.gov/" + Uri.EscapeDataString(number) + "/"),
            _ => link,
        };
        return title is null || seen is null
            ? null
            : new Source(id, title, authors, home, year, volume, address, seen.Value, note, undated);
    }
}
