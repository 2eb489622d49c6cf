using System.Reflection;
using System.Text.RegularExpressions;
using ArmTwitch.Phrases;

namespace ArmTwitch.Tests.Phrases;

public sealed partial class PhrasePatternsTests
{
    private static readonly List<PhrasePatterns> All =
    [
        .. typeof(PhrasePatterns).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(PhrasePatterns)).Select(field => (PhrasePatterns)field.GetValue(null)!),
        .. Enum.GetValues<RedFlag>().Select(RedFlagPhrases.Of),
    ];

    /// <summary>So the search for a phrase sees a few words from each place, and a hostile text cannot make it slow.</summary>
    [Fact]
    public void What_repeats_in_a_phrase_has_an_end()
    {
        var phrases = All.SelectMany(patterns => patterns.Expressions).ToList();

        Assert.InRange(phrases.Count, 500, 10_000);
        Assert.DoesNotContain(phrases, phrase => Endless().IsMatch(PlainClass().Replace(phrase, "[]")));
    }

    [Fact]
    public void One_phrase_does_not_hide_another()
    {
        var patterns = new PhrasePatterns("a new twitch\ntwitch at night");

        Assert.Equal(["a new twitch", "twitch at night"], patterns.In("a new twitch at night").Select(match => match.Value));
    }

    [Fact]
    public void What_was_found_comes_in_the_order_of_the_text()
    {
        var patterns = new PhrasePatterns("# English\nnight\n\n# More\ntwitch\\w*");

        Assert.Equal(["twitches", "night"], patterns.In("it twitches at night").Select(match => match.Value));
    }

    [Theory]
    [InlineData("tell them~3 goodbye", "tell them all my goodbye", true)]
    [InlineData("tell them~1 goodbye", "tell them all my goodbye", false)]
    [InlineData("so( very)* tired", "so very very   very\ntired", true)]
    [InlineData("good ?bye", "good bye", true)]
    [InlineData("don't know", "dont know", true)]
    [InlineData("on the tram", "on the trampoline", false)]
    [InlineData("on the tram", "on the trams", true)]
    [InlineData("for sale", "for sale.", true)]
    [InlineData("no hope{end}", "no hope\nmy arm", true)]
    [InlineData("{cannot} sleep", "can hardly sleep", true)]
    [InlineData("no hope{end}", "'no hope' he said", true)]
    [InlineData("no hope{end}", "no hope 'til then", false)]
    public void A_phrase_means_what_its_signs_say(string phrase, string text, bool isFound) =>
        Assert.Equal(isFound, new PhrasePatterns(phrase).MayBeIn(text));

    /// <summary>White space, digits and marks may repeat: a word that could begin the phrase does not stand among them.</summary>
    [GeneratedRegex(@"\)[*+]|\\w[*+]|\[(?!\^)[^\]]*\\w[^\]]*\][*+]|(?<!\\)[a-z.][*+]")]
    private static partial Regex Endless();

    [GeneratedRegex(@"\[[^\]\\]*\]")]
    private static partial Regex PlainClass();
}
