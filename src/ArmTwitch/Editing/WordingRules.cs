using System.Text.RegularExpressions;
using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>Which words we choose.</summary>
internal static partial class WordingRules
{
    public static IEnumerable<Remark> PlainWord(Draft draft) =>
        Listed(draft, PhraseKind.Avoided, (at, word) => Remark.Warning(at, $"\"{word.Value}\" has a plainer word.", $"Write \"{draft.Words.BetterThan(word)}\"."));

    public static IEnumerable<Remark> FearWord(Draft draft) =>
        Listed(draft, PhraseKind.Fear, (at, word) => Remark.Error(at, $"\"{word.Value}\" frightens.", "Say what it is and what to do, calmly."));

    public static IEnumerable<Remark> Promise(Draft draft) =>
        Listed(draft, PhraseKind.Promise, (at, word) => Remark.Error(at, $"\"{word.Value}\" promises.", "Say what usually happens, and how sure that is."));

    public static IEnumerable<Remark> SpelledNumber(Draft draft) =>
        Listed(draft, PhraseKind.Number, (at, number) => Remark.Warning(at, $"\"{number.Value}\" is a number in letters.", "Write it in digits."));

    public static IEnumerable<Remark> Percent(Draft draft) =>
        from text in Texts(draft)
        from number in PercentForm().Matches(text.Words)
        select Remark.Warning(text.Place(number.Index), $"\"{number.Value}\" is a percentage.", "Write it as \"2 in 100\".");

    public static IEnumerable<Remark> SecondDenominator(Draft draft)
    {
        foreach (var section in draft.Passages.Where(passage => !passage.IsCard).GroupBy(passage => passage.Section))
        {
            string? first = null;
            foreach (var (passage, ratio) in section.SelectMany(passage => RatioForm().Matches(passage.Text).Select(ratio => (passage, ratio))))
            {
                var of = ratio.Groups[1].Value;
                first ??= of;
                if (of != first)
                    yield return Remark.Error(passage.Place(ratio.Index), $"\"{ratio.Value}\" stands beside a number in {first}.", $"Within one section compare everything in {first}, or move it into another.");
            }
        }
    }

    public static IEnumerable<Remark> MedicineSafety(Draft draft)
    {
        foreach (var section in draft.Passages.Where(passage => !passage.IsCard && passage.Block is not BlockName.StopReading).GroupBy(passage => passage.Section))
        {
            var named = section.SelectMany(passage => passage.Listed(draft.Words).Where(phrase => phrase.Kind is PhraseKind.Medicine).Select(name => (passage, name))).FirstOrDefault();
            if (named is { passage: { } at, name: var found } && !section.SelectMany(passage => passage.Sentences).Any(sentence => SafetyForm().IsMatch(sentence.Text)))
                yield return Remark.Error(at.Place(found.Index), $"\"{found.Value}\" is a medicine, and the section does not say how to be safe with it.", "Add: Do not stop a prescribed medicine by yourself; ask a doctor or pharmacist.");
        }
    }

    public static IEnumerable<Remark> LiteralNumber(Draft draft)
    {
        var known = EmergencyNumbersOf(draft.Tables);
        return
            from text in Texts(draft)
            from number in LiteralNumbers(text.Words, known)
            select Remark.Error(text.Place(number.Index), $"\"{number.Value}\" is an emergency number in the text.", "Write \"the emergency number\": numbers differ by country and come from emergency-numbers.yml.");
    }

    /// <summary>Every number of the table, those in its notes too.</summary>
    public static IReadOnlySet<string> EmergencyNumbersOf(ContentTables tables) => tables.Numbers
        .SelectMany(place => new[] { place.Emergency, place.AlsoEmergency, place.Advice, place.Listening }.OfType<string>().Concat(NumberForm().Matches(place.Note ?? "").Select(number => number.Value)))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Where one of the numbers stands and counts nothing: "111 people" is no call for help.</summary>
    public static IEnumerable<Match> LiteralNumbers(string text, IReadOnlySet<string> known) =>
        NumberForm().Matches(text).Where(number => known.Contains(number.Value) && !CountForm().IsMatch(text.AsSpan(number.Index + number.Length)));

    private static IEnumerable<Remark> Listed(Draft draft, PhraseKind kind, Func<Position, Found, Remark> say) =>
        from text in Texts(draft)
        from phrase in text.Passage?.Listed(draft.Words) ?? draft.Words.In(text.Words)
        where phrase.Kind == kind
        select say(text.Place(phrase.Index), phrase);

    /// <summary>The title, the summary and every passage but the shared signs.</summary>
    private static IEnumerable<(string Words, Passage? Passage, Func<int, Position> Place)> Texts(Draft draft) =>
    [
        (draft.Title, null, _ => draft.At("title")),
        (draft.Summary, null, _ => draft.At("summary")),
        .. draft.Own.Select(passage => (passage.Text, passage, (Func<int, Position>)passage.Place)),
    ];

    [GeneratedRegex(@"\p{Nd}[\p{Nd}.,]*\s?(?:%|per ?cent)")]
    private static partial Regex PercentForm();

    /// <summary>"2 in 100,000", but not "in 2023" or "in 3 studies".</summary>
    [GeneratedRegex(@"(?<![\p{Nd}.,])\p{Nd}[\p{Nd},.]* (?:(?:people|men|women|adults|children) )?(?:in|out of)(?: every)? (?!(?:19|20)\p{Nd}{2}\b(?!,))(\p{Nd}[\p{Nd},]*\p{Nd}|\p{Nd})(?! (?:days|weeks|months|years|hours|minutes|studies|trials|places)\b)")]
    private static partial Regex RatioForm();

    [GeneratedRegex(@"\b(?:do not|don[’']t|never|not to|without)\b[^.;]*\b(?:stop|stopping|skip|skipping|change|changing|start or stop)\b|\bask\b[^.]*\b(?:before|about)\b[^.]*\bnext dose\b|\bkeep taking\b", RegexOptions.IgnoreCase)]
    private static partial Regex SafetyForm();

    /// <summary>A number to call, with the spaces or hyphens it is written with.</summary>
    [GeneratedRegex(@"(?<![\p{Nd},.#-])#?\p{Nd}+(?:[ -]\p{Nd}{3,})*(?![\p{Nd},.]*\p{Nd})")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^ (?:healthy )?(?:people|men|women|adults|children|volunteers|studies|trials|mg|ml)\b")]
    private static partial Regex CountForm();
}
