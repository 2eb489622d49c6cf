using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect.Citations;

/// <summary>What a paragraph, an item of a list or a cell of a table cites, each fact once; it stands at the end.</summary>
internal sealed class GatheredCitations : LeafInline
{
    public required IReadOnlyList<string> Facts { get; init; }
}
