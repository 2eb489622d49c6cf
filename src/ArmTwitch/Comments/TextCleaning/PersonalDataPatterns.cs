using System.Text.RegularExpressions;

namespace ArmTwitch.Comments.TextCleaning;

/// <summary>The regular expressions of <see cref="PersonalDataDetector"/>, all of which take linear time.</summary>
internal static partial class PersonalDataPatterns
{
    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
    private const RegexOptions AnyCase = Plain | RegexOptions.IgnoreCase;

    private const string Months =
        @"(jan(uary|uar|vier)?|feb(ruary|ruar)?|f[ée]vrier|mar(ch|s|zo)?|märz|apr(il)?|avril|abril|may|mai|mayo|june?|juni|juin|junio"
        + @"|july?|juli|juillet|julio|aug(ust)?|août|agosto|sept?(ember|embre)?|septiembre|o[ck]t(ober|obre|ubre)?"
        + @"|nov(ember|embre|iembre)?|de[cz](ember)?|d[ée]cembre|enero|febrero|diciembre)";

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}._%+'\-]*@[\p{L}\p{N}][\p{L}\p{N}\-]*(\.[\p{L}\p{N}\-]+)+", Plain)]
    public static partial Regex PlainEmail();

    [GeneratedRegex(
        @"\b[\p{L}\p{N}][\p{L}\p{N}._%+\-]*\s*([(\[{<]\s*(at|@|arroba|ät)\s*[)\]}>]|\s@\s|@\s|\s@)\s*[\p{L}\p{N}\-]+(\s*([(\[{<]\s*(dot|\."
        + @"|punkt|punto|point)\s*[)\]}>]|\.|\sdot\s)\s*[\p{L}]{2,})+", AnyCase)]
    public static partial Regex HiddenEmail();

    [GeneratedRegex(
        @"\b(?<who>[\p{L}\p{N}][\p{L}\p{N}._%+\-]*)\s+(at|arroba|arobase|ät|klammeraffe)\s+([\p{L}\p{N}\-]+(\s+(dot|punkt|punto"
        + @"|point)\s+\p{L}{2,})+|(gmail|googlemail|hotmail|outlook|yahoo|icloud|proton|protonmail|gmx|aol|live"
        + @"|btinternet)\b(\s*\.\s*\p{L}{2,})*)\b", AnyCase)]
    public static partial Regex SpokenEmail();

    [GeneratedRegex(
        @"^(look(ed|ing|s)?|see|saw|seen|found|read|is|are|was|be|it|me|them|this|that|here|there|page|site|info|information|more|stay"
        + @"|available|worked|works?|working|advice|article|not|and|mirar?)$", AnyCase)]
    public static partial Regex BeforeAtInProse();

    [GeneratedRegex(
        @"\b([0-3]?\d\s?[./\-]\s?[01]?\d\s?[./\-]\s?((19|20)\d\d|\d\d)|[01]?\d/[0-3]?\d/((19|20)?\d\d)|(19"
        + @"|20)\d\d[./\-][01]?\d[./\-][0-3]?\d|[0-3]?\d(st|nd|rd|th|er|\.)?\s+(of\s+|de\s+)?"
        + Months + @"\.?,?\s+(de\s+)?(19|20)?\d\d|" + Months + @"\.?\s+[0-3]?\d(st|nd|rd|th)?,?\s+(19|20)\d\d)\b", AnyCase)]
    public static partial Regex FullDate();

    [GeneratedRegex(
        @"(\bborn\b|\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bbirth\s?date\b|\bbirthday\b|\bgeboren\b|\bgeb\.|\bgeburtsdatum\b"
        + @"|\bgeburtstag\b|\bnée?\b|\bdate de naissance\b|\bnacid[oa]\b|\bnací\b|\bfecha de nacimiento\b)(\s|[:,=(\-]|\b(on|is|was|the|am"
        + @"|den|le|el|día|my|at|home|in|her|his|ist|es)\b|(?-i:\b\p{Lu}\p{Ll}+\b))*$", AnyCase)]
    public static partial Regex BirthBefore();

    [GeneratedRegex(
        @"^\s*[,)(\-]?\s*((is|was|being)\s+)?(my|his|her|the)?\s*(birthday|birth\s?date|date of birth|dob\b|d\.o\.b|geboren|geburtstag"
        + @"|\(dob)", AnyCase)]
    public static partial Regex BirthAfter();

    [GeneratedRegex(
        @"\b(?<number>\d{1,4})[A-Za-z]?,?\s+(?<name>\p{Lu}[\p{L}'’.\-]*(\s+\p{Lu}[\p{L}'’.\-]*){0,2})\s+(Street|St|Road|Rd|Avenue|Ave|Lane"
        + @"|Ln|Drive|Dr|Close|Court|Crescent|Cres|Way|Place|Terrace|Gardens|Grove|Square|Boulevard|Blvd|Mews|Row|Hill|Highway|Parade"
        + @"|Walk)\b", Plain)]
    public static partial Regex NumberedStreet();

    [GeneratedRegex(
        @"\b\d{1,4}[a-z]?,?\s+(?<name>[\p{L}'’\-]+(\s+[\p{L}'’\-]+)?)\s+(street|st|road|rd|avenue|ave|lane|drive|close|crescent|court|way"
        + @"|terrace|gardens|grove)\b", AnyCase)]
    public static partial Regex HumbleStreet();

    [GeneratedRegex(
        @"\b(live|lives|living|address|home|house|flat|stay|staying|based|visit|come to|i'?m|i’m|we'?re|am)\b\W*((is|at|in|me|on|my|to"
        + @"|flat|number|no)\W+)*$", AnyCase)]
    public static partial Regex HomeBefore();

    [GeneratedRegex(
        @"\b(seconds?|secs?|minutes?|mins?|hours?|days?|weeks?|months?|years?|times?|miles?|km|yards?|metres?|meters?|steps?|percent|mg|ml"
        + @"|people|cars|of|the|a|my|our|his|her|down|up|along|in|on|and)\b", AnyCase)]
    public static partial Regex Measures();

    [GeneratedRegex(@"\b\p{Lu}[\p{L}\-]*(straße|strasse|stra(ss|ß)e|str\.|gasse|allee|platz|weg)\s+\d{1,4}\s?[a-z]?\b", Plain)]
    public static partial Regex GermanStreet();

    [GeneratedRegex(
        @"\b\d{1,4}(\s?(bis|ter))?,?\s+(rue|avenue|boulevard|bd|place|allée|impasse|chemin|quai|cours)\s+((de|du|des|la|le|les)\s+|d['’]"
        + @"|l['’])*\p{L}[\p{L}'’\-]+", AnyCase)]
    public static partial Regex FrenchStreet();

    [GeneratedRegex(
        @"\b(calle|c/|avenida|avda\.?|plaza|paseo|carrer|via|viale)\s+\p{L}[\p{L}'’\- ]{1,40},?\s*(n\.?º?\s*|nº\s*|número\s+)?\d{1,4}\b",
        AnyCase)]
    public static partial Regex SpanishStreet();

    [GeneratedRegex(@"\b(p\.?\s?o\.?\s?box|postfach|apartado)\s+\d{1,6}\b", AnyCase)]
    public static partial Regex PostOfficeBox();

    [GeneratedRegex(
        @"\b(A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?"
        + @"|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO"
        + @"|ZE)[0-9][0-9A-Z]?\s?[0-9][ABD-HJLNP-UW-Z]{2}\b", Plain)]
    public static partial Regex Postcode();

    [GeneratedRegex(
        @"\b(A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]"
        + @"|W[AIVY])\s+\d{5}(-\d{4})?\b", Plain)]
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
        + @"|dial|number is|nummer|numéro|número|sms|contact|reach|llama|appelez|ruf)\b[^.!?\d]*$", AnyCase)]
    public static partial Regex PhoneBefore();

    [GeneratedRegex(@"\b(nhs|chi|h&c|hcn|health( service)?)\b[^.!?\d]*$", AnyCase)]
    public static partial Regex HealthNumberBefore();
}
