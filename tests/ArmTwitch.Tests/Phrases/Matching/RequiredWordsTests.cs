using ArmTwitch.Phrases.Matching;

namespace ArmTwitch.Tests.Phrases.Matching;

public sealed class RequiredWordsTests
{
    [Theory]
    [InlineData("twitch", "a twitch", "a twist")]
    [InlineData(@"(took|taken)(\s+my)?\s+pills?", "taken a pill", "took a tablet")]
    [InlineData(@"(took|taken)(\s+my)?\s+pills?", "i took pills", "a pill")]
    [InlineData(@"kill(ing)?\s+my ?self", "kill it all by myself", "killing")]
    [InlineData(@"\bend['\s]?(s|ed)\b", "it ends", "it is over")]
    [InlineData("(suicid[ae]l|[ck]ms)", "cms", "suici")]
    [InlineData("(suicid[ae]l|[ck]?)", "", null)]
    [InlineData(@"(want\s+to\s+){1,3}die", "i want to die", "die")]
    [InlineData(@"(want\s+to\s+){0,3}die", "die", "want to")]
    [InlineData(@"\d+ ?m\.g\.", "400 m.g.", "400 mg")]
    [InlineData(@"[^\]'-]+out", "way out", "way")]
    [InlineData(@"(?m:^)kill(?>\s+)me", "kill me", "kill you")]
    [InlineData(@"kill\u0027s", "it kill's", "it kills")]
    public void A_text_without_the_words_of_a_phrase_is_not_searched_for_it(string pattern, string with, string? without)
    {
        var words = RequiredWords.Of(pattern);

        Assert.True(words.AreIn(with));
        Assert.True(without is null || !words.AreIn(without));
    }

    [Fact]
    public void More_forms_than_can_be_counted_hide_nothing()
    {
        var any = string.Concat(Enumerable.Repeat("(a|b|c|d|e|f|g)", 5));

        Assert.True(RequiredWords.Of($"{any}|pill").AreIn("abcde"));
        Assert.True(RequiredWords.Of($"take {any}").AreIn("take abcde"));
    }

    [Fact]
    public void A_bracket_that_nobody_opened_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => RequiredWords.Of("(took|taken) pills)"));
}
