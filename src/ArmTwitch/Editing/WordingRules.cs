using System.Text.RegularExpressions;
using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>Which words we choose.</summary>
internal static partial class WordingRules
{
    private static readonly Phrases Numbers = new(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty", "hundred", "thousand"]);

    public static IEnumerable<Remark> PlainWord(Draft draft) =>
        Everywhere(draft, draft.Words.Avoided, found => found.Word, (at, found) => Remark.Warning(at, $"\"{found.Word.Value}\" has a plainer word.", $"Write \"{found.Better}\"."));

    public static IEnumerable<Remark> FearWord(Draft draft) =>
        Everywhere(draft, draft.Words.Fear, word => word, (at, word) => Remark.Error(at, $"\"{word.Value}\" frightens.", "Say what it is and what to do, calmly."));

    public static IEnumerable<Remark> Promise(Draft draft) =>
        Everywhere(draft, draft.Words.Promises, word => word, (at, word) => Remark.Error(at, $"\"{word.Value}\" promises.", "Say what usually happens, and how sure that is."));

    public static IEnumerable<Remark> Percent(Draft draft) =>
        Everywhere(draft, text => PercentForm().Matches(text).Select(number => new Found(number.Index, number.Value)), number => number,
            (at, number) => Remark.Warning(at, $"\"{number.Value}\" is a percentage.", "Write it as \"2 in 100\"."));

    public static IEnumerable<Remark> SpelledNumber(Draft draft) =>
        Everywhere(draft, Numbers.In, number => number, (at, number) => Remark.Warning(at, $"\"{number.Value}\" is a number in letters.", "Write it in digits."));

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
            if (section.SelectMany(passage => passage.Sentences).Any(sentence => SafetyForm().IsMatch(sentence.Text)))
                continue;
            if (section.SelectMany(passage => draft.Words.Medicines(passage.Text).Select(name => (passage, name))).FirstOrDefault() is { passage: { } at, name: var found })
                yield return Remark.Error(at.Place(found.Index), $"\"{found.Value}\" is a medicine, and the section does not say how to be safe with it.", "Add: Do not stop a prescribed medicine by yourself; ask a doctor or pharmacist.");
        }
    }

    public static IEnumerable<Remark> LiteralNumber(Draft draft) =>
        from said in draft.Passages.SelectMany(passage => passage.Sentences.Select(sentence => (sentence, at: (Func<int, Position>)(index => passage.Place(sentence.Start + index)))))
            .Concat(draft.Summary.Select(sentence => (sentence, at: (Func<int, Position>)(_ => draft.At("summary")))))
        from number in LiteralNumbers(said.sentence.Text, draft.Article.Tables)
        select Remark.Error(said.at(number.Index), $"\"{number.Value}\" is an emergency number in the text.", "Write \"the emergency number\": numbers differ by country and come from emergency-numbers.yml.");

    /// <summary>Numbers of the table in a sentence that tells somebody to call.</summary>
    public static IEnumerable<Match> LiteralNumbers(string text, ContentTables tables)
    {
        if (!CallForm().IsMatch(text))
            return [];
        var known = tables.Numbers.SelectMany(place => new[] { place.Emergency, place.AlsoEmergency, place.Advice, place.Listening }).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return NumberForm().Matches(text).Where(number => known.Contains(number.Value));
    }

    /// <summary>Looks at the title, the summary and every passage but the shared signs, which are looked at where they are written.</summary>
    private static IEnumerable<Remark> Everywhere<T>(Draft draft, Func<string, IEnumerable<T>> look, Func<T, Found> place, Func<Position, T, Remark> say)
    {
        foreach (var found in look(draft.Article.Title))
            yield return say(draft.At("title"), found);
        foreach (var found in look(draft.Article.Summary))
            yield return say(draft.At("summary"), found);
        var signs = draft.Article.Signs.Select(sign => sign.At.Line).ToHashSet();
        foreach (var passage in draft.Passages.Where(passage => !signs.Contains(passage.At.Line)))
        {
            foreach (var found in look(passage.Text))
                yield return say(passage.Place(place(found).Index), found);
        }
    }

    [GeneratedRegex(@"\p{Nd}[\p{Nd}.,]*\s?(?:%|per ?cent)")]
    private static partial Regex PercentForm();

    /// <summary>"2 in 100,000", but not "in 2023" or "in 3 studies".</summary>
    [GeneratedRegex(@"(?<![\p{Nd}.,])\p{Nd}[\p{Nd},.]* (?:(?:people|men|women|adults|children) )?(?:in|out of)(?: every)? (?!(?:19|20)\p{Nd}{2}\b(?!,))(\p{Nd}[\p{Nd},]*\p{Nd}|\p{Nd})(?! (?:days|weeks|months|years|hours|minutes|studies|trials|places)\b)")]
    private static partial Regex RatioForm();

    [GeneratedRegex(@"\b(?:do not|don[’']t|never|not to|without)\b[^.;]*\b(?:stop|stopping|skip|skipping|change|changing|start or stop)\b|\bask\b[^.]*\b(?:before|about)\b[^.]*\bnext dose\b|\bkeep taking\b", RegexOptions.IgnoreCase)]
    private static partial Regex SafetyForm();

    [GeneratedRegex(@"\b(?:call|calls|calling|ring|dial|phone|text)\b|\bnumber\b|\bambulance\b", RegexOptions.IgnoreCase)]
    private static partial Regex CallForm();

    [GeneratedRegex(@"(?<![\p{Nd},.#])#?\p{Nd}{2,}(?: \p{Nd}{3,})*(?![\p{Nd},.]*\p{Nd})")]
    private static partial Regex NumberForm();
}
