using ArmTwitch.Articles;

namespace ArmTwitch.Tests.Articles;

public sealed class SpellingSuggestionTests
{
    [Theory]
    [InlineData("nerves", "nerves", 0)]
    [InlineData("nervs", "nerves", 1)]
    [InlineData("nrevse", "nerves", 2)]
    [InlineData("", "ab", 2)]
    [InlineData("abc", "xyz", 3)]
    [InlineData("short", "muchlonger", 3)]
    public void Edits_are_counted_up_to_one_more_than_asked(string from, string to, int edits) =>
        Assert.Equal(edits, SpellingSuggestion.Edits(from, to, 2));

    [Theory]
    [InlineData("cafeine", "caffeine")]
    [InlineData("arm", "arm")]
    [InlineData("amr", "arm")]
    [InlineData("leg", null)]
    public void The_closest_word_is_found_or_none(string word, string? closest) =>
        Assert.Equal(closest, SpellingSuggestion.Closest(word, ["caffeine", "arm", "nerve"]));

    [Theory]
    [InlineData("cafeines", "caffeine")]
    [InlineData("weak-arm", "arm-weakness", "weak-hand")]
    [InlineData("/articles/caffeine", "caffeine", "/articles/caffeine-alcohol-stress-and-sleep")]
    [InlineData("Stroke", "stroke")]
    [InlineData("chest-ache", "chest-pain")]
    [InlineData("zzz")]
    [InlineData("")]
    public void The_nearest_names_are_few_and_like_it(string name, params string[] nearest) =>
        Assert.Equal(nearest, SpellingSuggestion.Nearest(
            name,
            [
                "caffeine", "arm-weakness", "weak-hand", "stroke", "chest-pain", "F010", "F011", "F012", "F013",
                "/articles/caffeine-alcohol-stress-and-sleep", "/articles/myths-about-twitching",
            ]));

    [Theory]
    [InlineData("F01", "F010", "F011", "F012")]
    [InlineData("F0100", "F010")]
    [InlineData("G77")]
    public void Misspelt_names_that_are_equally_close_are_all_offered_up_to_three(string name, params string[] meant) =>
        Assert.Equal(meant, SpellingSuggestion.Misspelt(name, ["F013", "F012", "F011", "F010", "F200"]));
}
