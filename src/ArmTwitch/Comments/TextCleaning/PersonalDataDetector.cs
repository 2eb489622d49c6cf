using System.Globalization;
using System.Text.RegularExpressions;

namespace ArmTwitch.Comments.TextCleaning;

/// <summary>What a person can be found by.</summary>
public enum PersonalDataKind
{
    Email,
    HealthNumber,
    BirthDate,
    StreetAddress,
    Phone,
}

/// <summary>A part of a text that seems to be personal data.</summary>
/// <param name="Label">For the sentence "This looks like …".</param>
public sealed record PersonalDataMatch(PersonalDataKind Kind, int Start, int Length, string Label);

/// <summary>
/// Finds what a writer should think about twice before it is shown to everybody. It brings a form back once and never refuses,
/// so it may be wrong; every pattern is matched in time that grows with the text alone.
/// </summary>
public static partial class PersonalDataDetector
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
    private const RegexOptions AnyCase = Plain | RegexOptions.IgnoreCase;

    private const string Months =
        @"(jan(uary|uar|vier)?|feb(ruary|ruar)?|f[ée]vrier|mar(ch|s|zo)?|märz|apr(il)?|avril|abril|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio|"
        + @"aug(ust)?|août|agosto|sept?(ember|embre)?|septiembre|o[ck]t(ober|obre|ubre)?|nov(ember|embre|iembre)?|de[cz](ember)?|d[ée]cembre|enero|febrero|diciembre)";

    /// <returns>In the order of the text; no two overlap.</returns>
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

    /// <summary>What a writer is asked, once, when something was found.</summary>
    public static string WarningFor(IReadOnlyList<PersonalDataMatch> found) =>
        $"Check the comment: it seems to hold {string.Join(" and ", found.Select(one => one.Label).Distinct())}. Everybody could read it.";

    public static string LabelOf(PersonalDataKind kind) => kind switch
    {
        PersonalDataKind.Email => "an e-mail address",
        PersonalDataKind.HealthNumber => "a health service number",
        PersonalDataKind.BirthDate => "a birth date",
        PersonalDataKind.StreetAddress => "a street address or postcode",
        _ => "a phone number",
    };

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

        // Dates, ranges, scores and lists of small numbers are what people write about an arm.
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
    /// A number with a space between all its digits. Who only counts, or tells how strong something was day by day, writes so too.
    /// </summary>
    private static bool IsSpelledPhone(string number, string digits, string before) =>
        number[0] is '+' ? digits.Length is >= 8 and <= 15
        : PhoneBefore().IsMatch(before) ? digits.Length is >= 7 and <= 15
        : digits.Length is 10 or 11 && digits[0] is '0' && digits[1] is not '0'
            && !"0123456789".StartsWith(digits[..4], StringComparison.Ordinal);

    /// <summary>The check digit of the NHS in England, of Scotland's CHI and of Northern Ireland: modulo 11.</summary>
    private static bool IsHealthNumber(string digits)
    {
        var sum = 0;
        for (var i = 0; i < 9; i++)
            sum += (digits[i] - '0') * (10 - i);
        return (11 - sum % 11) % 11 == digits[9] - '0' && digits.Distinct().Count() > 2;
    }

    private static bool IsHouseNumber(Match match) =>
        int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture) is not (>= 1900 and < 2100);

    private static PersonalDataMatch Found(PersonalDataKind kind, Match match) => new(kind, match.Index, match.Length, LabelOf(kind));

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

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}._%+'\-]*@[\p{L}\p{N}][\p{L}\p{N}\-]*(\.[\p{L}\p{N}\-]+)+", Plain)]
    private static partial Regex PlainEmail();

    [GeneratedRegex(@"\b[\p{L}\p{N}][\p{L}\p{N}._%+\-]*\s*([(\[{<]\s*(at|@|arroba|ät)\s*[)\]}>]|\s@\s|@\s|\s@)\s*[\p{L}\p{N}\-]+(\s*([(\[{<]\s*(dot|\.|punkt|punto|point)\s*[)\]}>]|\.|\sdot\s)\s*[\p{L}]{2,})+", AnyCase)]
    private static partial Regex HiddenEmail();

    [GeneratedRegex(@"\b(?<who>[\p{L}\p{N}][\p{L}\p{N}._%+\-]*)\s+(at|arroba|arobase|ät|klammeraffe)\s+([\p{L}\p{N}\-]+(\s+(dot|punkt|punto|point)\s+\p{L}{2,})+|(gmail|googlemail|hotmail|outlook|yahoo|icloud|proton|protonmail|gmx|aol|live|btinternet)\b(\s*\.\s*\p{L}{2,})*)\b", AnyCase)]
    private static partial Regex SpokenEmail();

    [GeneratedRegex(@"^(look(ed|ing|s)?|see|saw|seen|found|read|is|are|was|be|it|me|them|this|that|here|there|page|site|info|information|more|stay|available|worked|works?|working|advice|article|not|and|mirar?)$", AnyCase)]
    private static partial Regex BeforeAtInProse();

    [GeneratedRegex(
        @"\b([0-3]?\d\s?[./\-]\s?[01]?\d\s?[./\-]\s?((19|20)\d\d|\d\d)|[01]?\d/[0-3]?\d/((19|20)?\d\d)|(19|20)\d\d[./\-][01]?\d[./\-][0-3]?\d|[0-3]?\d(st|nd|rd|th|er|\.)?\s+(of\s+|de\s+)?"
        + Months + @"\.?,?\s+(de\s+)?(19|20)?\d\d|" + Months + @"\.?\s+[0-3]?\d(st|nd|rd|th)?,?\s+(19|20)\d\d)\b", AnyCase)]
    private static partial Regex FullDate();

    [GeneratedRegex(@"(\bborn\b|\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bbirth\s?date\b|\bbirthday\b|\bgeboren\b|\bgeb\.|\bgeburtsdatum\b|\bgeburtstag\b|\bnée?\b|\bdate de naissance\b|\bnacid[oa]\b|\bnací\b|\bfecha de nacimiento\b)(\s|[:,=(\-]|\b(on|is|was|the|am|den|le|el|día|my|at|home|in|her|his|ist|es)\b|(?-i:\b\p{Lu}\p{Ll}+\b))*$", AnyCase)]
    private static partial Regex BirthBefore();

    [GeneratedRegex(@"^\s*[,)(\-]?\s*((is|was|being)\s+)?(my|his|her|the)?\s*(birthday|birth\s?date|date of birth|dob\b|d\.o\.b|geboren|geburtstag|\(dob)", AnyCase)]
    private static partial Regex BirthAfter();

    [GeneratedRegex(@"\b(?<number>\d{1,4})[A-Za-z]?,?\s+(?<name>\p{Lu}[\p{L}'’.\-]*(\s+\p{Lu}[\p{L}'’.\-]*){0,2})\s+(Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Crescent|Cres|Way|Place|Terrace|Gardens|Grove|Square|Boulevard|Blvd|Mews|Row|Hill|Highway|Parade|Walk)\b", Plain)]
    private static partial Regex NumberedStreet();

    [GeneratedRegex(@"\b\d{1,4}[a-z]?,?\s+(?<name>[\p{L}'’\-]+(\s+[\p{L}'’\-]+)?)\s+(street|st|road|rd|avenue|ave|lane|drive|close|crescent|court|way|terrace|gardens|grove)\b", AnyCase)]
    private static partial Regex HumbleStreet();

    [GeneratedRegex(@"\b(live|lives|living|address|home|house|flat|stay|staying|based|visit|come to|i'?m|i’m|we'?re|am)\b\W*((is|at|in|me|on|my|to|flat|number|no)\W+)*$", AnyCase)]
    private static partial Regex HomeBefore();

    [GeneratedRegex(@"\b(seconds?|secs?|minutes?|mins?|hours?|days?|weeks?|months?|years?|times?|miles?|km|yards?|metres?|meters?|steps?|percent|mg|ml|people|cars|of|the|a|my|our|his|her|down|up|along|in|on|and)\b", AnyCase)]
    private static partial Regex Measures();

    [GeneratedRegex(@"\b\p{Lu}[\p{L}\-]*(straße|strasse|stra(ss|ß)e|str\.|gasse|allee|platz|weg)\s+\d{1,4}\s?[a-z]?\b", Plain)]
    private static partial Regex GermanStreet();

    [GeneratedRegex(@"\b\d{1,4}(\s?(bis|ter))?,?\s+(rue|avenue|boulevard|bd|place|allée|impasse|chemin|quai|cours)\s+((de|du|des|la|le|les)\s+|d['’]|l['’])*\p{L}[\p{L}'’\-]+", AnyCase)]
    private static partial Regex FrenchStreet();

    [GeneratedRegex(
        @"\b(calle|c/|avenida|avda\.?|plaza|paseo|carrer|via|viale)\s+\p{L}[\p{L}'’\- ]{1,40},?\s*(n\.?º?\s*|nº\s*|número\s+)?\d{1,4}\b",
        AnyCase)]
    private static partial Regex SpanishStreet();

    [GeneratedRegex(@"\b(p\.?\s?o\.?\s?box|postfach|apartado)\s+\d{1,6}\b", AnyCase)]
    private static partial Regex PostOfficeBox();

    [GeneratedRegex(@"\b(A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)[0-9][0-9A-Z]?\s?[0-9][ABD-HJLNP-UW-Z]{2}\b", Plain)]
    private static partial Regex Postcode();

    [GeneratedRegex(@"\b(A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])\s+\d{5}(-\d{4})?\b", Plain)]
    private static partial Regex StateAndZip();

    [GeneratedRegex(@"(\+|\(\+?|\b)\d[\d \t().\-/\u00A0\u2011\u2013]{5,40}\d", Plain)]
    private static partial Regex DigitRun();

    [GeneratedRegex(@"\b([0-3]?\d[./ \-][01]?\d[./ \-](19|20)\d\d|(19|20)\d\d[./\-][01]?\d[./\-][0-3]?\d|[01]?\d/[0-3]?\d/(19|20)\d\d|(19|20)\d\d\s?[\-–/]\s?(19|20)\d\d)\b", Plain)]
    private static partial Regex DateWithin();

    [GeneratedRegex(@"^(1[ .\-]?)?(\([2-9]\d\d\)\s?|[2-9]\d\d[ .\-])[2-9]\d\d[ .\-]\d{4}$", Plain)]
    private static partial Regex NorthAmerican();

    [GeneratedRegex(@"\b(phone|telephone|tel|telefon|teléfono|téléphone|tél|mobile|mob|cell|handy|móvil|portable|whatsapp|signal|call|ring|text|fax|dial|number is|nummer|numéro|número|sms|contact|reach|llama|appelez|ruf)\b[^.!?\d]*$", AnyCase)]
    private static partial Regex PhoneBefore();

    [GeneratedRegex(@"\b(nhs|chi|h&c|hcn|health( service)?)\b[^.!?\d]*$", AnyCase)]
    private static partial Regex HealthNumberBefore();
}
