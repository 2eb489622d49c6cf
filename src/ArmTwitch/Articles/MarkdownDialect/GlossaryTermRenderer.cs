using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>The first use of a term in a text.</summary>
internal sealed class GlossaryTermInline : LeafInline
{
    public required string Id { get; init; }

    public required string Text { get; init; }
}

/// <summary>
/// Writes a term as a link to its explanation at the end of the page, which works by touch, by keyboard, on paper and without script.
/// </summary>
internal sealed class GlossaryTermRenderer : HtmlObjectRenderer<GlossaryTermInline>
{
    protected override void Write(HtmlRenderer renderer, GlossaryTermInline obj)
    {
        renderer.Write($"<a class=\"term\" id=\"use-{obj.Id}\" href=\"#word-{obj.Id}\">");
        renderer.WriteEscape(obj.Text);
        renderer.Write("</a>");
    }
}
