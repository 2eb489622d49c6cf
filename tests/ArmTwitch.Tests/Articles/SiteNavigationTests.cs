using ArmTwitch.Articles;

namespace ArmTwitch.Tests.Articles;

public sealed class SiteNavigationTests : IDisposable
{
    private readonly ContentCopy content = new();

    public void Dispose() => content.Dispose();

    [Theory]
    [InlineData("Words [@F001].\n\n:::emergency-numbers\n:::", "/articles/when-to-get-help#numbers-by-country")]
    [InlineData("## Emergency numbers\n\nWords [@F001].", null)]
    public void The_way_to_all_numbers_leads_to_their_table_and_is_not_there_without_it(string body, string? address)
    {
        content.WriteArticle("when-to-get-help", body);
        content.WriteArticle("one", address is null ? "Words [@F001]." : $"See [all numbers]({address}) [@F001].");
        using var site = new TestSite(content.Folder);

        Assert.Equal(address, site.Get<SiteNavigation>().NumbersAddress(site.Get<ArticleLibrary>().Current));
        Assert.Empty(content.Faults());
    }
}
