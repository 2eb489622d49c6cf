using System.Text;
using ArmTwitch.Articles;
using Markdig.Extensions.Tables;
using Markdig.Extensions.Yaml;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Newsletter;

/// <summary>Lays text out for mail programs that show no HTML, and for people who like them.</summary>
internal static class PlainText
{
    /// <summary>RFC 5322 (2.1.1) asks for at most 78; a quoted answer needs room for its marks.</summary>
    public const int Width = 72;

    /// <summary>Breaks lines between words. A word that is longer, such as an address, stays whole.</summary>
    /// <param name="first">What stands before the first line, such as the sign of a list.</param>
    /// <param name="rest">What stands before the lines below it.</param>
    public static string Wrap(string words, string first = "", string rest = "")
    {
        var text = new StringBuilder(first);
        var column = first.Length;
        var isStart = true;
        foreach (var word in words.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isStart && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(rest);
                (column, isStart) = (rest.Length, true);
            }

            text.Append(isStart ? "" : " ").Append(word);
            column += word.Length + (isStart ? 0 : 1);
            isStart = false;
        }

        return text.ToString();
    }

    /// <summary>Markdown as somebody would type it into a mail: headings underlined, each link's address behind its words.</summary>
    /// <param name="linkBase">What stands before <c>#…</c> links.</param>
    /// <param name="siteBase">What stands before <c>/…</c> links.</param>
    public static string Of(string markdown, string linkBase, string siteBase)
    {
        var text = new StringBuilder();
        foreach (var block in ArticleMarkdown.Parse(markdown).Where(block => block is not YamlFrontMatterBlock))
            Write(block, "", "", text);
        return text.ToString().TrimEnd() + '\n';

        void Write(Block block, string first, string rest, StringBuilder into)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    var words = Words(heading.Inline);
                    into.Append('\n').Append(Wrap(words, first, rest)).Append('\n').Append(rest).Append(heading.Level > 2 ? '.' : '-', Math.Min(words.Length, Width)).Append("\n\n");
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
                        into.Append(Wrap(string.Join(" | ", row.Cast<TableCell>().Select(cell => string.Concat(cell.OfType<LeafBlock>().Select(part => Words(part.Inline))))), first, rest)).Append('\n');
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
                    into.Append(Wrap(Words(leaf.Inline), first, rest)).Append("\n\n");
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
            LinkInline link when (link.GetDynamicUrl?.Invoke() ?? link.Url) is { Length: > 0 } address => Words(link) is var words && words == address ? address : $"{words} ({Whole(address)})",
            ContainerInline container => Words(container),
            _ => ArticleMarkdown.PlainText(part),
        };

        string Whole(string address) => address switch
        {
            ['#', ..] => linkBase + address,
            ['/', ..] => siteBase + address,
            _ => address,
        };
    }
}
