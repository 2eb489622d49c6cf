using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace ArmTwitch.Articles.MarkdownDialect.Citations;

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
