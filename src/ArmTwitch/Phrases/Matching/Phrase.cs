using System.Text.RegularExpressions;

namespace ArmTwitch.Phrases.Matching;

/// <summary>One phrase, as a regular expression that is made when a text has the words for it.</summary>
internal sealed class Phrase
{
    public const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>How a phrase begins that may stand in the middle of a word: some languages put no spaces between theirs.</summary>
    private const string Anywhere = @"\w*";

    /// <summary>How long the search for the phrases of a rule may take.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A phrase ends where a word ends, or with a letter or two that decline it: "tram" is in "trams", and not in "trampoline".
    /// </summary>
    private const string EndOfWord = @"((?<=\w)e?[snrm]?(?!\w)|(?<!\w))";

    private readonly RequiredWords words;
    private readonly Lazy<Regex> regex;

    /// <param name="pattern">
    /// A regular expression. It begins and ends with a word unless it says <c>\w*</c> first. What repeats in it gets an end: words of 40
    /// letters, groups nine times.
    /// </param>
    public Phrase(string pattern)
    {
        var isAnywhere = pattern.StartsWith(Anywhere, StringComparison.Ordinal);
        var bounded = (isAnywhere ? pattern[Anywhere.Length..] : pattern).Replace(@"\w+", @"\w{1,40}", StringComparison.Ordinal)
            .Replace(@"\w*", @"\w{0,40}", StringComparison.Ordinal)
            .Replace(@"[\w'-]+", @"[\w'-]{1,40}", StringComparison.Ordinal)
            .Replace(")*", "){0,9}", StringComparison.Ordinal);
        var begun = isAnywhere ? $"({bounded})" : $@"\b({bounded})";
        words = RequiredWords.Of(begun);
        Expression = isAnywhere ? begun : begun + EndOfWord;
        regex = new Lazy<Regex>(() => new Regex(Expression, Options, Longest));
    }

    public string Expression { get; }

    public bool IsIn(string plain) => words.AreIn(plain) && regex.Value.IsMatch(plain);

    public IEnumerable<Match> In(string plain) => words.AreIn(plain) ? regex.Value.Matches(plain) : [];
}
