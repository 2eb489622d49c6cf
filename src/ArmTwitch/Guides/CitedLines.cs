using ArmTwitch.Articles;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using ArmTwitch.Articles.RedFlags;

namespace ArmTwitch.Guides;

/// <summary>A list of lines as a page shows it.</summary>
/// <param name="Sources">What the list rests on: a line of HTML that leads to the references.</param>
public sealed record CitedLines(IReadOnlyList<CitedLine> Lines, string Sources)
{
    public static readonly CitedLines None = new([], "");

    /// <summary>The lists of one page in their order, and what they cite, in the order of first citation.</summary>
    public static (IReadOnlyList<CitedLines> Lists, IReadOnlyList<Reference> References) Of(params IReadOnlyList<CitedLine>[] lists)
    {
        var numbering = new CitationNumbering();
        foreach (var fact in lists.SelectMany(FactsOf))
            numbering.Cite(fact);
        var links = new ReferenceLinks(numbering.References, "");
        var shown = lists.Select(lines => new CitedLines(lines, links.SourceLine(FactsOf(lines).Select(fact => fact.Id)))).ToList();
        return (shown, links.Counted);
    }

    private static IEnumerable<Fact> FactsOf(IEnumerable<CitedLine> lines) => lines.SelectMany(line => line.Facts);
}
