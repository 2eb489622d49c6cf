using System.Diagnostics;
using System.Text.RegularExpressions;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Comments.Flags;

/// <summary>Every rule that looks at a comment before a person does.</summary>
public static class FlagRules
{
    /// <summary>Slower than this is as good as not at all.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>Stands between the words that one rule saw in several places.</summary>
    public const string Between = " · ";

    private const int MostWords = 200;

    /// <summary>The most urgent first.</summary>
    public static IReadOnlyList<FlagRule> All { get; } = WarmUp([CrisisRule.Rule, .. RedFlagRules.Rules, .. ConductRules.Rules]);

    /// <returns>One flag at most from each rule, in the order of the rules.</returns>
    public static IReadOnlyList<Flag> FindFlags(string author, string text, IReadOnlyList<FlagRule>? rules = null)
    {
        var input = new CommentInput(author, text);
        return [.. (rules ?? All).SelectMany(rule => RunRule(rule, input))];
    }

    /// <summary>Whether they may be the words of somebody in danger: then whom to call comes before anything else, stored or not.</summary>
    public static bool IsCrisis(string author, string text) => FindFlags(author, text, [CrisisRule.Rule]).Count > 0;

    private static IEnumerable<Flag> RunRule(FlagRule rule, CommentInput input)
    {
        // The machine may have been busy with something else: a slow rule is asked once more.
        var slow = true;
        string[] words = [];
        for (var attempt = 0; attempt < 2 && slow; attempt++)
        {
            var clock = Stopwatch.StartNew();
            try
            {
                words = [.. rule.Find(input)];
            }
            catch (RegexMatchTimeoutException) when (attempt is 0)
            {
                continue;
            }
#pragma warning disable CA1031 // Whatever a rule trips over, a person has to look.
            catch (Exception)
#pragma warning restore CA1031
            {
                return [TimedOutFlag(rule)];
            }

            slow = clock.Elapsed > Longest;
        }

        IEnumerable<Flag> seen = words is [] ? [] : [new Flag(rule.Id, rule.Version, rule.Level, Shortened(words), rule.Why)];
        return slow ? seen.Append(TimedOutFlag(rule)) : seen;
    }

    private static Flag TimedOutFlag(FlagRule rule) =>
        new(
            Flag.CouldNotCheck, rule.Version, rule.Level, "",
            $"The rule “{rule.Title}” ({rule.Id}) could not check this comment. Read it with that in mind.");

    private static string Shortened(string[] words)
    {
        var parts = words.Select(part => part.ReplaceLineEndings(" ").Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var whole = parts.Where(part =>
            !parts.Any(other => other.Length > part.Length && other.Contains(part, StringComparison.OrdinalIgnoreCase)));
        var told = string.Join(Between, whole.Take(5));
        return told.Length <= MostWords ? told : $"{CommentTextCleaner.Excerpt(told, MostWords - 1)}…";
    }

    /// <summary>The first comment after a start would otherwise pay for building every pattern, and be called uncheckable.</summary>
    private static FlagRule[] WarmUp(FlagRule[] rules)
    {
        FindFlags("Ada", "My arm twitches, no weakness. Is it 400 mg? See example.com", rules);
        return rules;
    }
}
