using System.Text;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Mail.Messages;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>Lays text out for mail programs that show no HTML, and for people who like them.</summary>
internal static class IssuePlainText
{
    /// <summary>Markdown as somebody would type it into a mail: headings underlined, each link's address behind its words.</summary>
    /// <param name="linkBase">What stands before <c>#…</c> links.</param>
    /// <param name="siteBase">What stands before <c>/…</c> links.</param>
    public static string Of(string markdown, string linkBase, string siteBase)
    {
        var text = new StringBuilder();
        foreach (var block in ArticleMarkdownRenderer.Parse(markdown).Where(block => block is not YamlFrontMatterBlock))
            Write(block, "", "", text);
        return text.ToString().TrimEnd() + '\n';

        void Write(Block block, string first, string rest, StringBuilder into)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    var words = Words(heading.Inline);
                    into.Append('\n').Append(PlainTextWrapper.Wrap(words, first, rest)).Append('\n').Append(rest)
                        .Append(heading.Level > 2 ? '.' : '-', Math.Min(words.Length, PlainTextWrapper.Width)).Append("\n\n");
                    break;
                case ListBlock list:
                    foreach (var (at, item) in list.Cast<ListItemBlock>().Index())
                    {
                        var sign = list.IsOrdered ? $"{at + 1}. " : "- ";
                        WriteAll(item, first + sign, rest + new string(' ', sign.Length), into, close: true);
                        (first, var _) = (rest, rest);
                    }

                    into.Append('\n');
                    break;
                case QuoteBlock quote:
                    WriteAll(quote, first + "> ", rest + "> ", into, close: false);
                    break;
                case Table table:
                    foreach (var row in table.Cast<TableRow>())
                        into.Append(PlainTextWrapper.Wrap(string.Join(" | ", row.Cast<TableCell>().Select(cell => string.Concat(
                            cell.OfType<LeafBlock>().Select(part => Words(part.Inline))))), first, rest)).Append('\n');
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
                    into.Append(PlainTextWrapper.Wrap(Words(leaf.Inline), first, rest)).Append("\n\n");
                    break;
                case ContainerBlock container:
                    WriteAll(container, first, rest, into, close: false);
                    break;
            }
        }

        void WriteAll(ContainerBlock blocks, string first, string rest, StringBuilder into, bool close)
        {
            var inner = new StringBuilder();
            foreach (var (at, block) in blocks.Index())
                Write(block, at is 0 ? first : rest, rest, inner);
            into.Append(inner.ToString().TrimEnd('\n')).Append(close ? "\n" : "\n\n");
        }

        string Words(ContainerInline? inline) => inline is null ? "" : string.Concat(inline.Select(Part));

        string Part(Inline part) => part switch
        {
            LinkInline link when (link.GetDynamicUrl?.Invoke() ?? link.Url) is { Length: > 0 } address =>
                Words(link) is var words && words == address ? address : $"{words} ({Whole(address)})",
            ContainerInline container => Words(container),
            _ => ArticleMarkdownRenderer.PlainText(part),
        };

        string Whole(string address) => address switch
        {
            ['#', ..] => linkBase + address,
            ['/', ..] => siteBase + address,
            _ => address,
        };
    }
}
