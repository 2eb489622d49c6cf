using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>Writes the numbers of what a paragraph cites, small and each a link to the reference list.</summary>
internal sealed class GatheredCitationsRenderer(ReferenceLinks links) : HtmlObjectRenderer<GatheredCitations>
{
    protected override void Write(HtmlRenderer renderer, GatheredCitations obj)
    {
        var numbers = links.NumbersOf(obj.Facts).Select(number => $"<sup class=\"cite\">{links.LinkTo(number)}</sup>");
        renderer.Write(string.Join(Citation.Joint, numbers));
    }
}

/// <summary>Writes the line of sources below the answer and below a card.</summary>
internal sealed class SourceLineRenderer(ReferenceLinks links) : HtmlObjectRenderer<SourceLine>
{
    protected override void Write(HtmlRenderer renderer, SourceLine obj)
    {
        if (links.SourceLine(obj.Facts) is not { Length: > 0 } line)
            return;
        renderer.EnsureLine();
        renderer.WriteLine(line);
    }
}
