using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles;

/// <summary>A fact cited in the text, written <c>[@F014]</c>.</summary>
internal sealed class Citation : LeafInline
{
    /// <summary>What stands between two citations: a space that no line ends at.</summary>
    public const string Joint = "\u00a0";

    public required string FactId { get; init; }
}

/// <summary>Teaches Markdig to read <c>[@F014]</c>.</summary>
internal sealed class CitationExtension : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.InsertBefore<LinkInlineParser>(new CitationParser());

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
    }

    private sealed class CitationParser : InlineParser
    {
        public CitationParser() => OpeningCharacters = ['['];

        public override bool Match(InlineProcessor processor, ref StringSlice slice)
        {
            if (slice.PeekChar() != '@')
                return false;
            var end = slice.Text.AsSpan(slice.Start, slice.Length).IndexOf(']');
            if (end < 0)
                return false;

            var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
            processor.Inline = new Citation
            {
                FactId = slice.Text.Substring(slice.Start + 2, end - 2),
                Line = line,
                Column = column,
                Span = new(start, start + end),
            };
            slice.Start += end + 1;
            return true;
        }
    }
}

/// <summary>Writes a citation as a numbered link to the reference list; a weak one is marked and says so.</summary>
/// <param name="mentioned">The numbers that a reader can be led back to; null when no place is kept.</param>
internal sealed class CitationRenderer(IReadOnlyList<Reference> references, string linkBase, HashSet<int>? mentioned) : HtmlObjectRenderer<Citation>
{
    private readonly Dictionary<string, Reference> byFact = references.ToDictionary(reference => reference.Fact.Id, StringComparer.Ordinal);

    protected override void Write(HtmlRenderer renderer, Citation obj)
    {
        if (!byFact.TryGetValue(obj.FactId, out var reference))
            return;

        var number = reference.Number;
        var place = mentioned?.Add(number) is true ? $" id=\"cite-{number}\"" : "";
        var (style, doubt) = reference.Fact.Strength switch
        {
            Strength.Well => ("", ""),
            Strength.Limited => (" limited", ", limited evidence"),
            Strength.Weak => (" weak", ", weak evidence"),
            Strength.Wrong => (" weak", ", contradicted by evidence"),
            _ => throw new InvalidOperationException($"No mark for {reference.Fact.Strength}"),
        };
        renderer.Write($"<sup class=\"cite{style}\"><a{place} href=\"{linkBase}#ref-{number}\" aria-label=\"Reference {number}{doubt}\">{number}</a></sup>");
    }
}
