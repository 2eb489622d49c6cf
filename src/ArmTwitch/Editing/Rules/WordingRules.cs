using System.Text.RegularExpressions;
using ArmTwitch.Articles.Blocks;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.MarkdownDialect;
using ArmTwitch.Editing.TextAnalysis;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules on words and numbers.</summary>
internal static partial class WordingRules
{
    public static IEnumerable<LintFinding> PlainWord(LintDocument document) =>
        Listed(document, PhraseKind.Avoided, (at, word) =>
            LintFinding.Warning(at, $"\"{word.Value}\" has a plainer word.", $"Write \"{document.Words.BetterThan(word)}\"."));

    public static IEnumerable<LintFinding> FearWord(LintDocument document) =>
        Listed(
            document, PhraseKind.Fear,
            (at, word) => LintFinding.Error(at, $"\"{word.Value}\" frightens.", "Say what it is and what to do, calmly."));

    public static IEnumerable<LintFinding> Promise(LintDocument document) =>
        Listed(
            document, PhraseKind.Promise,
            (at, word) => LintFinding.Error(at, $"\"{word.Value}\" promises.", "Say what usually happens, and how sure that is."));

    public static IEnumerable<LintFinding> SpelledNumber(LintDocument document) =>
        Listed(
            document, PhraseKind.Number,
            (at, number) => LintFinding.Warning(at, $"\"{number.Value}\" is a number in letters.", "Write it in digits."));

    public static IEnumerable<LintFinding> Percent(LintDocument document) =>
        from text in Texts(document)
        from number in PercentForm().Matches(text.Words)
        select LintFinding.Warning(text.Place(number.Index), $"\"{number.Value}\" is a percentage.", "Write it as \"2 in 100\".");

    public static IEnumerable<LintFinding> SecondDenominator(LintDocument document)
    {
        foreach (var section in document.Spans.Where(span => !span.IsCard).GroupBy(span => span.Section))
        {
            string? first = null;
            foreach (var (span, ratio) in section.SelectMany(span => RatioForm().Matches(span.Text).Select(ratio => (span, ratio))))
            {
                var of = ratio.Groups[1].Value;
                first ??= of;
                if (of != first)
                    yield return LintFinding.Error(
                        span.Place(ratio.Index), $"\"{ratio.Value}\" stands beside a number in {first}.",
                        $"Within one section compare everything in {first}, or move it into another.");
            }
        }
    }

    public static IEnumerable<LintFinding> MedicineSafety(LintDocument document)
    {
        foreach (var section in document.Spans.Where(span => !span.IsCard && span.Block is not BlockName.StopReading)
            .GroupBy(span => span.Section))
        {
            var named = section.SelectMany(span => span.Listed(document.Words)
                .Where(phrase => phrase.Kind is PhraseKind.Medicine).Select(name => (span, name))).FirstOrDefault();
            if (named is { span: { } at, name: var found }
                && !section.SelectMany(span => span.Sentences).Any(sentence => SafetyForm().IsMatch(sentence.Text)))
                yield return LintFinding.Error(
                    at.Place(found.Index), $"\"{found.Value}\" is a medicine, and the section does not say how to be safe with it.",
                    "Add: Do not stop a prescribed medicine by yourself; ask a doctor or pharmacist.");
        }
    }

    public static IEnumerable<LintFinding> LiteralNumber(LintDocument document)
    {
        var known = EmergencyNumbersOf(document.Tables);
        return
            from text in Texts(document)
            from number in LiteralNumbers(text.Words, known)
            select LintFinding.Error(
                text.Place(number.Index), $"\"{number.Value}\" is an emergency number in the text.",
                "Write \"the emergency number\": numbers differ by country and come from emergency-numbers.yml.");
    }

    /// <summary>Every number of the table, also those in its notes.</summary>
    public static IReadOnlySet<string> EmergencyNumbersOf(ContentTables tables) => tables.Numbers
        .SelectMany(place =>
            new[] { place.Emergency, place.AlsoEmergency, place.Advice, place.Listening, place.Poison }.OfType<string>()
                .Concat(NumbersOfNote(place.Note ?? "")))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The numbers to call in a note; "27 states", "8 am" and "2019" are none.</summary>
    private static IEnumerable<string> NumbersOfNote(string note) =>
        from number in NumberForm().Matches(note)
        let isCount = NoteCountForm().IsMatch(note.AsSpan(number.Index + number.Length))
        where !isCount && !YearForm().IsMatch(number.Value)
        select number.Value;

    /// <summary>Where one of the numbers stands, unless it counts something: "111 people" is no call for help.</summary>
    public static IEnumerable<Match> LiteralNumbers(string text, IReadOnlySet<string> known) =>
        NumberForm().Matches(text)
            .Where(number => known.Contains(number.Value) && !CountForm().IsMatch(text.AsSpan(number.Index + number.Length)));

    private static IEnumerable<LintFinding> Listed(
        LintDocument document, PhraseKind kind, Func<TextPosition, PhraseMatch, LintFinding> report) =>
        from text in Texts(document)
        from phrase in text.Span?.Listed(document.Words) ?? document.Words.In(text.Words)
        where phrase.Kind == kind
        select report(text.Place(phrase.Index), phrase);

    /// <summary>The title, the summary, the purpose and every span but the shared signs.</summary>
    private static IEnumerable<CheckedText> Texts(LintDocument document) =>
    [
        new(document.Title, null, _ => document.At("title")),
        new(document.Summary, null, _ => document.At("summary")),
        .. document.Purpose is { } purpose ? [new CheckedText(purpose, null, _ => document.At("purpose"))] : Array.Empty<CheckedText>(),
        .. document.WithoutSigns.Select(span => new CheckedText(span.Text, span, span.Place)),
    ];

    /// <param name="Span">Null for a text of the front matter.</param>
    /// <param name="Place">The place in the file of an index in the text.</param>
    private sealed record CheckedText(string Words, TextSpan? Span, Func<int, TextPosition> Place);

    [GeneratedRegex(@"\p{Nd}[\p{Nd}.,]*\s?(?:%|per ?cent)")]
    private static partial Regex PercentForm();

    /// <summary>"2 in 100,000", but not "in 2023" or "in 3 studies".</summary>
    [GeneratedRegex(
        @"(?<![\p{Nd}.,])\p{Nd}[\p{Nd},.]* (?:(?:people|men|women|adults|children) )?(?:in|out of)(?: every)? "
        + @"(?!(?:19|20)\p{Nd}{2}\b(?!,))(\p{Nd}[\p{Nd},]*\p{Nd}|\p{Nd})"
        + @"(?! (?:days|weeks|months|years|hours|minutes|studies|trials|places)\b)")]
    private static partial Regex RatioForm();

    [GeneratedRegex(
        @"\b(?:do not|don[’']t|never|not to|without)\b[^.;]*\b(?:stop|stopping|skip|skipping|change|changing|start or stop)\b"
        + @"|\bask\b[^.]*\b(?:before|about)\b[^.]*\bnext dose\b|\bkeep taking\b", RegexOptions.IgnoreCase)]
    private static partial Regex SafetyForm();

    /// <summary>A number to call, with the spaces or hyphens it is written with.</summary>
    [GeneratedRegex(@"(?<![\p{Nd},.#-])#?\p{Nd}+(?:[ -]\p{Nd}{3,})*(?![\p{Nd},.]*\p{Nd})")]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"^(?:19|20)\p{Nd}{2}$")]
    private static partial Regex YearForm();

    [GeneratedRegex(
        @"^(?::\p{Nd}{2})? ?(?:am|pm)\b|^ (?:[a-z]+ )?(?:countries|states|provinces|territories|areas|regions|places|languages"
        + @"|seconds|minutes|hours|days|weeks|months|years|people|digits)\b", RegexOptions.IgnoreCase)]
    private static partial Regex NoteCountForm();

    [GeneratedRegex(@"^ (?:healthy )?(?:people|men|women|adults|children|volunteers|studies|trials|mg|ml)\b")]
    private static partial Regex CountForm();
}
