using System.Text.RegularExpressions;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArmTwitch.Articles.MarkdownDialect;

/// <summary>A medical word and its explanation in plain words.</summary>
/// <param name="Id">As its key in <c>glossary.yml</c>.</param>
/// <param name="Name">As the list of words shows it.</param>
/// <param name="Aliases">Other spellings that the text may use.</param>
internal sealed record GlossaryTerm(string Id, string Name, IReadOnlyList<string> Aliases, CitedText Says);

/// <summary>A term that an article uses, ready for its page.</summary>
/// <param name="Html">The explanation, with its citations.</param>
public sealed record ExplainedTerm(string Id, string Name, string Html);

/// <summary>All words that the site explains.</summary>
internal sealed class Glossary
{
    private readonly Dictionary<string, GlossaryTerm> byWord;
    private readonly Regex? words;

    public Glossary(IReadOnlyCollection<GlossaryTerm> terms)
    {
        Terms = terms;
        byWord = terms.SelectMany(term => term.Aliases.Prepend(term.Name).Select(word => (word, term)))
            .DistinctBy(pair => pair.word, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(pair => pair.word, pair => pair.term, StringComparer.OrdinalIgnoreCase);
        if (byWord.Count > 0)
        {
            var longestFirst = byWord.Keys.OrderByDescending(word => word.Length).Select(Regex.Escape);
            words = new Regex(
                $@"(?<![\w-])(?:{string.Join('|', longestFirst)})(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }
    }

    public static Glossary Empty { get; } = new([]);

    public IReadOnlyCollection<GlossaryTerm> Terms { get; }

    /// <summary>Makes the first use of each term lead to its explanation, outside headings, links and cards.</summary>
    /// <returns>The terms found, in the order of the text.</returns>
    public IReadOnlyList<GlossaryTerm> MarkFirstUses(MarkdownDocument document)
    {
        var found = new List<GlossaryTerm>();
        if (words is null)
            return found;
        var leaves = document.Where(block => !IsForHurriedReader(block))
            .SelectMany(block => block.Descendants<LeafBlock>().Prepend(block as LeafBlock)).OfType<LeafBlock>()
            .Where(leaf => leaf is not HeadingBlock && leaf.Inline is not null);
        foreach (var literal in leaves.SelectMany(leaf => leaf.Inline!.Descendants<LiteralInline>()
            .Where(literal => !literal.FindParentOfType<LinkInline>().Any()).ToList()))
            MarkIn(literal, found);
        return found;
    }

    /// <summary>Nothing in the answer and the cards leads away from them.</summary>
    private static bool IsForHurriedReader(Block block) =>
        ArticleMarkdownRenderer.NameOf(block) is { } name
        && (name.CardUrgency() is not null || name is BlockName.Answer or BlockName.StopReading);

    private void MarkIn(LiteralInline literal, List<GlossaryTerm> found)
    {
        var rest = literal;
        while (FirstNew(rest.Content.ToString(), found) is { } match)
        {
            var (text, term) = (rest.Content.ToString(), byWord[match.Value]);
            found.Add(term);
            rest.Content = new(text[..match.Index]);
            var use = new GlossaryTermInline { Id = term.Id, Text = match.Value };
            rest.InsertAfter(use);
            rest = new LiteralInline(text[(match.Index + match.Length)..]);
            use.InsertAfter(rest);
        }
    }

    private Match? FirstNew(string text, List<GlossaryTerm> found) =>
        words!.Matches(text).FirstOrDefault(match => !found.Contains(byWord[match.Value]));
}
