using Markdig.Syntax;

namespace ArmTwitch.Articles.MarkdownDialect.Citations;

/// <summary>What the answer or a card cites, each fact once; it stands in a line below.</summary>
internal sealed class SourceLine() : LeafBlock(null)
{
    public required IReadOnlyList<string> Facts { get; init; }
}
