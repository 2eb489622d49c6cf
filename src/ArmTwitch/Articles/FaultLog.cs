using YamlDotNet.Core;

namespace ArmTwitch.Articles;

/// <summary>The faults found so far in one file.</summary>
internal sealed class FaultLog(string file)
{
    private readonly List<ContentFault> faults = [];

    public string File => file;

    public IReadOnlyList<ContentFault> Faults => faults;

    public bool Blocks => faults.Exists(fault => fault.Blocks);

    public void Add(ContentFault fault) => faults.Add(fault);

    public void Add(Position at, string rule, string what, string right, bool blocks = true) =>
        faults.Add(new ContentFault(file, at.Line, at.Column, rule, what, right, blocks));

    /// <summary>Says that <paramref name="name"/> is not one of <paramref name="known"/>, and which of them was probably meant.</summary>
    public void AddUnknown(Position at, string rule, string what, string name, IEnumerable<string> known, bool blocks = true)
    {
        const int fitsOnALine = 12;
        var all = known.Order(StringComparer.Ordinal).ToList();
        var close = Spelling.Closest(name, all);
        var right = close is not null ? $"Did you mean \"{close}\"?"
            : all.Count is 0 ? "None is defined yet."
            : $"Write one of: {string.Join(", ", all.Take(fitsOnALine))}{(all.Count > fitsOnALine ? ", …" : ".")}";
        Add(at, rule, what, right, blocks);
    }
}

/// <summary>A place in a text file; both counted from 1.</summary>
internal readonly record struct Position(int Line, int Column)
{
    public static readonly Position Start = new(1, 1);

    /// <param name="mark">Where YAML says something stands, counted inside the YAML.</param>
    /// <param name="linesBefore">How many lines of the file stand above the YAML.</param>
    public static Position Of(Mark mark, int linesBefore) => new((int)mark.Line + linesBefore, (int)mark.Column);
}
