using ArmTwitch.Articles.ArticlePages.Sections;

namespace ArmTwitch.Tests.Articles.ArticlePages;

public sealed class ReadingTimeTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(300, 1)]
    [InlineData(1190, 5)]
    [InlineData(1400, 6)]
    public void A_text_takes_an_adult_one_minute_for_238_words(int words, int minutes) =>
        Assert.Equal(minutes, ReadingTime.MinutesFor(string.Join("\n ", Enumerable.Repeat("twitch", words))));
}
