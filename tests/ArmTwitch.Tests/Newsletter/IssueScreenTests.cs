using System.Security.Claims;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter;

public sealed class IssueScreenTests : IAsyncLifetime
{
    private readonly NewsletterSite site = new();
    private readonly BunitContext bunit = new();

    public async ValueTask InitializeAsync()
    {
        bunit.Services.AddSingleton(site.Site.Get<IssueDesk>()).AddSingleton(site.Site.Get<IssueMails>()).AddSingleton(site.Site.Get<ArticleLibrary>())
            .AddSingleton(site.Site.Get<Mailings>()).AddSingleton(site.Site.Get<Outbox>()).AddSingleton<TimeProvider>(site.Site.Clock);
        var editor = bunit.AddAuthorization().SetAuthorized("Ada");
        editor.SetClaims(new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()), new Claim(ClaimTypes.Role, Policies.NameOf(ModeratorRole.Editor)), new Claim(ClaimTypes.Email, "editor@example.org"));
        await site.JoinAsync("ada@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        await bunit.DisposeAsync();
        site.Dispose();
    }

    [Fact]
    public void The_list_leads_to_each_issue_and_says_how_many_would_get_it()
    {
        var page = bunit.Render<IssuesPage>();

        page.WaitForAssertion(() => Assert.NotNull(page.Find("a[href='/moderation/newsletter/first-issue']")));
        Assert.Contains("1 person would get an issue today", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sending_takes_a_second_press()
    {
        var page = bunit.Render<IssueScreen>(parameters => parameters.Add(screen => screen.Name, "first-issue"));
        page.WaitForElement("#send");

        await page.FindAll("button").Single(button => button.TextContent is "Send now").ClickAsync(new());
        var before = (await site.Site.Get<IssueDesk>().FindAsync(Slug.Parse("first-issue"), Xunit.TestContext.Current.CancellationToken))!.State;
        await page.FindAll("button").Single(button => button.TextContent is "Yes, send it now").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("It begins within seconds", page.Find(".said").TextContent, StringComparison.Ordinal));
        Assert.Equal(IssueState.Draft, before);
        Assert.Equal(IssueState.Scheduled, (await site.Site.Get<IssueDesk>().FindAsync(Slug.Parse("first-issue"), Xunit.TestContext.Current.CancellationToken))!.State);
    }
}
