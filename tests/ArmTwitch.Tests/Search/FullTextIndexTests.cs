using ArmTwitch.Articles;
using ArmTwitch.Search.Indexing;

namespace ArmTwitch.Tests.Search;

public sealed class FullTextIndexTests(SharedSite shared) : IClassFixture<SharedSite>
{
    [Theory]
    [InlineData(300, false)]
    [InlineData(301, true)]
    public void What_more_than_three_hundred_articles_have_is_not_ranked_and_the_first_of_them_are_taken(int articles, bool isCommon)
    {
        var article = shared.Site.Get<ArticleLibrary>().Current.Latest[0];
        using var index = FullTextIndex.Build(
            [.. Enumerable.Repeat(article, articles)], Xunit.TestContext.Current.CancellationToken);

        Assert.Equal(isCommon, index.IsCommon("\"twitch\""));
        var found = index.Match("\"twitch\"", 60);
        Assert.Equal(60, found.Count);
        if (isCommon)
            Assert.Equal(Enumerable.Range(0, 60), found.Keys);
    }
}
