using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using ArmTwitch.Comments;
using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Tests.Comments.Flags;

/// <summary>How rules are run, and what becomes of what they find.</summary>
public sealed partial class FlagRulesTests
{
    [Fact]
    public void The_most_urgent_rules_come_first_and_each_has_its_own_name()
    {
        Assert.Equal(FlagRules.All.OrderBy(rule => rule.Level), FlagRules.All);
        Assert.Equal(FlagRules.All.Count, FlagRules.All.Select(rule => rule.Id).Append(Flag.CouldNotCheck).Distinct().Count() - 1);
        Assert.Equal(FlagLevel.Crisis, FlagRules.All[0].Level);
        Assert.All(FlagRules.All, rule => Assert.True(rule is { Version: > 0, Title.Length: > 0, Why.Length: > 0 }));
    }

    [Fact]
    public void A_flag_quotes_the_words_as_they_were_typed()
    {
        var flag = Assert.Single(FlagRules.FindFlags("Ada", "Since today: SHORTNESS of\nbreath, shortness of breath"));

        Assert.Equal(("breathing", 5, FlagLevel.RedFlag, "SHORTNESS of breath"), (flag.Rule, flag.Version, flag.Level, flag.Words));
    }

    [Fact]
    public void A_cry_for_help_in_the_name_is_found()
    {
        var flag = Assert.Single(FlagRules.FindFlags("I WANT to die", "My arm twitches."));

        Assert.Equal(("self-harm", "WANT to die"), (flag.Rule, flag.Words));
    }

    [Theory]
    [InlineData("Honestly, I will K1ll mySelf.", "K1ll mySelf")]
    [InlineData("I want to k i l l myself", "k i l l myself")]
    [InlineData("I feel su1c1dal, it is 10 pm", "su1c1dal")]
    public void Disguised_words_are_found_and_quoted_as_they_were_typed(string text, string words) =>
        Assert.Equal(("self-harm", words), FlagRules.FindFlags("Ada", text).Select(flag => (flag.Rule, flag.Words)).Single());

    [Fact]
    public void Words_within_others_are_quoted_once() =>
        Assert.Equal(
            "arm is suddenly weak", Assert.Single(FlagRules.FindFlags("Ada", "Since this morning my arm is suddenly weak.")).Words);

    [Fact]
    public void A_calm_comment_has_no_flag() =>
        Assert.Empty(FlagRules.FindFlags(
            "Ada",
            "My upper arm has twitched for two weeks, mostly in the evening. Less coffee and more sleep helped. Thank you for the page!"));

    [Fact]
    public void Full_width_letters_are_read_as_the_usual_ones()
    {
        var flag = Assert.Single(FlagRules.FindFlags("Ada", "I want to ｋｉｌｌ　ｍｙｓｅｌｆ"));

        Assert.Equal((FlagLevel.Crisis, "ｋｉｌｌ　ｍｙｓｅｌｆ"), (flag.Level, flag.Words));
    }

    [Fact]
    public void A_rule_that_throws_is_flagged_as_not_checked()
    {
        var broken = new FlagRule("broken", 3, FlagLevel.Crisis, "Broken", "", _ => throw new InvalidOperationException());
        var late = new FlagRule("late", 1, FlagLevel.RedFlag, "Late", "", Late);

        var flags = FlagRules.FindFlags("Ada", "Hello", [broken, late]);

        Assert.All(flags, flag => Assert.Equal(Flag.CouldNotCheck, flag.Rule));
        Assert.Equal([FlagLevel.Crisis, FlagLevel.RedFlag], flags.Select(flag => flag.Level));
        Assert.Contains("“Broken”", flags[0].Why, StringComparison.Ordinal);
        Assert.Contains("“Late”", flags[1].Why, StringComparison.Ordinal);

        static IEnumerable<string> Late(CommentInput input)
        {
            yield return "seen";
            throw new TimeoutException(input.Text);
        }
    }

    [Fact]
    public void A_slow_rule_is_flagged_and_keeps_what_it_found()
    {
        var slow = new FlagRule("slow", 1, FlagLevel.Ordinary, "Slow", "why", _ =>
        {
            Thread.Sleep(FlagRules.Longest * 1.2);
            return ["seen"];
        });

        Assert.Equal(["slow", Flag.CouldNotCheck], FlagRules.FindFlags("Ada", "Hello", [slow]).Select(flag => flag.Rule));
    }

    [Theory]
    [InlineData("i want to ")]
    [InlineData("no weakness, ")]
    [InlineData("can't ")]
    [InlineData("a.")]
    [InlineData("1 ")]
    [InlineData("my arm is ")]
    [InlineData("says \"")]
    [InlineData("Schwäche ")]
    [InlineData("at.")]
    [InlineData("A-")]
    public void The_longest_comment_is_checked_in_time(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 3000 / part.Length));
        FlagRules.FindFlags("Ada", text);
        var clock = Stopwatch.StartNew();

        var flags = FlagRules.FindFlags("Ada", text);

        Assert.InRange(clock.ElapsedMilliseconds, 0, 1000);
        Assert.DoesNotContain(flags, flag => flag.Rule is Flag.CouldNotCheck);
    }

    /// <summary>An automaton, which takes linear time without that, holds 2 MB; a line is tried once from its beginning.</summary>
    [Fact]
    public void What_repeats_in_an_expression_for_comments_has_an_end()
    {
        Type[] types = [typeof(CommentInput), typeof(ConductRules), typeof(PersonalDataPatterns)];
        var expressions = types
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(method => method.ReturnType == typeof(Regex) && method.GetParameters() is [])
            .Select(method => (Regex)method.Invoke(null, null)!).ToList();

        Assert.InRange(expressions.Count, 25, 100);
        Assert.DoesNotContain(expressions, expression => expression.Options.HasFlag(RegexOptions.NonBacktracking));
        Assert.DoesNotContain(expressions, expression =>
            !expression.Options.HasFlag(RegexOptions.Multiline) && Endless().IsMatch(EscapeOrClass().Replace(expression.ToString(), "x")));
    }

    [GeneratedRegex(@"[*+]|,\}")]
    private static partial Regex Endless();

    [GeneratedRegex(@"\\.|\[(\\.|[^\]\\])*\]")]
    private static partial Regex EscapeOrClass();
}
