using System.Text.RegularExpressions;
using ArmTwitch.Comments.TextCleaning;
using static ArmTwitch.Comments.Flags.ConductPhrases;
using static ArmTwitch.Comments.Flags.MedicinePhrases;

namespace ArmTwitch.Comments.Flags;

/// <summary>Rules for what the comment rules ask readers to leave out.</summary>
internal static partial class ConductRules
{
    /// <summary>Id of the rule for how much of a medicine to take.</summary>
    public const string Dosage = "dosage";

    private const RegexOptions Plain = RegexOptions.CultureInvariant;
    private const string Ends =
        "com|net|org|info|biz|shop|store|online|site|xyz|top|click|link|club|live|blog|health|pro|app|dev|io|ly|co|uk|"
        + "de|fr|es|it|nl|eu|us|ca|au|in|ru|cn|tk|gg";

    /// <summary>The rule for numbers and dates by which a person can be found.</summary>
    public static readonly FlagRule Identifiers = new(
        "identifiers", 1, FlagLevel.Ordinary, "Identifiers", "A number or a birth date by which a person can be found.",
        input => PersonalDataDetector.Find(input.Text)
            .Where(part => part.Kind is PersonalDataKind.HealthNumber or PersonalDataKind.BirthDate)
            .Select(part => input.Text.Substring(part.Start, part.Length))
            .Concat(Identifier().Matches(input.Text).Where(match => IsIdentifier(match)).Select(input.Words)));

    public static readonly FlagRule[] Rules =
    [
        ContactDetailsRule.Rule,
        Identifiers,
        new("links-and-selling", 2, FlagLevel.Ordinary, "Links and selling", "A link, or words that sell something.",
            input => Links(input.Plain).Select(input.Words).Concat(Selling.In(input.Plain).Select(input.Words))),
        new(Dosage, 1, FlagLevel.Ordinary, "Dosage", "How much of a medicine or a mineral to take. The comment rules ask to leave it out.",
            input => Doses.In(input.Plain).Where(match => !IsBloodValue(input.Plain, match)).Select(input.Words)),
        new("stop-medicine", 3, FlagLevel.Ordinary, "Advice to stop a medicine",
            "It may make a reader stop a medicine or turn away from a doctor.",
            input => StopMedicine.In(input.TextWithoutQuotes).Select(input.Words)),
        new("miracle-cure", 3, FlagLevel.Ordinary, "Miracle cures", "It promises more than any treatment can keep.",
            input => Cures.In(input.TextWithoutQuotes).Select(input.Words)),
        new("shouting", 1, FlagLevel.Ordinary, "Shouting", "Much of it is in capitals or exclamation marks.",
            input => IsShouting(input.Text)),
        new("repeated-text", 2, FlagLevel.Ordinary, "Repeated text", "The same again and again.",
            input => IsRepetitive(input.Text)),
        new("link-in-name", 2, FlagLevel.Ordinary, "Link in the name", "The name is an address, a number or an advertisement.",
            input => Links(input.Author.ToLowerInvariant()).Select(match => input.Author.Substring(match.Index, match.Length))
                .Concat(PersonalDataDetector.Find(input.Author).Select(part => input.Author.Substring(part.Start, part.Length)))
                .Concat(Handle().Matches(input.Author).Select(match => match.Value))),
    ];

    private static IEnumerable<Match> Links(string text) =>
        Link().Matches(text).Where(match => match.Index is 0 || text[match.Index - 1] is not '@');

    private static bool IsBloodValue(string plain, Match match) => BloodValue().IsMatch(plain.AsSpan(match.Index + match.Length));

    private static bool IsIdentifier(Match match)
    {
        if (!match.Groups["card"].Success)
            return match.Value.Any(char.IsAsciiDigit);

        var digits = match.Value.Where(char.IsAsciiDigit).Select(sign => sign - '0').Reverse().ToArray();
        var sum = digits.Select((digit, place) => place % 2 is 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2).Sum();
        return digits.Length is >= 13 and <= 19 && sum % 10 is 0 && digits.Distinct().Count() > 1;
    }

    private static IEnumerable<string> IsShouting(string text)
    {
        var letters = text.Count(char.IsLetter);
        var large = text.Count(char.IsUpper);
        if (letters >= 16 && large > letters * 0.6)
            return [Beginning.Of(text, 60)];
        return LoudWords().Matches(text).Concat(LoudMarks().Matches(text)).Select(match => match.Value);
    }

    private static IEnumerable<string> IsRepetitive(string text)
    {
        for (int start = 0, at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] == text[start])
                continue;
            if (at - start >= 10 && char.IsLetterOrDigit(text[start]))
                yield return text[start..at];
            start = at;
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('"', '“', '”', '„', '«', '»')).ToArray();
        for (int start = 0, at = 1; at <= words.Length; at++)
        {
            if (at < words.Length && words[at].Equals(words[start], StringComparison.OrdinalIgnoreCase))
                continue;
            if (at - start >= 5)
                yield return string.Join(' ', words[start..at]);
            start = at;
        }

        var sentences = text.Split(['.', '!', '?', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(sentence => sentence.Length >= 12)
            .GroupBy(sentence => sentence, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() >= 3 || (group.Count() is 2 && group.Key.Length >= 40));
        foreach (var group in sentences)
            yield return group.Key;
    }

    // Whatever repeats has an end, so that a search takes linear time: a part of a domain after 63 characters (RFC 1035).
    [GeneratedRegex(
        @"(https?|ftp|hxxps?)\s?:\s?//\S{1,2000}|\bwww\s?\.\s?\S{1,2000}"
        + @"|\b[a-z0-9](?>[a-z0-9\-]{1,62})(\.(?>[a-z0-9\-]{2,63})){0,9}\.(" + Ends + @")\b(/\S{0,2000})?"
        + @"|\b(?>[a-z0-9\-]{2,63})\s?([(\[]\s?dot\s?[)\]]|\sdot\s)\s?(com|net|org|info|shop|online|xyz|co)\b"
        + @"|\[url|\bt\.me/\S{1,2000}|\bbit\.ly/\S{1,2000}",
        Plain)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"(\b[A-CEGHJ-PR-TW-Z][A-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b|\b\d{3}-\d{2}-\d{4}\b"
        + @"|\b[A-Z]{2}\d{2}( ?[A-Z0-9]{4}){3,7}( ?[A-Z0-9]{1,3})?\b"
        + @"|(?<card>\b\d([ \-]?\d){12,18}\b)"
        + @"|(?i:\b(passport|insurance|policy|patient|hospital|case|record|licen[cs]e|social security|ssn|mrn|nino|national insurance)"
        + @"( (no|number|id|nr))?\.?\s?(is|:|#)?\s?#?[a-z0-9\-]{0,40}\d[a-z0-9\-]{4,40}\b))",
        Plain)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^\s?(/|per)\s?(d|m)?l", Plain)]
    private static partial Regex BloodValue();

    [GeneratedRegex(
        @"\b\p{Lu}{4,40}((?>\W{1,40})(?>\p{Lu}{2,40})){0,20}(?>\W{1,40})(?>\p{Lu}{4,40})((?>\W{1,40})(?>\p{Lu}{2,40})){0,20}"
        + @"(?>\W{1,40})\p{Lu}{4,40}\b",
        Plain)]
    private static partial Regex LoudWords();

    [GeneratedRegex(@"!{4,2000}|\?{5,2000}|(\?!|!\?){3,2000}", Plain)]
    private static partial Regex LoudMarks();

    [GeneratedRegex(
        @"(^|\s)@\w{3,80}|(?i:\b(buy|cheap|casino|viagra|seo|crypto|bitcoin|loans?|escorts?|discount|free shipping|"
        + @"comprar?|barat[oa]s?|acheter|pas cher|kaufen|billige?)\b)",
        Plain)]
    private static partial Regex Handle();
}
