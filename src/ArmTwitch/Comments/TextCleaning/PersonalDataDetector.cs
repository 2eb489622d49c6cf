using System.Globalization;
using System.Text.RegularExpressions;
using ArmTwitch.Phrases;
using static ArmTwitch.Comments.TextCleaning.PersonalDataPatterns;

namespace ArmTwitch.Comments.TextCleaning;

/// <summary>The kinds of personal data by which a person can be found.</summary>
public enum PersonalDataKind
{
    Email,
    HealthNumber,
    BirthDate,
    StreetAddress,
    Phone,
}

/// <summary>A part of a text that seems to be personal data.</summary>
public sealed record PersonalDataMatch(PersonalDataKind Kind, int Start, int Length)
{
    /// <summary>For the sentence "This looks like …".</summary>
    public string Label => Kind switch
    {
        PersonalDataKind.Email => "an e-mail address",
        PersonalDataKind.HealthNumber => "a health service number",
        PersonalDataKind.BirthDate => "a birth date",
        PersonalDataKind.StreetAddress => "a street address or postcode",
        _ => "a phone number",
    };
}

/// <summary>
/// Finds what authors should think about before everybody can read it. They are asked once and may send it all the same, so it may be
/// wrong. Searching takes linear time.
/// </summary>
public static class PersonalDataDetector
{
    /// <returns>In the order of the text, without overlaps.</returns>
    public static IReadOnlyList<PersonalDataMatch> Find(string typed)
    {
        var (text, places) = CharacterFolding.Fold(typed);
        var found = new List<PersonalDataMatch>();
        foreach (var candidate in Emails(text).Concat(BirthDates(text)).Concat(Addresses(text)).Concat(Numbers(text)))
        {
            if (!found.Exists(other => candidate.Start < other.Start + other.Length && other.Start < candidate.Start + candidate.Length))
                found.Add(candidate);
        }

        return [.. found.OrderBy(part => part.Start)
            .Select(part => part with { Start = places[part.Start], Length = places[part.Start + part.Length] - places[part.Start] })];
    }

    /// <summary>What the author is asked.</summary>
    public static string WarningFor(IReadOnlyList<PersonalDataMatch> found) =>
        $"Check the comment: it seems to hold {string.Join(" and ", found.Select(one => one.Label).Distinct())}. Everybody could read it. "
        + "Take it out, or tick the box below to send it all the same.";

    private static IEnumerable<PersonalDataMatch> Emails(string text) =>
        PlainEmail().Matches(text)
            .Concat(HiddenEmail().Matches(text))
            .Concat(SpokenEmail().Matches(text).Where(match => !BeforeAtInProse().IsMatch(match.Groups["who"].Value)))
            .Select(match => Found(PersonalDataKind.Email, match));

    private static IEnumerable<PersonalDataMatch> BirthDates(string text) =>
        FullDate().Matches(text)
            .Where(match => BirthBefore().IsMatch(Before(text, match, 32)) || BirthAfter().IsMatch(After(text, match, 24)))
            .Select(match => Found(PersonalDataKind.BirthDate, match));

    private static IEnumerable<PersonalDataMatch> Addresses(string text) =>
        NumberedStreet().Matches(text).Where(match => IsHouseNumber(match) && !Measures().IsMatch(match.Groups["name"].Value))
            .Concat(HumbleStreet().Matches(text)
                .Where(match => HomeBefore().IsMatch(Before(text, match, 24)) && !Measures().IsMatch(match.Groups["name"].Value)))
            .Concat(GermanStreet().Matches(text))
            .Concat(FrenchStreet().Matches(text))
            .Concat(SpanishStreet().Matches(text))
            .Concat(PostOfficeBox().Matches(text))
            .Concat(Postcode().Matches(text))
            .Concat(StateAndZip().Matches(text))
            .Select(match => Found(PersonalDataKind.StreetAddress, match));

    private static IEnumerable<PersonalDataMatch> Numbers(string text)
    {
        foreach (Match match in DigitRun().Matches(text))
        {
            if (match.Index + match.Length < text.Length && char.IsLetterOrDigit(text[match.Index + match.Length]))
                continue;
            if (KindOf(match.Value, Before(text, match, 32)) is { } kind)
                yield return Found(kind, match);
        }
    }

    private static PersonalDataKind? KindOf(string number, string before)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        var groups = number.Split(
            (char[])[' ', '\t', '(', ')', '.', '-', '/', '\u00A0', '\u2011', '\u2013', '+'], StringSplitOptions.RemoveEmptyEntries);
        if (digits.Length is 10 && IsHealthNumber(digits) && (HealthNumberBefore().IsMatch(before)
            || (digits[0] is not '0' && number.All(sign => char.IsAsciiDigit(sign) || sign is ' '))))
            return PersonalDataKind.HealthNumber;

        if (groups.Length == digits.Length && !DateWithin().IsMatch(number))
            return IsSpelledPhone(number, digits, before) ? PersonalDataKind.Phone : null;

        // No phone number: dates, ranges, scores and lists of small numbers, of which people write about an arm.
        if (groups.Length > 7 || digits.Length < 7 || digits.Length > 17 || DateWithin().IsMatch(number))
            return null;
        var isPhone = groups[0] switch
        {
            _ when number[0] is '+' => digits.Length is >= 8 and <= 15,
            ['0', '0', ..] => digits.Length is >= 10 and <= 17,
            ['0', _, ..] or "0" when number[0] is '(' || groups[0].Length > 1 =>
                digits.Length is >= 9 and <= 12 && Array.TrueForAll(groups, group => group.Length > 1),
            _ => NorthAmerican().IsMatch(number) || (PhoneBefore().IsMatch(before) && digits.Length <= 15),
        };
        return isPhone ? PersonalDataKind.Phone : null;
    }

    /// <summary>
    /// A phone number with a space between all its digits. Counting, or how strong something was day by day, looks the same.
    /// </summary>
    private static bool IsSpelledPhone(string number, string digits, string before) =>
        number[0] is '+' ? digits.Length is >= 8 and <= 15
        : PhoneBefore().IsMatch(before) ? digits.Length is >= 7 and <= 15
        : digits.Length is 10 or 11 && digits[0] is '0' && digits[1] is not '0'
            && !"0123456789".StartsWith(digits[..4], StringComparison.Ordinal);

    /// <summary>Checks the last digit as the NHS in England, Scotland (CHI) and Northern Ireland make it: modulo 11.</summary>
    private static bool IsHealthNumber(string digits)
    {
        var sum = 0;
        for (var i = 0; i < 9; i++)
            sum += (digits[i] - '0') * (10 - i);
        return (11 - sum % 11) % 11 == digits[9] - '0' && digits.Distinct().Count() > 2;
    }

    private static bool IsHouseNumber(Match match) =>
        int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) is not (>= 1900 and < 2100);

    private static PersonalDataMatch Found(PersonalDataKind kind, Match match) => new(kind, match.Index, match.Length);

    private static string Before(string text, Match match, int letters)
    {
        var start = Math.Max(0, match.Index - letters);
        return text[start..match.Index];
    }

    private static string After(string text, Match match, int letters)
    {
        var start = match.Index + match.Length;
        return text[start..Math.Min(text.Length, start + letters)];
    }
}
