using ArmTwitch.Data;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.Statistics;
using ArmTwitch.Moderators;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Moderation.Statistics;

public sealed class ModerationStatisticsPageTests : IAsyncLifetime
{
    private readonly ModerationTestSite site = new();
    private readonly BunitContext bunit = new();

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bunit.Services.AddSingleton(site.Get<ModerationStatistics>());
        var ada = await site.AddModeratorAsync("Ada");
        var good = await site.WriteAsync("Good", rules: "drug-dose");
        var bad = await site.WriteAsync("Bad", rules: "drug-dose");
        await site.WriteAsync("Still waiting");
        site.Clock.Advance(TimeSpan.FromMinutes(90));
        await site.Decisions.DecideAsync(good.Id, 1, Decision.Approve, ada, Cancel);
        await site.Decisions.DecideAsync(bad.Id, 1, Decision.Spam, ada, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await bunit.DisposeAsync();
        await site.DisposeAsync();
    }

    [Fact]
    public void Figures_say_what_waits_and_how_it_was_decided()
    {
        var page = bunit.Render<ModerationStatisticsPage>();
        page.WaitForElement("svg.chart");

        Assert.Equal(["1", "1 h 30 min", "1 h 30 min"], page.FindAll(".figures dd").Select(figure => figure.TextContent));
        Assert.Equal(["approve", "spam", "axis"], page.FindAll(".chart rect").Select(bar => bar.ClassName));
        Assert.Equal(
            ["30 November", "1", "0", "0", "1", "0", "2"],
            page.FindAll("[aria-label^='Decisions'] tbody tr > *").Select(cell => cell.TextContent));
        Assert.Equal(
            ["drug-dose", "2", "1", "0"], page.FindAll("[aria-label^='Precision'] tbody tr > *").Take(4).Select(cell => cell.TextContent));
        Assert.StartsWith("50", page.FindAll("[aria-label^='Precision'] tbody td")[^1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_are_in_the_navigation() =>
        Assert.Equal(
            [("/moderation/figures", ModeratorRole.Moderator), ("/moderation/audit", ModeratorRole.Moderator)],
            from link in site.Get<IEnumerable<ModerationNavigationLink>>()
            where link.Title is "Figures" or "Audit"
            orderby link.Group
            select (link.Address, link.AtLeast));
}
