using System.Text;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using ArmTwitch.Articles.Parsing;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Editing.TextAnalysis;

/// <summary>What a span is on the page.</summary>
internal enum TextSpanKind
{
    Paragraph,
    Item,
    Cell,
    Heading,
}

/// <summary>The text of one paragraph, item of a list, cell of a table or heading.</summary>
internal sealed class TextSpan
{
    private readonly List<(int Index, TextPosition At)> places = [];
    private readonly List<(int Index, string Fact)> citations = [];
    private readonly List<(int Start, int End)> code = [];
    private IReadOnlyList<PhraseMatch>? listed;

    public TextSpan(LeafBlock leaf, TextSpanKind kind, BlockName? block, int section, bool isHeadRow = false)
    {
        (Kind, Block, Section, IsHeadRow, At, Whole) = (kind, block, section, isHeadRow, TextPosition.Of(leaf), leaf);
        var text = new StringBuilder();
        if (leaf.Inline is { } parts)
            Read(parts, text);
        Text = text.ToString();
        Sentences = Sentence.Split(Text, citations);
    }

    public TextSpanKind Kind { get; }

    /// <summary>The block it stands in; null in plain text.</summary>
    public BlockName? Block { get; }

    /// <summary>Which heading of level 2 it stands under, counted from 1; 0 above the first.</summary>
    public int Section { get; }

    /// <summary>Whether it is a cell of a table's first row.</summary>
    public bool IsHeadRow { get; }

    public TextPosition At { get; }

    /// <summary>The block whose citations the page shows together: the answer or the card that it stands in, or else its own.</summary>
    public Block Whole { get; init; }

    /// <summary>The words without markup and citations.</summary>
    public string Text { get; }

    public IReadOnlyList<Sentence> Sentences { get; }

    public int Citations => citations.Count;

    public bool IsCard => Block?.CardUrgency() is not null;

    /// <summary>Whether it is running text, and not a heading or a cell.</summary>
    public bool IsProse => Kind is TextSpanKind.Paragraph or TextSpanKind.Item;

    /// <summary>Whether that place of <see cref="Text"/> stands in backticks.</summary>
    public bool IsCode(int index) => code.Exists(part => index >= part.Start && index < part.End);

    /// <summary>Every phrase of the list in the text. The first call decides which list; later calls get the same phrases.</summary>
    public IReadOnlyList<PhraseMatch> Listed(EditorialWordList words) => listed ??= words.In(Text);

    /// <param name="index">A place in <see cref="Text"/>.</param>
    public TextPosition Place(int index)
    {
        var nearest = places.FindLastIndex(place => place.Index <= index);
        return nearest < 0 ? At : new TextPosition(places[nearest].At.Line, places[nearest].At.Column + index - places[nearest].Index);
    }

    private void Read(ContainerInline parts, StringBuilder text)
    {
        for (var part = parts.FirstChild; part is not null; part = part.NextSibling)
        {
            if (part is Citation citation)
            {
                while (text.Length > 0 && text[^1] is ' ')
                    text.Length--;
                citations.Add((text.Length, citation.FactId));
            }
            else if (part is ContainerInline inner)
            {
                Read(inner, text);
            }
            else if (ArticleMarkdownRenderer.PlainText(part) is { Length: > 0 } words)
            {
                if (TextPosition.IsKnown(part))
                    places.Add((text.Length, TextPosition.Of(part)));
                if (part is CodeInline)
                    code.Add((text.Length, text.Length + words.Length));
                text.Append(words);
            }
        }
    }
}
