namespace ArmTwitch.Articles.Content;

/// <summary>The faults found so far in one file.</summary>
internal sealed class DiagnosticCollector(string file)
{
    private readonly List<ContentDiagnostic> faults = [];

    public string File => file;

    public IReadOnlyList<ContentDiagnostic> Diagnostics => faults;

    public bool HasErrors => faults.Exists(diagnostic => diagnostic.Blocks);

    public void Add(ContentDiagnostic diagnostic) => faults.Add(diagnostic);

    public void Add(TextPosition at, string rule, string what, string right, bool blocks = true) =>
        faults.Add(new ContentDiagnostic(file, at.Line, at.Column, rule, what, right, blocks));

    /// <summary>Says that <paramref name="name"/> is not one of <paramref name="known"/>, and which of them was probably meant.</summary>
    public void AddUnknown(TextPosition at, string rule, string what, string name, IEnumerable<string> known, bool blocks = true)
    {
        const int fitsOnALine = 12;
        var all = known.Order(StringComparer.Ordinal).ToList();
        var close = SpellingSuggestion.Closest(name, all);
        var right = close is not null ? $"Did you mean \"{close}\"?"
            : all.Count is 0 ? "None is defined yet."
            : $"Write one of: {string.Join(", ", all.Take(fitsOnALine))}{(all.Count > fitsOnALine ? ", …" : ".")}";
        Add(at, rule, what, right, blocks);
    }
}
