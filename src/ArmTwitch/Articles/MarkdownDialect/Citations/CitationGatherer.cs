using ArmTwitch.Articles.Blocks;
using Markdig.Extensions.CustomContainers;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect.Citations;

/// <summary>
/// Takes citations out of the sentences, where writers put them, and gathers them where they do not disturb a reader: at the end of the
/// paragraph, and for the answer and the cards in one line below. A heading's stand at the end of what comes next.
/// </summary>
internal static class CitationGatherer
{
    public static void Gather(MarkdownDocument document)
    {
        var carried = new List<string>();
        foreach (var block in document)
        {
            if (HasSourceLine(block) && block is CustomContainer container)
            {
                var facts = container.Descendants<LeafBlock>().SelectMany(TakeOut).Distinct(StringComparer.Ordinal).ToList();
                if (facts.Count > 0)
                    container.Add(new SourceLine { Facts = facts });
                continue;
            }

            foreach (var leaf in block is LeafBlock only ? [only] : block.Descendants<LeafBlock>().ToList())
            {
                carried.AddRange(TakeOut(leaf));
                if (leaf is HeadingBlock || leaf.Inline is null || carried.Count is 0)
                    continue;
                leaf.Inline.AppendChild(new GatheredCitations { Facts = [.. carried.Distinct(StringComparer.Ordinal)] });
                carried.Clear();
            }
        }
    }

    /// <summary>Whether the block shows what it cites in one line below it: the answer and the cards do.</summary>
    public static bool HasSourceLine(Block block) =>
        ArticleMarkdownRenderer.NameOf(block) is { } name && (name is BlockName.Answer || name.CardUrgency() is not null);

    /// <summary>Removes the citations with the space before each, so that "words [@F001]." becomes "words.".</summary>
    private static List<string> TakeOut(LeafBlock leaf)
    {
        var facts = new List<string>();
        foreach (var citation in leaf.Inline?.Descendants<Citation>().ToList() ?? [])
        {
            facts.Add(citation.FactId);
            if (citation.PreviousSibling is LineBreakInline { IsHard: false } end)
                end.ReplaceBy(new LiteralInline(StringSlice.Empty));
            if (citation.PreviousSibling is LiteralInline before)
                before.Content.TrimEnd();
            citation.Remove();
        }

        return facts;
    }
}
