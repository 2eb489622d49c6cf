using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ArmTwitch.Phrases;

/// <summary>Phrases to find in folded text (<see cref="AccentFolding"/>), unless a negation stands before them.</summary>
/// <remarks>
/// One phrase a line, as it is written, with its accents. A line with <c>#</c> names the language and begins a group. Each group is one
/// regular expression, so that a match in one does not hide one in another. In a phrase a space stands for any white space, <c>~n</c> for
/// up to n words of any kind (<c>send me~3 money</c>), <c>{cannot}</c> for all ways to say that.
/// <para>
/// A text is first asked in linear time whether it has any phrase of a group. The automata for that take megabytes and tens of
/// milliseconds to build, so they wait for the first comment or long query: a short query does without.
/// </para>
/// </remarks>
public sealed partial class PhrasePatterns
{
    private const string Negations = """
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
        (do|does|did|is|are|was|were|have|has|had|would|wo|should|could)n'?t
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

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>In a query of so many characters backtracking is quick, too.</summary>
    private const int Short = 300;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>By their fillers: several rules have the same, and each automaton takes megabytes.</summary>
    private static readonly ConcurrentDictionary<string, Lazy<Regex>> Negated = new(StringComparer.Ordinal);

    private readonly Regex[] wanted;
    private readonly Lazy<Regex>[] linear;
    private readonly Lazy<Regex>? negated;

    /// <summary>By default an automaton may have 10,000 nodes. The phrases of a group have up to 60,000, and are as quick.</summary>
    static PhrasePatterns() => AppContext.SetData("REGEX_NONBACKTRACKING_MAX_AUTOMATA_SIZE", 100_000);

    /// <param name="wanted">The phrases.</param>
    /// <param name="fillers">
    /// Words, with blanks between them, that may stand between a negation and the phrase; null to ignore negations.
    /// </param>
    public PhrasePatterns(string wanted, string? fillers = null)
    {
        this.wanted = [.. Groups(wanted).Select(group => new Regex(Spelled($@"\b({group})"), Options, Longest))];
        linear = [.. this.wanted.Select(group => new Lazy<Regex>(() => Linear(group.ToString())))];
        negated = fillers is null ? null : Negated.GetOrAdd(fillers, words => new(() => NegatedBefore(words)));
    }

    /// <summary>One pattern for all of these phrases, to use within another phrase.</summary>
    public static string AnyOf(string phrases) => $"({string.Join('|', Groups(phrases))})";

    /// <summary>Whether any phrase stands in the text, with or without a negation before it.</summary>
    /// <returns>Also true when a busy machine holds the search up for too long: a card too many costs a glance.</returns>
    public bool MayBeIn(string plain)
    {
        try
        {
            return plain.Length <= Short && !linear[^1].IsValueCreated
                ? wanted.Any(group => group.IsMatch(plain))
                : linear.Any(group => group.Value.IsMatch(plain));
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    /// <summary>What stands in the text and is not negated.</summary>
    public IEnumerable<Match> In(string plain) =>
        wanted.Where((_, group) => linear[group].Value.IsMatch(plain)).SelectMany(group => group.Matches(plain))
            .Where(match => negated is null || !IsNegated(plain, match));

    /// <returns>The text with blanks in place of all phrases.</returns>
    public string BlankOut(string plain)
    {
        var text = plain.ToCharArray();
        foreach (var match in MayBeIn(plain) ? AllIn(plain) : [])
            text.AsSpan(match.Index, match.Length).Fill(' ');
        return new string(text);
    }

    private IEnumerable<Match> AllIn(string plain) => wanted.SelectMany(group => group.Matches(plain));

    /// <returns>For each group its phrases with <c>|</c> between them.</returns>
    private static IEnumerable<string> Groups(string phrases) =>
        from part in phrases.Split('#', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let lines = part.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select string.Join('|', lines.Skip(1).Select(AccentFolding.FoldPattern));

    private bool IsNegated(string plain, Match match)
    {
        if (DeniedAfterwards().IsMatch(plain.AsSpan(match.Index + match.Length, Math.Min(40, plain.Length - match.Index - match.Length))))
            return true;

        const int reach = 90;
        var start = Math.Max(0, match.Index - reach);
        var before = plain[start..match.Index];
        if (before.LastIndexOfAny(['.', ';', '!', '?', '\n', ':']) is >= 0 and var stop)
            before = before[(stop + 1)..];

        // In "No pain, sudden weakness" only the first is negated.
        if (match.Value.StartsWith("sudden", StringComparison.Ordinal) && before.Contains(',', StringComparison.Ordinal))
            before = before[(before.LastIndexOf(',') + 1)..];
        return negated!.Value.IsMatch(before);
    }

    /// <returns>A negation at the end of a text, with nothing but fillers behind it.</returns>
    private static Regex NegatedBefore(string fillers) => Linear(
        Spelled($@"\b{AnyOf(Negations)}\s+(({AccentFolding.FoldPattern(fillers).Replace(' ', '|')})[\s,]+)*(d')?$"));

    private static Regex Linear(string pattern) => new(pattern, Options | RegexOptions.NonBacktracking, Longest);

    /// <returns>The regular expression with all that our own signs stand for.</returns>
    private static string Spelled(string pattern)
    {
        const string cannot =
            "(can'?t|cannot|can not|could ?n'?t|could not|unable to|(can )?(hardly|barely)|not able to|no longer able to|hard to|"
            + "struggl\\w* to)";
        return UpToWords().Replace(pattern.Replace("{cannot}", cannot, StringComparison.Ordinal), @"( [\w'-]+){0,$1}")
            .Replace(" ?", @"\s*", StringComparison.Ordinal)
            .Replace(" ", @"\s+", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"~(\d)")]
    private static partial Regex UpToWords();

    [GeneratedRegex(
        @"^\s*([:?=\-–]\s*(no|none|never|nope|nein|non|nada)\s*([.,;!)\n]|$)"
        + @"|((left|right|arms?|hands?|legs?|fingers?|muscles?)\s+){0,2}(is|was|are|were|has been|have been)\s+"
        + @"(not affected|unaffected|ruled out|excluded)\b)",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DeniedAfterwards();
}
