namespace ArmTwitch.Articles;

/// <summary>What articles name: topics, authors, facts and emergency numbers. Read whole; changed seldom.</summary>
internal sealed record ContentTables(
    IReadOnlyDictionary<string, Topic> Topics,
    IReadOnlyDictionary<string, Author> Authors,
    IReadOnlyDictionary<string, Fact> Facts,
    IReadOnlyList<EmergencyNumbers> Numbers,
    EmergencyNumbers HomeNumbers,
    IReadOnlyDictionary<string, Sign> Signs,
    Glossary Glossary)
{
    /// <summary>The questions of <c>check.yml</c>; null when there is no such file.</summary>
    public RedFlagCheckFile? Check { get; init; }

    /// <summary>The words of <c>words.yml</c>, by which the rules of writing judge a text.</summary>
    public WordList Words { get; init; } = WordList.Empty;

    /// <summary>A hash of what all the files said when they were read; another text has another one.</summary>
    public string Hash { get; init; } = "";

    /// <summary>What stands on the cards when there is no table: the number that connects on most mobile networks.</summary>
    private static readonly EmergencyNumbers Nowhere = new("", "", "your emergency number", null, null, null, null, null, default);

    public static readonly ContentTables Empty = new(
        new Dictionary<string, Topic>(), new Dictionary<string, Author>(), new Dictionary<string, Fact>(), [], Nowhere, new Dictionary<string, Sign>(), Glossary.Empty);

    public static IReadOnlyDictionary<string, Topic> ReadTopics(string yaml, FaultLog faults)
    {
        var topics = new Dictionary<string, Topic>(StringComparer.Ordinal);
        foreach (var (id, fields) in YamlFields.Parse(yaml, faults)?.Tables() ?? [])
        {
            var (title, summary) = (fields.Text("title"), fields.Text("summary", Article.MaxSummaryLength));
            fields.RefuseOthers();
            if (!Slug.TryParse(id, out var slug))
                faults.Add(fields.Start, "not-an-address", $"\"{id}\" cannot be an address.", "Write lower-case words joined by hyphens.");
            else if (title is not null && summary is not null)
                topics[id] = new Topic(slug, title, summary);
        }

        return topics;
    }

    /// <param name="name">The path below the content folder; its last part is the author's address.</param>
    public static Author? ReadAuthor(string name, string source, FaultLog faults)
    {
        if (FrontMatter.Of(source, faults) is not { } fields)
            return null;
        var (author, role, interests) = (fields.Text("name"), fields.Text("role"), fields.Text("interests"));
        fields.RefuseOthers();
        MarkdownOutline.Of(source, faults);
        if (!Slug.TryParse(Path.GetFileNameWithoutExtension(name), out var slug))
            faults.Add(Position.Start, "file-name", $"\"{name}\" cannot be an address.", "Name the file with lower-case words joined by hyphens.");
        return faults.Blocks ? null : new Author(slug, author!, role!, interests!, source);
    }

    public static IReadOnlyDictionary<string, Fact> ReadFacts(string yaml, FaultLog faults)
    {
        var facts = new Dictionary<string, Fact>(StringComparer.Ordinal);
        if (YamlFields.Parse(yaml, faults) is not { } file)
            return facts;

        var sources = new Dictionary<string, Source>(StringComparer.Ordinal);
        foreach (var (id, fields) in file.Mapping("sources")?.Tables() ?? [])
        {
            if (ReadSource(id, fields, faults) is { } source)
                sources[id] = source;
            fields.RefuseOthers();
        }

        foreach (var (id, fields) in file.Mapping("facts")?.Tables() ?? [])
        {
            var found = new List<Source>();
            foreach (var (name, at) in fields.Texts("sources", required: true))
            {
                if (sources.TryGetValue(name, out var source))
                    found.Add(source);
                else
                    faults.AddUnknown(at, "unknown-source", $"There is no source \"{name}\".", name, sources.Keys);
            }

            if (fields.Text("says") is { } says && fields.Word<Strength>("strength") is { } strength && found.Count > 0)
                facts[id] = new Fact(id, says, strength, fields.Text("note", required: false), found);
            fields.Text("note", required: false);
            fields.RefuseOthers();
        }

        file.RefuseOthers();
        return facts;
    }

    public static IReadOnlyDictionary<string, Sign> ReadSigns(string yaml, IReadOnlyDictionary<string, Fact> facts, FaultLog faults)
    {
        var (signs, worse) = (new Dictionary<string, Sign>(StringComparer.Ordinal), new List<(string Text, Position At)>());
        foreach (var (id, fields) in YamlFields.Parse(yaml, faults)?.Tables() ?? [])
        {
            var (level, says, further) = (fields.Word<Urgency>("level"), CitedText.Read(fields, "says", facts, faults), fields.Texts("worse"));
            fields.RefuseOthers();
            CheckId(id, fields, faults);
            worse.AddRange(further);
            if (level is not null && says is not null)
                signs[id] = new Sign(id, level.Value, says, fields.At("says")) { Worse = [.. further.Select(one => one.Text)] };
        }

        foreach (var (id, at) in worse.Where(one => !signs.ContainsKey(one.Text)))
            faults.AddUnknown(at, "unknown-sign", $"There is no sign \"{id}\".", id, signs.Keys);
        return signs;
    }

    public static Glossary ReadGlossary(string yaml, IReadOnlyDictionary<string, Fact> facts, FaultLog faults)
    {
        var terms = new List<Term>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (id, fields) in YamlFields.Parse(yaml, faults)?.Tables() ?? [])
        {
            var (name, says, aliases) = (fields.Text("term"), CitedText.Read(fields, "says", facts, faults), fields.Texts("aliases"));
            fields.RefuseOthers();
            CheckId(id, fields, faults);
            foreach (var (word, at) in aliases.Append((name ?? id, fields.At("term"))))
            {
                if (!taken.Add(word))
                    faults.Add(at, "second-term", $"\"{word}\" is explained already.", "Leave it to one of the two.");
            }

            if (name is not null && says is not null)
                terms.Add(new Term(id, name, [.. aliases.Select(alias => alias.Text)], says));
        }

        return new Glossary(terms);
    }

    private static void CheckId(string id, YamlFields fields, FaultLog faults)
    {
        if (!Slug.TryParse(id, out _))
            faults.Add(fields.Start, "not-an-id", $"\"{id}\" cannot be an id.", "Write lower-case words joined by hyphens.");
    }

    public static (IReadOnlyList<EmergencyNumbers> All, EmergencyNumbers Home) ReadNumbers(string yaml, FaultLog faults)
    {
        var places = new List<EmergencyNumbers>();
        if (YamlFields.Parse(yaml, faults) is not { } file)
            return (places, Nowhere);

        foreach (var fields in file.List("places", required: true))
        {
            var (code, name, emergency, checkedOn) = (fields.Text("code"), fields.Text("name"), fields.Text("emergency"), fields.Day("checked"));
            var (second, advice, note) = (fields.Text("alsoEmergency", required: false), fields.Text("advice", required: false), fields.Text("note", required: false));
            var (listening, listener) = (fields.Text("listening", required: false), fields.Text("listeningName", required: false));
            fields.RefuseOthers();
            if (code is not null && name is not null && emergency is not null && checkedOn is not null)
                places.Add(new EmergencyNumbers(code, name, emergency, second, advice, listening, listener, note, checkedOn.Value));
        }

        var home = file.Text("default");
        file.RefuseOthers();
        if (places.Find(place => place.Code == home) is { } numbers)
            return (places, numbers);
        if (home is not null)
            faults.AddUnknown(file.At("default"), "unknown-place", $"There is no place \"{home}\".", home, places.Select(place => place.Code));
        return (places, Nowhere);
    }

    private static Source? ReadSource(string id, YamlFields fields, FaultLog faults)
    {
        var title = fields.Text("title");
        var (authors, journal, publisher) = (fields.Text("authors", required: false), fields.Text("journal", required: false), fields.Text("publisher", required: false));
        var (year, volume, note, seen) = (fields.Number("year"), fields.Text("volume", required: false), fields.Text("note", required: false), fields.Word<Seen>("seen"));
        var (doi, pmid, pmc) = (fields.Text("doi", required: false), fields.Text("pmid", required: false), fields.Text("pmc", required: false));
        var undated = fields.IsTrue("undated");
        if ((journal ?? publisher) is not { } home)
        {
            faults.Add(fields.Start, "missing", $"Source \"{id}\" names neither journal nor publisher.", "Write one of the two.");
            return null;
        }

        Uri? address = (doi, pmc, pmid) switch
        {
            ({ } number, _, _) => new Uri("https://doi.org/" + Uri.EscapeDataString(number).Replace("%2F", "/", StringComparison.Ordinal)),
            (_, { } number, _) => new Uri("https://pmc.ncbi.nlm.nih.gov/articles/" + Uri.EscapeDataString(number) + "/"),
            (_, _, { } number) => new Uri("https://pubmed.ncbi.nlm.nih.gov/" + Uri.EscapeDataString(number) + "/"),
            _ => null,
        };
        return title is null || seen is null ? null : new Source(id, title, authors, home, year, volume, address, seen.Value, note, undated);
    }
}
