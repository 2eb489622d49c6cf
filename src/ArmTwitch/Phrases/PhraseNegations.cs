using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ArmTwitch.Phrases.Matching;

namespace ArmTwitch.Phrases;

/// <summary>Tells whether somebody denies what a phrase says: "no chest pain", "I do not wish I were dead", "suicidal: no".</summary>
internal sealed partial class PhraseNegations
{
    private const string Words = """
        # English
        no
        not
        never
        without
        neither
        nor
        non
        free of
        ruled out
        denies
        deny
        (do|does|did|is|are|was|were|have|has|had|would|wo|should|could)n't
        cannot say i have

        # Spanish
        sin
        nunca
        tampoco

        # French
        ni
        pas
        sans
        jamais
        aucune?

        # German
        ohne
        nie
        nicht
        weder
        keine?[nrms]?
        """;

    private const RegexOptions Options = Phrase.Options;

    /// <summary>How many milliseconds a search in the few words before a phrase may take.</summary>
    private const int Longest = 100;

    private const string
        Contraction = @"(is|was|has|have|had|do|does|did|ca|ai|could|would)n['\s]?t",
        NoDay = $@"\b(no|not|never|hardly|barely|rarely|cannot|{Contraction}|pas|kein|keine|nie|ni)"
            + @"(\s+(an?|one|single|been|had|have|go|goes|get|through|pass|passes|do|enjoy|pasa|passe|vergeht|une?|seule?|solo|sola|eine?"
            + @"|einzige[nrs]?))*\s+(day|night|hour|minute|second|moment|week|morning|evening|anything"
            + @"|jour|nuit|heure|tag|nacht|stunde|dia|noche|hora)";

    /// <summary>By their fillers: several rules have the same, and a long list takes milliseconds to read.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Regex>> Before = new(StringComparer.Ordinal);

    private readonly Lazy<Regex> before;

    /// <param name="fillers">Words, with blanks between them, that may stand between a negation and the phrase.</param>
    public PhraseNegations(string fillers) => before = Before.GetOrAdd(fillers, words => new(() => AtEnd(words)));

    /// <param name="plain">The text, folded.</param>
    /// <param name="match">What was found there.</param>
    public bool Deny(string plain, Match match)
    {
        var end = match.Index + match.Length;
        if (DeniedAfterwards().IsMatch(plain.AsSpan(end, Math.Min(40, plain.Length - end))))
            return true;

        const int reach = 90;
        var words = plain[Math.Max(0, match.Index - reach)..match.Index];
        if (words.LastIndexOfAny(['.', ';', '!', '?', '\n', ':']) is >= 0 and var stop)
            words = words[(stop + 1)..];

        // In "No pain, sudden weakness" only the first is negated.
        if (match.Value.StartsWith("sudden", StringComparison.Ordinal))
            words = BeforeSudden().Replace(words, "");
        return before.Value.Match(words) is { Success: true } negation
            && !IsTurnedRound(words[..negation.Index].TrimEnd(), negation.Value.Split((char[]?)null)[0], match.Value);
    }

    /// <summary>
    /// Whether a negation says the opposite here: "not a day goes by without suicidal thoughts", "why not end it", "never not suicidal".
    /// Who wishes, hopes or prays denies it only with a verb: "I do not wish I was dead", and not "without wishing I was dead".
    /// </summary>
    private static bool IsTurnedRound(string lead, string negation, string phrase) => negation switch
    {
        "without" or "sans" or "sin" or "ohne" => Wish().IsMatch(phrase) || NotADay().IsMatch(lead),
        "not" or "never" when Wish().IsMatch(phrase) && !Verb().IsMatch(lead) => true,
        "not" or "pas" or "nicht" when WhyNot().IsMatch(lead) => true,
        _ => NotADayThat().IsMatch(lead),
    };

    /// <returns>A negation at the end of a text, with nothing but fillers behind it.</returns>
    private static Regex AtEnd(string fillers) => new(
        PhrasePatterns.Spelled(
            $@"\b{PhrasePatterns.AnyOf(Words)}\s+(({AccentFolding.FoldPattern(fillers).Replace(' ', '|')})[\s,]+)*(d')?$"),
        Options,
        TimeSpan.FromMilliseconds(Longest));

    [GeneratedRegex(
        @"^\s*([:?=\-–]\s*(no|none|never|nope|nein|non|nada)\s*([.,;!)\n]|$)"
        + @"|((left|right|arms?|hands?|legs?|fingers?|muscles?)\s+){0,2}(is|was|are|were|has been|have been)\s+"
        + @"(not affected|unaffected|ruled out|excluded)\b)",
        Options,
        Longest)]
    private static partial Regex DeniedAfterwards();

    /// <summary>What is over when "sudden" comes: what stands before a comma, or the name of another sign.</summary>
    [GeneratedRegex(
        @"^.*(,|\b(pains?|numbness|tingling|cramps?|fever|headaches?|dizziness|seizures?|fits?|fainting)\s+$)", Options, Longest)]
    private static partial Regex BeforeSudden();

    [GeneratedRegex("^(wish|whish|wich|hop(e|ing)|pray|dese|esper|ojala|souhait|wu?e?nsch|hoff|bete)", Options, Longest)]
    private static partial Regex Wish();

    [GeneratedRegex(
        @"\b(i|he|she|they|we|you|do|does|did|am|is|are|was|were|have|has|had|would|will|should|could|can|(i|they|we|you)['\s]?(m|ve|d|re))"
        + @"(\s+(really|ever|even|just|actually|honestly|truly))?$",
        Options,
        Longest)]
    private static partial Regex Verb();

    [GeneratedRegex($@"\b(why|whether|or|never|not|{Contraction}|pourquoi|warum|wieso)$", Options, Longest)]
    private static partial Regex WhyNot();

    [GeneratedRegex(NoDay + @"(\s+[\w']+){0,5}$", Options, Longest)]
    private static partial Regex NotADay();

    [GeneratedRegex(
        NoDay + @"(\s+(goes|went|gone|pass\w*|has|by|past|now|ever|that|when|where)){0,5}\s+(i|he|she|they|we)$", Options, Longest)]
    private static partial Regex NotADayThat();
}
