using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ArmTwitch.Tests.Hosting;

/// <summary>What health says of content that can be read and shows nothing.</summary>
public sealed class ContentHealthCheckTests : IDisposable
{
    private readonly ContentCopy content = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => content.Dispose();

    [Fact]
    public async Task Articles_that_readers_see_are_healthy() =>
        Assert.Equal((HealthStatus.Healthy, "1 article"), await CheckAsync());

    [Fact]
    public async Task A_new_site_without_articles_says_where_they_belong()
    {
        content.Delete("articles/one.md");

        Assert.Equal(
            (HealthStatus.Degraded, $"There is no article in {Path.Combine(content.Folder, "articles")}."), await CheckAsync());
    }

    [Fact]
    public async Task A_clock_behind_the_days_of_all_articles_is_named()
    {
        content.WriteArticle("two", frontMatter: "draft: true");
        var behind = new FakeTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(
            (HealthStatus.Degraded, "Readers see no article. 1 of 2 wait for their day, and by the clock of this machine it is "
                + "2020-01-01; drafts: 1; withdrawn or with faults: 0."),
            await CheckAsync(behind));
    }

    private async Task<(HealthStatus Status, string? Reason)> CheckAsync(FakeTimeProvider? now = null)
    {
        var options = Options.Create(new ContentOptions { Path = content.Folder, CheckRules = false });
        var library = new ArticleLibrary(options, null!, now ?? clock, NullLogger<ArticleLibrary>.Instance);
        var result = await new ContentHealthCheck(library, now ?? clock)
            .CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
        return (result.Status, result.Description);
    }
}
