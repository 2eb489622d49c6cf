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
}
