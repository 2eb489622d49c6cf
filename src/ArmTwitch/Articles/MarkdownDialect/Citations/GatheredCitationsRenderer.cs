using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace ArmTwitch.Articles.MarkdownDialect.Citations;

/// <summary>Writes the numbers of what a paragraph cites, small and each a link to the reference list.</summary>
internal sealed class GatheredCitationsRenderer(ReferenceLinks links) : HtmlObjectRenderer<GatheredCitations>
{
    protected override void Write(HtmlRenderer renderer, GatheredCitations obj)
    {
        var numbers = links.NumbersOf(obj.Facts).Select(number => $"<sup class=\"cite\">{links.LinkTo(number)}</sup>");
        renderer.Write(string.Join(Citation.Joint, numbers));
    }
}
