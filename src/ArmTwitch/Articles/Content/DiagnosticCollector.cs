namespace ArmTwitch.Articles.Content;

/// <summary>The faults found so far in one file.</summary>
/// <param name="file">The path below the content folder.</param>
internal sealed class DiagnosticCollector(string file)
{
    private readonly List<ContentDiagnostic> diagnostics = [];

    public string File => file;

    public IReadOnlyList<ContentDiagnostic> Diagnostics => diagnostics;

    public bool HasErrors => diagnostics.Exists(diagnostic => diagnostic.Blocks);

    /// <returns>A collector that begins with the same faults and leaves this one as it is.</returns>
    public DiagnosticCollector Copy()
    {
        var copy = new DiagnosticCollector(file);
        copy.diagnostics.AddRange(diagnostics);
        return copy;
    }

    public void Add(TextPosition at, string rule, string what, string right, bool blocks = true) =>
        diagnostics.Add(new ContentDiagnostic(file, at.Line, at.Column, rule, what, right, blocks));

    /// <summary>Says what had better be looked at, and hides nothing.</summary>
    public void AddWarning(TextPosition at, string rule, string what, string right) =>
        diagnostics.Add(new ContentDiagnostic(
            file, at.Line, at.Column, rule, what, right, Blocks: false, DiagnosticSeverity.Warning));

    /// <summary>Says that <paramref name="name"/> is not one of <paramref name="known"/>, and which of them was probably meant.</summary>
    /// <param name="otherwise">What to do when none is like it and there are too many to list.</param>
    public void AddUnknown(
        TextPosition at, string rule, string what, string name, IEnumerable<string> known, bool blocks = true,
        string otherwise = "No known name is like it: write another, or take it out.")
    {
        const int fitsOnALine = 16;
        var all = known.Order(StringComparer.Ordinal).ToList();
        var right = SpellingSuggestion.Misspelt(name, all) is { Count: > 0 } meant ? $"Did you mean {Or(meant)}?"
            : all.Count is 0 ? "None is defined yet."
            : all.Count <= fitsOnALine ? $"Write one of: {string.Join(", ", all)}."
            : SpellingSuggestion.Nearest(name, all) is { Count: > 0 } near ? $"Did you mean {Or(near)}?"
            : otherwise;
        Add(at, rule, what, right, blocks);
    }

    /// <summary>Says that there is no such fact, and which one was probably meant.</summary>
    public void AddUnknownFact(TextPosition at, string id, IEnumerable<string> known)
    {
        var near = SpellingSuggestion.Misspelt(id, [.. known]);
        Add(
            at, "unknown-citation", $"There is no fact \"{id}\".",
            near.Count > 0
                ? $"Did you mean {Or(near)}? What is not in references.yml cannot be printed."
                : "Cite a fact from references.yml; what is not there cannot be printed.");
    }

    /// <summary>Looks names up; one that is not known is a fault.</summary>
    /// <param name="what">The word for what is named, such as "sign".</param>
    /// <returns>What was found, each with the place where it is named.</returns>
    public List<(T Found, TextPosition At)> Find<T>(
        IEnumerable<(string Name, TextPosition At)> names, IReadOnlyDictionary<string, T> known, string what)
    {
        var all = new List<(T, TextPosition)>();
        foreach (var (name, at) in names)
        {
            if (known.TryGetValue(name, out var found))
                all.Add((found, at));
            else
                AddUnknown(
                    at, $"unknown-{what}", $"There is no {what} \"{name}\".", name, known.Keys,
                    otherwise: $"No {what} is called anything like it: write another, or add it first.");
        }

        return all;
    }

    /// <summary>Reads slugs; a text that cannot be one is a fault.</summary>
    public IEnumerable<Slug> ReadSlugs(IEnumerable<(string Text, TextPosition At)> texts)
    {
        foreach (var (text, at) in texts)
        {
            if (Slug.TryParse(text, out var slug))
                yield return slug;
            else
                Add(at, "not-an-address", $"\"{text}\" cannot be an address.", "Write lower-case words joined by hyphens.");
        }
    }

    /// <summary>The address that the name of the file makes. A name that cannot be one is a fault.</summary>
    public Slug SlugOfFile()
    {
        if (!Slug.TryParse(Path.GetFileNameWithoutExtension(file), out var slug))
            Add(
                TextPosition.Start, "file-name", $"\"{file}\" cannot be an address.",
                "Name the file with lower-case words joined by hyphens.");
        return slug;
    }

    /// <summary>Such as <c>"a", "b" or "c"</c>.</summary>
    private static string Or(IReadOnlyList<string> names) =>
        names is [var one] ? $"\"{one}\"" : $"{string.Join(", ", names.SkipLast(1).Select(name => $"\"{name}\""))} or \"{names[^1]}\"";
}
