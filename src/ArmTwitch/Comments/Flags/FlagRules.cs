using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ArmTwitch.Comments.Flags;

/// <summary>All rules, and how they are run.</summary>
public static class FlagRules
{
    /// <summary>A rule that takes longer, twice, gets a flag that it could not check.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    /// <summary>Separates the words that a rule found in several places.</summary>
    public const string Between = " · ";

    private const int MostWords = 200;

    /// <summary>The most urgent first.</summary>
    public static IReadOnlyList<FlagRule> All { get; } = WarmUp([CrisisRule.Rule, .. RedFlagRules.Rules, .. ConductRules.Rules]);

    /// <returns>At most one flag of each rule, and one more when it could not check; in the order of the rules.</returns>
    public static IReadOnlyList<Flag> FindFlags(string author, string text, IReadOnlyList<FlagRule>? rules = null)
    {
        var input = new CommentInput(author, text);
        return [.. (rules ?? All).SelectMany(rule => RunRule(rule, input))];
    }

    /// <summary>Whether these may be the words of somebody in danger, who is then shown whom to call first of all.</summary>
    public static bool IsCrisis(string author, string text) => FindFlags(author, text, [CrisisRule.Rule]).Count > 0;

    /// <summary>Whether these may be the words of somebody who needs medical help now.</summary>
    public static bool IsRedFlag(string text) => FindFlags("", text, RedFlagRules.Rules).Count > 0;

    private static IEnumerable<Flag> RunRule(FlagRule rule, CommentInput input)
    {
        // Run a slow rule once more: the machine may have been busy.
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
#pragma warning disable CA1031 // Whatever fails, a moderator has to look.
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
            $"The rule “{rule.Title}” could not check this comment. Read it with that in mind.");

    private static string Shortened(string[] words)
    {
        var parts = words.Select(part => part.ReplaceLineEndings(" ").Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var whole = parts.Where(part =>
            !parts.Any(other => other.Length > part.Length && other.Contains(part, StringComparison.OrdinalIgnoreCase)));
        var told = string.Join(Between, whole.Take(5));
        return told.Length <= MostWords ? told : $"{Beginning.Of(told, MostWords - 1)}…";
    }

    /// <summary>
    /// Makes what every comment needs: during the first one after a start it would take so long that rules would count as failed.
    /// </summary>
    private static FlagRule[] WarmUp(FlagRule[] rules)
    {
        FindFlags("Ada", "My arm twitches, no weakness. Is it 400 mg? See example.com", rules);
        return rules;
    }
}
