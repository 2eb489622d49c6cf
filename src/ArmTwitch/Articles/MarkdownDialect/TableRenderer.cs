using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>Writes tables that the stylesheet can show as cards on a phone: each cell carries the name of its column.</summary>
internal sealed class TableRenderer : HtmlObjectRenderer<Table>
{
    protected override void Write(HtmlRenderer renderer, Table obj)
    {
        var rows = obj.OfType<TableRow>().ToList();
        var columns = rows.Where(row => row.IsHeader).SelectMany(row => row).OfType<TableCell>().Select(PlainText).ToList();

        renderer.EnsureLine();
        renderer.WriteLine("<table>");
        if (HeadingAbove(obj) is { } heading)
        {
            renderer.Write("<caption class=\"unseen\">");
            renderer.WriteEscape(ArticleMarkdownRenderer.PlainText(heading.Inline));
            renderer.WriteLine("</caption>");
        }

        renderer.WriteLine("<thead>");
        foreach (var row in rows.Where(row => row.IsHeader))
            WriteRow(renderer, row, _ => ("th", " scope=\"col\""));
        renderer.WriteLine("</thead>");
        renderer.WriteLine("<tbody>");
        foreach (var row in rows.Where(row => !row.IsHeader))
        {
            WriteRow(renderer, row, index => index is 0
                ? ("th", " scope=\"row\"")
                : ("td", $" data-label=\"{columns.ElementAtOrDefault(index)}\""));
        }

        renderer.WriteLine("</tbody>");
        renderer.WriteLine("</table>");
    }

    private static void WriteRow(HtmlRenderer renderer, TableRow row, Func<int, (string Tag, string Attributes)> tagOf)
    {
        renderer.Write("<tr>");
        foreach (var (index, cell) in row.OfType<TableCell>().Index())
        {
            var (tag, attributes) = tagOf(index);
            renderer.Write($"<{tag}{attributes}>");
            var wasImplicit = renderer.ImplicitParagraph;
            renderer.ImplicitParagraph = true;
            renderer.WriteChildren(cell);
            renderer.ImplicitParagraph = wasImplicit;
            renderer.Write($"</{tag}>");
        }

        renderer.WriteLine("</tr>");
    }

    /// <summary>The heading of the section that the table stands in; null for none. It stands on the screen already.</summary>
    private static HeadingBlock? HeadingAbove(Table table) =>
        table.Parent?.TakeWhile(block => block != table).OfType<HeadingBlock>().LastOrDefault();

    private static string PlainText(TableCell cell) =>
        string.Concat(cell.Descendants<LiteralInline>().Select(literal => System.Net.WebUtility.HtmlEncode(literal.Content.ToString())));
}
