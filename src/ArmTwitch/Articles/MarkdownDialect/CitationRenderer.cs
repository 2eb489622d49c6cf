using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>Writes a citation as a numbered link to the reference list; a weak one is marked and says so.</summary>
/// <param name="mentioned">The numbers that a reader can be led back to; null when no place is kept.</param>
internal sealed class CitationRenderer(IReadOnlyList<Reference> references, string linkBase, HashSet<int>? mentioned)
    : HtmlObjectRenderer<Citation>
{
    private readonly Dictionary<string, Reference> byFact = references.ToDictionary(reference => reference.Fact.Id, StringComparer.Ordinal);

    protected override void Write(HtmlRenderer renderer, Citation obj)
    {
        if (!byFact.TryGetValue(obj.FactId, out var reference))
            return;

        var number = reference.Number;
        var place = mentioned?.Add(number) is true ? $" id=\"cite-{number}\"" : "";
        var (style, doubt) = reference.Fact.Strength switch
        {
            EvidenceStrength.Well => ("", ""),
            EvidenceStrength.Limited => (" limited", ", limited evidence"),
            EvidenceStrength.Weak => (" weak", ", weak evidence"),
            EvidenceStrength.Wrong => (" weak", ", contradicted by evidence"),
            _ => throw new InvalidOperationException($"No mark for {reference.Fact.Strength}"),
        };
        renderer.Write($"<sup class=\"cite{style}\"><a{place} href=\"{linkBase}#ref-{number}\" aria-label=\"Reference {number}{doubt}\">{number}</a></sup>");
    }
}
