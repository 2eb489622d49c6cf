using System.Text;
using System.Text.RegularExpressions;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.Parsing;

/// <summary>
/// The text of an issue: headings, paragraphs, lists and links. Mail programs show little more, so what goes beyond stands in an article.
/// </summary>
internal static class IssueText
{
    private const string InArticle = "Put it in an article and link to that.";

    /// <summary>What the reader of the outline says about boxes and tables, which are refused as such.</summary>
    private static readonly HashSet<string> OfRefusedBlocks =
    [
        "unknown-block", "open-block", "nested-block", "no-claim", "unknown-picture", "second-picture", "stray-words", "second-block", "wide-row",
    ];

    /// <summary>What to do instead of elements that an article could show.</summary>
    private static readonly Dictionary<string, string> Instead = new(StringComparer.Ordinal)
    {
        ["img"] = $"Pictures are not sent. {InArticle}",
        ["table"] = $"Tables are not sent. {InArticle}",
        ["tr"] = $"Tables are not sent. {InArticle}",
        ["td"] = $"Tables are not sent. {InArticle}",
        ["th"] = $"Tables are not sent. {InArticle}",
        ["h1"] = "Begin the heading with ##.",
        ["u"] = "Write **bold words** with stars.",
        ["s"] = "Take out what no longer holds.",
        ["del"] = "Take out what no longer holds.",
    };

    /// <summary>Reads a text and reports every fault that it shows by itself, in the order of the lines.</summary>
    public static MarkdownOutline Read(string source, DiagnosticCollector diagnostics)
    {
        var found = new DiagnosticCollector(diagnostics.File);
        var outline = new MarkdownOutlineReader(found).Read(source);
        outline.RefuseCitations(found, "in an issue, which has no references");
        var faults = found.Diagnostics.Where(fault => !OfRefusedBlocks.Contains(fault.Rule)).ToList();
        if (!ReferenceEquals(outline, MarkdownOutline.Unread))
            faults.AddRange(FindBeyond(source, diagnostics.File));
        foreach (var fault in faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column))
        {
            var (what, right) = InIssue(fault);
            diagnostics.Add(new TextPosition(fault.Line, fault.Column), fault.Rule, what, right);
        }

        return outline;
    }

    /// <summary>What to write instead of HTML in an issue.</summary>
    public static string Right(Match tag) => Instead.GetValueOrDefault(HtmlTags.NameOf(tag)) ?? HtmlTags.Right(tag);

    /// <summary>What is wrong with a subject line, a preview text or a note, which are words and nothing else.</summary>
    public static IEnumerable<(string What, string Right)> MarkupIn(string words) =>
        HtmlTags.Find(words).Select(tag => (HtmlTags.What(tag), "Take it out: there is plain text only."))
            .Concat(UnreadMarkup.FindInPlainText(words).Select(mark => (mark.What, mark.Right)))
            .Concat(words.Where(IsTurn).Distinct().Select(turn => (
                $"The invisible character U+{(int)turn:X4} turns the direction of the words, also of those behind it in a list of mails.",
                "Take it out, or type the words anew.")));

    /// <summary>Overrides, embeddings and isolates of Unicode's bidirectional algorithm. Its marks turn nothing but themselves.</summary>
    private static bool IsTurn(char sign) => sign is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static IReadOnlyList<ContentDiagnostic> FindBeyond(string source, string file)
    {
        var beyond = new DiagnosticCollector(file);
        foreach (var part in ArticleMarkdownRenderer.Parse(source).Descendants())
        {
            switch (part)
            {
                case CustomContainer box:
                    beyond.Add(TextPosition.Of(box), "box", $"Boxes such as \":::{box.Info}\" are not sent.", InArticle);
                    break;
                case Table table:
                    beyond.Add(TextPosition.Of(table), "table", "Tables are not sent: a phone could not show them.", "Write a list, or put it in an article and link to that.");
                    break;
                case LeafBlock { Inline: { } words }:
                    CheckWords(words, beyond);
                    break;
            }
        }

        return beyond.Diagnostics;
    }

    private static void CheckWords(ContainerInline words, DiagnosticCollector diagnostics)
    {
        var (text, places) = (new StringBuilder(), new List<(int Start, TextPosition At)> { (0, TextPosition.Of(words.ParentBlock!)) });
        Gather(words);
        var typed = text.ToString();
        foreach (var tag in HtmlTags.Find(typed))
            diagnostics.Add(PlaceOf(tag.Index), "html", HtmlTags.What(tag), Right(tag));
        foreach (var mark in UnreadMarkup.Find(typed))
            diagnostics.Add(PlaceOf(mark.Index), "markup", mark.What, mark.Right);

        // What stands in backticks is meant to be seen, and so is the character behind a backslash.
        void Gather(ContainerInline container)
        {
            foreach (var part in container)
            {
                if (part is LiteralInline literal)
                {
                    if (TextPosition.IsKnown(literal))
                        places.Add((text.Length, TextPosition.Of(literal)));
                    // The backslash is not in the content, and counts in the column.
                    text.Append(' ', literal.IsFirstCharacterEscaped ? 2 : 0)
                        .Append(literal.Content.AsSpan()[(literal.IsFirstCharacterEscaped ? 1 : 0)..]);
                }
                else if (part is ContainerInline inner)
                {
                    Gather(inner);
                }
                else
                {
                    text.Append(' ');
                }
            }
        }

        TextPosition PlaceOf(int index)
        {
            var (start, at) = places.Last(place => place.Start <= index);
            return at with { Column = at.Column + index - start };
        }
    }

    /// <summary>The words of the outline's reader are for articles.</summary>
    private static (string What, string Right) InIssue(ContentDiagnostic fault) => fault.Rule switch
    {
        "outside-link" => (fault.What, "Mails link to this site only: say it in an article and link to that, such as [its title](/articles/…)."),
        "image" => ("Pictures are not sent.", InArticle),
        "second-title" => ("The subject is the only heading of level 1.", "Begin this heading with ##."),
        _ => (fault.What, fault.Right),
    };
}
