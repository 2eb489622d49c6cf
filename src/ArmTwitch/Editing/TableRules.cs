using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>Rules for what articles share: signs, explained words and sources.</summary>
internal static class TableRules
{
    public const string SignsFile = "signs.yml", SourcesFile = "references.yml";

    public static IEnumerable<Remark> LongSign(ContentTables tables) =>
        tables.Signs.Values.SelectMany(sign => Sentences(sign.Says).SelectMany(sentence => ReadingRules.Long(sentence, sign.At)));

    /// <summary>The last sign of a self-care card says that no other fits; it needs no fact.</summary>
    public static IEnumerable<Remark> UncitedSign(ContentTables tables) =>
        from sign in tables.Signs.Values
        where sign is { Says.Facts.Count: 0, Level: not Urgency.SelfCare }
        select Remark.Error(sign.At, $"The sign \"{sign.Id}\" cites nothing.", "Cite the fact behind it.");

    public static IEnumerable<Remark> UnusedSign(ContentTables tables, IReadOnlyCollection<Article> articles)
    {
        var used = articles.SelectMany(article => article.Signs).Select(sign => sign.Id).ToHashSet(StringComparer.Ordinal);
        return tables.Signs.Values.Where(sign => !used.Contains(sign.Id))
            .Select(sign => Remark.Warning(sign.At, $"No article shows the sign \"{sign.Id}\".", "Name it on a card, or take it out."));
    }

    /// <summary>Who answers every question with no is told that there is nothing to worry about, so every sign has to be asked about.</summary>
    public static IEnumerable<Remark> UnaskedSign(ContentTables tables) =>
        from asked in new[] { tables.Check?.Signs }.OfType<IReadOnlySet<string>>()
        from sign in tables.Signs.Values
        where sign.Level is not Urgency.SelfCare && !asked.Contains(sign.Id)
        select Remark.Error(sign.At, $"No question of {RedFlagCheckFile.File} asks about \"{sign.Id}\".", $"Name it among the signs of a question that ends with {KebabCase.Of(sign.Level)}.");

    public static IEnumerable<Remark> SignWording(ContentTables tables)
    {
        var numbers = WordingRules.EmergencyNumbersOf(tables);
        return tables.Signs.Values.SelectMany(sign => Wording(sign, tables.Words, numbers));
    }

    /// <param name="places">Where each source stands in its file.</param>
    public static IEnumerable<Remark> SourceYear(ContentTables tables, IReadOnlyDictionary<string, Position> places) =>
        tables.Facts.Values.SelectMany(fact => fact.Sources).DistinctBy(source => source.Id)
            .Where(source => source is { Year: null, Undated: false } && places.ContainsKey(source.Id))
            .Select(source => Remark.Error(places[source.Id], $"Source \"{source.Id}\" has no year.", "Write the year, or undated: true when you looked and saw none."));

    public static IEnumerable<Remark> OrphanSource(ContentTables tables, IReadOnlyDictionary<string, Position> places)
    {
        var used = tables.Facts.Values.SelectMany(fact => fact.Sources).Select(source => source.Id).ToHashSet(StringComparer.Ordinal);
        return places.Where(place => !used.Contains(place.Key))
            .Select(place => Remark.Error(place.Value, $"No fact rests on the source \"{place.Key}\".", "Name it in a fact, or take it out."));
    }

    private static IEnumerable<Remark> Wording(Sign sign, WordList words, IReadOnlySet<string> numbers)
    {
        var text = string.Concat(Sentences(sign.Says).Select(sentence => sentence.Text + " "));
        foreach (var word in words.In(text))
        {
            if (word.Kind is PhraseKind.Avoided)
                yield return Remark.Warning(sign.At, $"\"{word.Value}\" has a plainer word.", $"Write \"{words.BetterThan(word)}\".");
            else if (word.Kind is PhraseKind.Fear)
                yield return Remark.Error(sign.At, $"\"{word.Value}\" frightens.", "Say what it is, calmly.");
        }

        foreach (var number in WordingRules.LiteralNumbers(text, numbers))
            yield return Remark.Error(sign.At, $"\"{number.Value}\" is an emergency number in the text.", "The card's heading has it from emergency-numbers.yml.");
    }

    private static IEnumerable<Sentence> Sentences(CitedText text) =>
        ArticleMarkdown.Parse(text.Markdown).OfType<Markdig.Syntax.LeafBlock>().SelectMany(leaf => new Passage(leaf, PassageKind.Item, null, 0).Sentences);
}
