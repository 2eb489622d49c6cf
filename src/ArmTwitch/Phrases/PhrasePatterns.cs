using System.Text.RegularExpressions;

namespace ArmTwitch.Phrases;

/// <summary>Phrases to find in folded text (<see cref="AccentFolding"/>), unless a negation stands before them.</summary>
/// <remarks>
/// One phrase a line, as it is written, with its accents. A line with <c>#</c> names the language and begins a group. Each group is one
/// regular expression, so that a match in one does not hide one in another. In a phrase a space stands for any white space, <c>~n</c> for
/// up to n words of any kind (<c>send me~3 money</c>), <c>{cannot}</c> for all ways to say that, and <c>{end}</c> for whatever ends a
/// thought: the end of the line, an emoji, a bracket or quote, a dash or another mark. An apostrophe may be missing or a space.
/// <para>
/// A text is first asked in linear time whether it has any phrase of a group. The automata for that take megabytes and tens of
/// milliseconds to build, so they wait for the first comment or long query: a short query does without.
/// </para>
/// </remarks>
public sealed partial class PhrasePatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>In a query of so many characters backtracking is quick, too.</summary>
    private const int Short = 300;

    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly Regex[] wanted;
    private readonly Lazy<Regex>[] linear;
    private readonly PhraseNegations? negations;

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
        negations = fillers is null ? null : new PhraseNegations(fillers);
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
            .Where(match => negations?.Deny(plain, match) is not true);

    /// <summary>What stands in the text and is not negated, nor a part of what only looks alike.</summary>
    public IEnumerable<Match> In(string plain, PhrasePatterns? lookalikes)
    {
        var found = In(plain).ToList();
        return found.Count is 0 || lookalikes is null ? found : In(lookalikes.BlankOut(plain));
    }

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

    /// <summary>A regular expression that looks at each character once.</summary>
    internal static Regex Linear(string pattern) => new(pattern, Options | RegexOptions.NonBacktracking, Longest);

    /// <returns>The regular expression with all that our own signs stand for.</returns>
    internal static string Spelled(string pattern)
    {
        // An apostrophe in the end of a thought is a quote. It is written as a number, so that it stays one.
        const string
            cannot = "(can't|cannot|can not|could ?n't|could not|unable to|(can )?(hardly|barely)|not able to|no longer able to|hard to|"
                + "struggl\\w* to)",
            end = @"([\t\r\u0020]*([^\w\s\u0027]+|\n|\u0027+(\s|[^\w\s\u0027]|$)|$))";
        var spelled = pattern.Replace("{cannot}", cannot, StringComparison.Ordinal).Replace("{end}", end, StringComparison.Ordinal)
            .Replace("'?", "'", StringComparison.Ordinal).Replace("'", @"['\s]?", StringComparison.Ordinal);
        return UpToWords().Replace(spelled, @"( [\w'-]+){0,$1}")
            .Replace(" ?", @"\s*", StringComparison.Ordinal)
            .Replace(" ", @"\s+", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"~(\d)")]
    private static partial Regex UpToWords();
}
