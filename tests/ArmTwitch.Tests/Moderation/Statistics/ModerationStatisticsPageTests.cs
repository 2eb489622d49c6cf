using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderation.Auditing;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.Statistics;
using ArmTwitch.Moderators;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Moderation.Statistics;

public sealed class ModerationStatisticsPageTests : IAsyncLifetime
{
    private readonly ModerationTestSite site = new();
    private readonly BunitContext bunit = new();

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        bunit.Services.AddSingleton(site.Get<ModerationStatistics>()).AddSingleton(site.Get<AuditLog>());
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
    public void The_audit_log_lists_the_newest_first_and_links_to_the_files()
    {
        var page = bunit.Render<AuditPage>();
        page.WaitForElement("tbody tr");

        Assert.Equal(["Marked as spam", "Approved"], page.FindAll("tbody td:nth-child(3)").Select(cell => cell.TextContent));
        Assert.Equal("Ada", page.Find("tbody td:nth-child(2)").TextContent);
        Assert.Equal(
            ["/moderation/audit/export?format=csv", "/moderation/audit/export?format=json"],
            page.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.DoesNotContain("Bad", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_log_has_pages()
    {
        var comment = await site.WriteAsync("Many");
        await site.SaveAsync([.. Enumerable.Range(0, AuditLog.PageSize).Select(_ => new CommentDecision
        {
            CommentId = comment.Id,
            Revision = 1,
            Kind = DecisionKind.OriginalRead,
            By = "Grace",
            Before = CommentStatus.Pending,
            After = CommentStatus.Pending,
            At = site.Clock.GetUtcNow(),
            Flags = "",
        })]);
        bunit.Services.GetRequiredService<NavigationManager>().NavigateTo("/moderation/audit?page=2");

        var page = bunit.Render<AuditPage>();
        page.WaitForElement("tbody tr");

        Assert.Equal(2, page.FindAll("tbody tr").Count);
        Assert.Equal("/moderation/audit?page=1", page.Find("[rel=prev]").GetAttribute("href"));
        Assert.Empty(page.FindAll("[rel=next]"));
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
