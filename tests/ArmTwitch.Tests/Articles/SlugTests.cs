using ArmTwitch.Articles;

namespace ArmTwitch.Tests.Articles;

public sealed class SlugTests
{
    [Theory]
    [InlineData("arm-muscle-twitching")]
    [InlineData("a")]
    [InlineData("covid-19")]
    public void Lower_case_words_are_a_slug(string text) => Assert.Equal(text, Slug.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Arm")]
    [InlineData("arm twitch")]
    [InlineData("-arm")]
    [InlineData("arm-")]
    [InlineData("arm--twitch")]
    [InlineData("ärm")]
    [InlineData("../etc")]
    [InlineData("arm\n")]
    public void Anything_else_is_none(string? text) => Assert.False(Slug.TryParse(text, out _));

    [Fact]
    public void Eighty_characters_are_the_most()
    {
        Assert.True(Slug.TryParse(new string('a', 80), out _));
        Assert.False(Slug.TryParse(new string('a', 81), out _));
    }
}
