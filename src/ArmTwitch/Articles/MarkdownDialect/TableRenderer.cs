using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>Writes tables that a phone can show as cards: each row has a heading cell, each cell knows the name of its column.</summary>
internal sealed class TableRenderer : HtmlObjectRenderer<Table>
{
    protected override void Write(HtmlRenderer renderer, Table obj)
    {
        var rows = obj.OfType<TableRow>().ToList();
        var columns = rows.Where(row => row.IsHeader).SelectMany(row => row).OfType<TableCell>().Select(PlainText).ToList();

        renderer.EnsureLine();
        renderer.WriteLine("<table>");
        renderer.WriteLine("<thead>");
        foreach (var row in rows.Where(row => row.IsHeader))
            WriteRow(renderer, row, (_, _) => ("th", " scope=\"col\""));
        renderer.WriteLine("</thead>");
        renderer.WriteLine("<tbody>");
        foreach (var row in rows.Where(row => !row.IsHeader))
        {
            WriteRow(renderer, row, (index, _) => index is 0
                ? ("th", " scope=\"row\"")
                : ("td", $" data-label=\"{columns.ElementAtOrDefault(index)}\""));
        }

        renderer.WriteLine("</tbody>");
        renderer.WriteLine("</table>");
    }

    private static void WriteRow(HtmlRenderer renderer, TableRow row, Func<int, TableCell, (string Tag, string Attributes)> cellOf)
    {
        renderer.Write("<tr>");
        foreach (var (index, cell) in row.OfType<TableCell>().Index())
        {
            var (tag, attributes) = cellOf(index, cell);
            renderer.Write($"<{tag}{attributes}>");
            var wasImplicit = renderer.ImplicitParagraph;
            renderer.ImplicitParagraph = true;
            renderer.WriteChildren(cell);
            renderer.ImplicitParagraph = wasImplicit;
            renderer.Write($"</{tag}>");
        }

        renderer.WriteLine("</tr>");
    }

    private static string PlainText(TableCell cell) =>
        string.Concat(cell.Descendants<LiteralInline>().Select(literal => System.Net.WebUtility.HtmlEncode(literal.Content.ToString())));
}
