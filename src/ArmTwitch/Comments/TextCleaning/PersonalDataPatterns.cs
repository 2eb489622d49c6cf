using System.Text.RegularExpressions;

namespace ArmTwitch.Comments.TextCleaning;

/// <summary>The regular expressions of <see cref="PersonalDataDetector"/>.</summary>
/// <remarks>
/// They take linear time, because whatever repeats has an end: 64 characters of a mailbox, 63 of a part of a domain (RFC 5321 and 1035), 60
/// of a name, 40 of white space. <see cref="RegexOptions.NonBacktracking"/> is linear without that, but holds 2 MB for each expression.
/// </remarks>
internal static partial class PersonalDataPatterns
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant;
    private const RegexOptions AnyCase = Plain | RegexOptions.IgnoreCase;

    private const string Months =
        @"(jan(uary|uar|vier)?|feb(ruary|ruar)?|f[ée]vrier|mar(ch|s|zo)?|märz|apr(il)?|avril|abril|may|mai|mayo|june?|juni|juin|junio"
        + @"|july?|juli|juillet|julio|aug(ust)?|août|agosto|sept?(ember|embre)?|septiembre|o[ck]t(ober|obre|ubre)?"
        + @"|nov(ember|embre|iembre)?|de[cz](ember)?|d[ée]cembre|enero|febrero|diciembre)";

    [GeneratedRegex(
        @"[\p{L}\p{N}](?>[\p{L}\p{N}._%+'\-]{0,63})@[\p{L}\p{N}](?>[\p{L}\p{N}\-]{0,62})(\.[\p{L}\p{N}\-]{1,63}){1,20}", Plain)]
    public static partial Regex PlainEmail();

    [GeneratedRegex(
        @"\b[\p{L}\p{N}](?>[\p{L}\p{N}._%+\-]{0,63})\s{0,40}([(\[{<]\s{0,40}(at|@|arroba|ät)\s{0,40}[)\]}>]|\s@\s|@\s|\s@)\s{0,40}"
        + @"(?>[\p{L}\p{N}\-]{1,63})"
        + @"(\s{0,40}([(\[{<]\s{0,40}(dot|\.|punkt|punto|point)\s{0,40}[)\]}>]|\.|\sdot\s)\s{0,40}\p{L}{2,63}){1,20}",
        AnyCase)]
    public static partial Regex HiddenEmail();

    [GeneratedRegex(
        @"\b(?<who>[\p{L}\p{N}](?>[\p{L}\p{N}._%+\-]{0,63}))\s{1,40}(at|arroba|arobase|ät|klammeraffe)\s{1,40}((?>[\p{L}\p{N}\-]{1,63})"
        + @"(\s{1,40}(dot|punkt|punto|point)\s{1,40}\p{L}{2,63}){1,20}|(gmail|googlemail|hotmail|outlook|yahoo|icloud|proton|protonmail"
        + @"|gmx|aol|live|btinternet)\b(\s{0,40}\.\s{0,40}\p{L}{2,63}){0,20})\b", AnyCase)]
    public static partial Regex SpokenEmail();

    [GeneratedRegex(
        @"^(look(ed|ing|s)?|see|saw|seen|found|read|is|are|was|be|it|me|them|this|that|here|there|page|site|info|information|more|stay"
        + @"|available|worked|works?|working|advice|article|not|and|mirar?)$", AnyCase)]
    public static partial Regex BeforeAtInProse();

    [GeneratedRegex(
        @"\b([0-3]?\d\s?[./\-]\s?[01]?\d\s?[./\-]\s?((19|20)\d\d|\d\d)|[01]?\d/[0-3]?\d/((19|20)?\d\d)|(19"
        + @"|20)\d\d[./\-][01]?\d[./\-][0-3]?\d|[0-3]?\d(st|nd|rd|th|er|\.)?\s{1,40}(of\s{1,40}|de\s{1,40})?"
        + Months + @"\.?,?\s{1,40}(de\s{1,40})?(19|20)?\d\d|" + Months + @"\.?\s{1,40}[0-3]?\d(st|nd|rd|th)?,?\s{1,40}(19|20)\d\d)\b",
        AnyCase)]
    public static partial Regex FullDate();

    [GeneratedRegex(
        @"(\bborn\b|\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bbirth\s?date\b|\bbirthday\b|\bgeboren\b|\bgeb\.|\bgeburtsdatum\b"
        + @"|\bgeburtstag\b|\bnée?\b|\bdate de naissance\b|\bnacid[oa]\b|\bnací\b|\bfecha de nacimiento\b)(?>\s|[:,=(\-]|\b(on|is|was|the"
        + @"|am|den|le|el|día|my|at|home|in|her|his|ist|es)\b|(?-i:\b\p{Lu}\p{Ll}{1,32}\b)){0,32}$", AnyCase)]
    public static partial Regex BirthBefore();

    [GeneratedRegex(
        @"^\s{0,24}[,)(\-]?\s{0,24}((is|was|being)\s{1,24})?(my|his|her|the)?\s{0,24}(birthday|birth\s?date|date of birth|dob\b|d\.o\.b"
        + @"|geboren|geburtstag|\(dob)", AnyCase)]
    public static partial Regex BirthAfter();

    [GeneratedRegex(
        @"\b(?<number>\d{1,4})[A-Za-z]?,?\s{1,40}(?<name>\p{Lu}(?>[\p{L}'’.\-]{0,60})(\s{1,40}\p{Lu}(?>[\p{L}'’.\-]{0,60})){0,2})\s{1,40}"
        + @"(Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Close|Court|Crescent|Cres|Way|Place|Terrace|Gardens|Grove|Square"
        + @"|Boulevard|Blvd|Mews|Row|Hill|Highway|Parade|Walk)\b", Plain)]
    public static partial Regex NumberedStreet();

    [GeneratedRegex(
        @"\b\d{1,4}[a-z]?,?\s{1,40}(?<name>(?>[\p{L}'’\-]{1,60})(\s{1,40}(?>[\p{L}'’\-]{1,60}))?)\s{1,40}(street|st|road|rd|avenue|ave"
        + @"|lane|drive|close|crescent|court|way|terrace|gardens|grove)\b", AnyCase)]
    public static partial Regex HumbleStreet();

    [GeneratedRegex(
        @"\b(live|lives|living|address|home|house|flat|stay|staying|based|visit|come to|i'?m|i’m|we'?re|am)\b\W{0,24}((is|at|in|me|on|my|to"
        + @"|flat|number|no)\W{1,24}){0,24}$", AnyCase)]
    public static partial Regex HomeBefore();

    [GeneratedRegex(
        @"\b(seconds?|secs?|minutes?|mins?|hours?|days?|weeks?|months?|years?|times?|miles?|km|yards?|metres?|meters?|steps?|percent|mg|ml"
        + @"|people|cars|of|the|a|my|our|his|her|down|up|along|in|on|and)\b", AnyCase)]
    public static partial Regex Measures();

    [GeneratedRegex(@"\b\p{Lu}[\p{L}\-]{0,60}(straße|strasse|stra(ss|ß)e|str\.|gasse|allee|platz|weg)\s{1,40}\d{1,4}\s?[a-z]?\b", Plain)]
    public static partial Regex GermanStreet();

    [GeneratedRegex(
        @"\b\d{1,4}(\s?(bis|ter))?,?\s{1,40}(rue|avenue|boulevard|bd|place|allée|impasse|chemin|quai|cours)\s{1,40}"
        + @"((de|du|des|la|le|les)\s{1,40}|d['’]|l['’]){0,9}\p{L}[\p{L}'’\-]{1,60}", AnyCase)]
    public static partial Regex FrenchStreet();

    [GeneratedRegex(
        @"\b(calle|c/|avenida|avda\.?|plaza|paseo|carrer|via|viale)\s{1,40}\p{L}[\p{L}'’\- ]{1,40},?\s{0,40}"
        + @"(n\.?º?\s{0,40}|nº\s{0,40}|número\s{1,40})?\d{1,4}\b",
        AnyCase)]
    public static partial Regex SpanishStreet();

    [GeneratedRegex(@"\b(p\.?\s?o\.?\s?box|postfach|apartado)\s{1,40}\d{1,6}\b", AnyCase)]
    public static partial Regex PostOfficeBox();

    [GeneratedRegex(
        @"\b(A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?"
        + @"|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO"
        + @"|ZE)[0-9][0-9A-Z]?\s?[0-9][ABD-HJLNP-UW-Z]{2}\b", Plain)]
    public static partial Regex Postcode();

    [GeneratedRegex(
        @"\b(A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
        + @"|W[AIVY])\s{1,40}\d{5}(-\d{4})?\b", Plain)]
    public static partial Regex StateAndZip();

    [GeneratedRegex(@"(\+|\(\+?|\b)\d[\d \t().\-/\u00A0\u2011\u2013]{5,40}\d", Plain)]
    public static partial Regex DigitRun();

    [GeneratedRegex(
        @"\b([0-3]?\d[./ \-][01]?\d[./ \-](19|20)\d\d|(19|20)\d\d[./\-][01]?\d[./\-][0-3]?\d|[01]?\d/[0-3]?\d/(19|20)\d\d|(19"
        + @"|20)\d\d\s?[\-–/]\s?(19|20)\d\d)\b", Plain)]
    public static partial Regex DateWithin();

    [GeneratedRegex(@"^(1[ .\-]?)?(\([2-9]\d\d\)\s?|[2-9]\d\d[ .\-])[2-9]\d\d[ .\-]\d{4}$", Plain)]
    public static partial Regex NorthAmerican();

    [GeneratedRegex(
        @"\b(phone|telephone|tel|telefon|teléfono|téléphone|tél|mobile|mob|cell|handy|móvil|portable|whatsapp|signal|call|ring|text|fax"
        + @"|dial|number is|nummer|numéro|número|sms|contact|reach|llama|appelez|ruf)\b[^.!?\d]{0,32}$", AnyCase)]
    public static partial Regex PhoneBefore();

    [GeneratedRegex(@"\b(nhs|chi|h&c|hcn|health( service)?)\b[^.!?\d]{0,32}$", AnyCase)]
    public static partial Regex HealthNumberBefore();
}
