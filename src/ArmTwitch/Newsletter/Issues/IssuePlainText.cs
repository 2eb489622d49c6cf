using System.Text;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Mail.Messages;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>Renders Markdown as plain text for a mail: headings are underlined, the address of a link follows its text.</summary>
/// <param name="linkBase">Stands before links that begin with <c>#</c>.</param>
/// <param name="siteBase">Stands before links that begin with <c>/</c>.</param>
internal sealed class IssuePlainText(string linkBase, string siteBase)
{
    public string Render(string markdown)
    {
        var text = new StringBuilder();
        foreach (var block in ArticleMarkdownRenderer.Parse(markdown).Where(block => block is not YamlFrontMatterBlock))
            Write(block, "", "", text);
        return text.ToString().TrimEnd() + '\n';
    }

    /// <param name="first">Stands before the first line, such as the bullet of a list.</param>
    /// <param name="rest">Stands before all other lines.</param>
    private void Write(Block block, string first, string rest, StringBuilder into)
    {
        switch (block)
        {
            case HeadingBlock heading:
                var words = TextOf(heading.Inline);
                into.Append('\n').Append(PlainTextWrapper.Wrap(words, first, rest)).Append('\n').Append(rest)
                    .Append(heading.Level > 2 ? '.' : '-', Math.Min(words.Length, PlainTextWrapper.Width)).Append("\n\n");
                break;
            case ListBlock list:
                foreach (var (at, item) in list.Cast<ListItemBlock>().Index())
                {
                    var sign = list.IsOrdered ? $"{at + 1}. " : "- ";
                    WriteAll(item, (at is 0 ? first : rest) + sign, rest + new string(' ', sign.Length), into);
                    into.Append('\n');
                }

                into.Append('\n');
                break;
            case QuoteBlock quote:
                WriteAll(quote, first + "> ", rest + "> ", into);
                into.Append("\n\n");
                break;
            case Table table:
                foreach (var row in table.Cast<TableRow>())
                    into.Append(PlainTextWrapper.Wrap(string.Join(" | ", row.Cast<TableCell>().Select(TextOf)), first, rest)).Append('\n');
                into.Append('\n');
                break;
            case CodeBlock code:
                foreach (var line in code.Lines.ToString().Split('\n'))
                    into.Append(rest).Append("    ").Append(line.TrimEnd()).Append('\n');
                into.Append('\n');
                break;
            case ThematicBreakBlock:
                into.Append(rest).Append("* * *\n\n");
                break;
            case LeafBlock leaf:
                into.AppendJoin('\n', LinesOf(TextOf(leaf.Inline), first, rest)).Append("\n\n");
                break;
            case ContainerBlock container:
                WriteAll(container, first, rest, into);
                into.Append("\n\n");
                break;
        }
    }

    private void WriteAll(ContainerBlock blocks, string first, string rest, StringBuilder into)
    {
        var inner = new StringBuilder();
        foreach (var (at, block) in blocks.Index())
            Write(block, at is 0 ? first : rest, rest, inner);
        into.Append(inner.ToString().TrimEnd('\n'));
    }

    private static IEnumerable<string> LinesOf(string words, string first, string rest) =>
        words.Split('\n').Select((line, at) => PlainTextWrapper.Wrap(line, at is 0 ? first : rest, rest));

    private string TextOf(TableCell cell) => string.Concat(cell.OfType<LeafBlock>().Select(part => TextOf(part.Inline)));

    private string TextOf(ContainerInline? inline) => inline is null ? "" : string.Concat(inline.Select(TextOf));

    private string TextOf(Inline part) => part switch
    {
        LinkInline link when (link.GetDynamicUrl?.Invoke() ?? link.Url) is { Length: > 0 } address =>
            TextOf(link) is var words && words == address ? address : $"{words} ({Absolute(address)})",
        ContainerInline container => TextOf(container),
        LineBreakInline { IsHard: true } => "\n",
        _ => ArticleMarkdownRenderer.PlainText(part),
    };

    private string Absolute(string address) => address switch
    {
        ['#', ..] => linkBase + address,
        ['/', ..] => siteBase + address,
        _ => address,
    };
}
