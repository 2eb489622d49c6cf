using Markdig;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect.Citations;

/// <summary>A fact cited in the text, written <c>[@F014]</c>.</summary>
internal sealed class Citation : LeafInline
{
    /// <summary>What stands between two citations: a no-break space.</summary>
    public const string Joint = "\u00a0";

    public required string FactId { get; init; }
}

/// <summary>Adds <c>[@F014]</c> to the Markdown that is parsed.</summary>
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
