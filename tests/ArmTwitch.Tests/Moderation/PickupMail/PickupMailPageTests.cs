using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Tests.Mail;
using ArmTwitch.Tests.Moderators;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Moderation.PickupMail;

public sealed class PickupMailPageTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admin_reads_what_was_sent_as_text_as_a_page_and_by_its_headers()
    {
        using var site = new ModeratorTestSite();
        var ada = await site.JoinAsync(role: ModeratorRole.Admin);
        await site.Site.QueueAsync("confirm", "grace@example.org");
        await site.Site.SendMailsAsync(Cancel);

        var list = await ada.Browser.OpenAsync("/moderation/mail");
        var link = list.QuerySelectorAll("main li a").Single(one => one.TextContent is "Grüße");
        var page = await ada.Browser.OpenAsync(link.GetAttribute("href")!);
        Assert.Contains("Plain words.", page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(
            page.QuerySelectorAll("tbody tr"),
            row => row.QuerySelector("th")!.TextContent is "To" && row.QuerySelector("td")!.TextContent is "grace@example.org");
        Assert.Contains(page.QuerySelectorAll("nav a"), entry => entry.GetAttribute("href") is "/moderation/mail");

        var frame = page.QuerySelector("iframe")!;
        Assert.Equal("allow-popups", frame.GetAttribute("sandbox"));
        Assert.Equal("Plain words.", (await ada.Browser.OpenAsync(frame.GetAttribute("src")!)).QuerySelector("p")!.TextContent);
    }

    [Theory]
    [InlineData("../../armtwitch")]
    [InlineData("nothing")]
    public async Task No_other_file_can_be_asked_for(string name)
    {
        using var site = new ModeratorTestSite();
        var ada = await site.JoinAsync(role: ModeratorRole.Admin);

        Assert.Equal(
            HttpStatusCode.NotFound,
            await ada.Browser.AskAsync(HttpMethod.Get, $"/moderation/mail/html?name={Uri.EscapeDataString(name)}"));
    }

    [Fact]
    public async Task A_stranger_reads_nothing_and_in_production_there_is_no_such_entry()
    {
        using var site = new ModeratorTestSite();
        Assert.Equal(HttpStatusCode.Found, await site.Visit().AskAsync(HttpMethod.Get, "/moderation/mail/html?name=x"));

        using var production = new TestSite(environment: "Production");
        using var visitor = production.Visit();
        Assert.DoesNotContain(production.Services.GetServices<ModerationNavigationLink>(), link => link.Address is "/moderation/mail");
    }
}
