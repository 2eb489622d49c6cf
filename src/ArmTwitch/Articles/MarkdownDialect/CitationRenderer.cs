using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>Writes a citation as a numbered link to the reference list, and says so when the evidence is weak.</summary>
/// <param name="mentioned">
/// The numbers cited before. The first citation of each gets an id that the reference list links back to. Null for no ids.
/// </param>
internal sealed class CitationRenderer(IReadOnlyList<Reference> references, string linkBase, HashSet<int>? mentioned)
    : HtmlObjectRenderer<Citation>
{
    private readonly Dictionary<string, Reference> byFact = references.ToDictionary(reference => reference.Fact.Id, StringComparer.Ordinal);

    protected override void Write(HtmlRenderer renderer, Citation obj)
    {
        if (!byFact.TryGetValue(obj.FactId, out var reference))
            return;

        var number = reference.Number;
        var id = mentioned?.Add(number) is true ? $" id=\"cite-{number}\"" : "";
        var (style, doubt) = reference.Fact.Strength switch
        {
            EvidenceStrength.Well => ("", ""),
            EvidenceStrength.Limited => (" limited", ", limited evidence"),
            EvidenceStrength.Weak => (" weak", ", weak evidence"),
            EvidenceStrength.Wrong => (" weak", ", contradicted by evidence"),
            _ => throw new InvalidOperationException($"No mark for {reference.Fact.Strength}"),
        };
        renderer.Write($"<sup class=\"cite{style}\"><a{id} href=\"{linkBase}#ref-{number}\" ");
        renderer.Write($"aria-label=\"Reference {number}{doubt}\">{number}</a></sup>");
    }
}
