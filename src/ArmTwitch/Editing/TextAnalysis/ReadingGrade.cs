using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Articles.Parsing;

namespace ArmTwitch.Editing.TextAnalysis;

/// <summary>The Flesch–Kincaid grade: how many years of school (in the United States) a reader needs for a text.</summary>
internal static class ReadingGrade
{
    /// <param name="allowed">Holds the medical names, which are left out.</param>
    /// <returns>Null when there are no words.</returns>
    public static double? Of(IEnumerable<Sentence> sentences, EditorialWordList allowed)
    {
        var (count, words, syllables) = (0, 0, 0);
        foreach (var sentence in sentences)
        {
            var counted = 0;
            var names = allowed.In(sentence.Text).Where(phrase => phrase.Kind is PhraseKind.Name).ToList();
            foreach (var word in sentence.Words)
            {
                if (names.Exists(name => word.Start.Value < name.Index + name.Value.Length && name.Index < word.End.Value))
                    continue;
                counted++;
                syllables += SyllableCounter.Count(sentence.Text.AsSpan()[word]);
            }

            words += counted;
            count += counted > 0 ? 1 : 0;
        }

        return count is 0 ? null : (0.39 * words / count) + (11.8 * syllables / words) - 15.59;
    }
}
