using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Emergency;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.MarkdownDialect.Citations;
using ArmTwitch.Articles.Parsing;
using ArmTwitch.Articles.RedFlags;
using ArmTwitch.Editing.TextAnalysis;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules for what articles share: signs and sources.</summary>
internal static class SharedContentRules
{
    public static IEnumerable<LintFinding> LongSign(ContentTables tables) =>
        tables.Signs.Values.SelectMany(sign => Sentences(sign.Says).SelectMany(sentence => ReadabilityRules.Long(sentence, sign.At)));

    /// <summary>The last sign of a self-care card says that no other fits; it needs no fact.</summary>
    public static IEnumerable<LintFinding> UncitedSign(ContentTables tables) =>
        from sign in tables.Signs.Values
        where sign is { Says.Facts.Count: 0, Level: not Urgency.SelfCare }
        select LintFinding.Error(sign.At, $"The sign \"{sign.Id}\" cites nothing.", "Cite the fact behind it.");

    public static IEnumerable<LintFinding> UnusedSign(ContentTables tables, IReadOnlyCollection<Article> articles)
    {
        var used = articles.SelectMany(article => article.Signs).Select(sign => sign.Id).ToHashSet(StringComparer.Ordinal);
        return tables.Signs.Values.Where(sign => !used.Contains(sign.Id))
            .Select(
                sign => LintFinding.Warning(sign.At, $"No article shows the sign \"{sign.Id}\".", "Name it on a card, or take it out."));
    }

    /// <summary>
    /// Whoever answers every question of the check with no is sent to self-care, so the check has to ask about every other sign.
    /// </summary>
    public static IEnumerable<LintFinding> UnaskedSign(ContentTables tables) =>
        from asked in new[] { tables.Check?.Signs }.OfType<IReadOnlySet<string>>()
        from sign in tables.Signs.Values
        where sign.Level is not Urgency.SelfCare && !asked.Contains(sign.Id)
        select LintFinding.Error(
            sign.At, $"No question of {RedFlagCheckFile.File} asks about \"{sign.Id}\".",
            $"Name it among the signs of a question that ends with {KebabCase.Of(sign.Level)}.");

    public static IEnumerable<LintFinding> SignWording(ContentTables tables)
    {
        var numbers = WordingRules.EmergencyNumbersOf(tables);
        return tables.Signs.Values.SelectMany(sign => Wording(sign, tables.Words, numbers));
    }

    /// <param name="places">Where each source stands in its file.</param>
    public static IEnumerable<LintFinding> SourceYear(ContentTables tables, IReadOnlyDictionary<string, TextPosition> places) =>
        tables.Facts.Values.SelectMany(fact => fact.Sources).DistinctBy(source => source.Id)
            .Where(source => source is { Year: null, Undated: false } && places.ContainsKey(source.Id))
            .Select(source => LintFinding.Error(
                places[source.Id], $"Source \"{source.Id}\" has no year.",
                "Write the year, or undated: true when you looked and saw none."));

    public static IEnumerable<LintFinding> OrphanSource(ContentTables tables, IReadOnlyDictionary<string, TextPosition> places)
    {
        var used = tables.Facts.Values.SelectMany(fact => fact.Sources).Select(source => source.Id).ToHashSet(StringComparer.Ordinal);
        return places.Where(place => !used.Contains(place.Key))
            .Select(place =>
                LintFinding.Error(place.Value, $"No fact rests on the source \"{place.Key}\".", "Name it in a fact, or take it out."));
    }

    private static IEnumerable<LintFinding> Wording(WarningSign sign, EditorialWordList words, IReadOnlySet<string> numbers)
    {
        var text = string.Concat(Sentences(sign.Says).Select(sentence => sentence.Text + " "));
        foreach (var word in words.In(text))
        {
            if (word.Kind is PhraseKind.Avoided)
                yield return LintFinding.Warning(sign.At, $"\"{word.Value}\" has a plainer word.", $"Write \"{words.BetterThan(word)}\".");
            else if (word.Kind is PhraseKind.Fear)
                yield return LintFinding.Error(sign.At, $"\"{word.Value}\" frightens.", "Say what it is, calmly.");
        }

        foreach (var number in WordingRules.LiteralNumbers(text, numbers))
            yield return LintFinding.Error(
                sign.At, $"\"{number.Value}\" is an emergency number in the text.",
                "The card's heading has it from emergency-numbers.yml.");
    }

    private static IEnumerable<Sentence> Sentences(CitedText text) =>
        ArticleMarkdownRenderer.Parse(text.Markdown).OfType<Markdig.Syntax.LeafBlock>()
            .SelectMany(leaf => new TextSpan(leaf, TextSpanKind.Item, null, 0).Sentences);
}
