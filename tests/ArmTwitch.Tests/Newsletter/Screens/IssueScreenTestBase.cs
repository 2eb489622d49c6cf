using System.Security.Claims;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.SigningIn;
using ArmTwitch.Newsletter.Drafting;
using ArmTwitch.Newsletter.Drafting.Parts;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Recipients;
using ArmTwitch.Newsletter.Screens;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

/// <summary>An editor at the screen of an issue.</summary>
public abstract class IssueScreenTestBase : IAsyncLifetime
{
    private protected readonly NewsletterTestSite site = new();
    private protected readonly BunitContext bunit = new();

    public async ValueTask InitializeAsync()
    {
        bunit.Services.AddSingleton(site.Site.Get<IssueService>()).AddSingleton(site.Site.Get<IssueDigestMaker>())
            .AddSingleton(site.Site.Get<IssueMailFactory>()).AddSingleton(site.Site.Get<ArticleLibrary>())
            .AddSingleton(site.Site.Get<IssueAudience>()).AddSingleton(site.Site.Get<MailingService>())
            .AddSingleton<TimeProvider>(site.Site.Clock).AddScoped<EditorConnection>()
            .AddSingleton(site.Site.Get<IssueDraftService>()).AddSingleton(site.Site.Get<IssueEditorPresence>())
            .AddSingleton(site.Site.Get<ModeratorAccounts>()).AddSingleton(site.Site.Get<IssueAftermath>())
            .AddSingleton(site.Site.Get<UnknownMailService>()).AddSingleton(site.Site.Get<IssueRecipientService>())
            .AddSingleton(site.Site.Get<IssueCopyCounts>())
            .AddSingleton(site.Site.Get<MailCircuitBreaker>()).AddSingleton(site.Site.Get<ClockComparison>());
        bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        var editor = bunit.AddAuthorization().SetAuthorized("Ada");
        editor.SetClaims(new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()),
            new Claim(ClaimTypes.Role, ModeratorPolicies.NameOf(ModeratorRole.Editor)), new Claim(ClaimTypes.Email, "editor@example.org"),
            new Claim(ModeratorClaimsFactory.DisplayName, "Grace"));
        await site.JoinAsync("ada@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        await bunit.DisposeAsync();
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private protected IRenderedComponent<IssueScreen> Open()
    {
        var page = bunit.Render<IssueScreen>(parameters => parameters.Add(screen => screen.Name, "first-issue"));
        page.WaitForElement("#send");
        return page;
    }

    private protected static async Task PressAsync(IRenderedComponent<IssueScreen> page, params string[] buttons)
    {
        foreach (var button in buttons)
        {
            page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), one => one.TextContent == button));
            await page.FindAll("button").First(one => one.TextContent == button).ClickAsync(new());
        }
    }

    private protected static async Task<IReadOnlyList<string>> TurnAsync(IRenderedComponent<IssueScreen> page, string button, int count)
    {
        var before = page.Find(".cards tbody th").TextContent;
        await PressAsync(page, button);
        page.WaitForAssertion(() => Assert.NotEqual(before, page.Find(".cards tbody th").TextContent));
        return Seen(page, count);
    }

    private protected static IReadOnlyList<string> Seen(IRenderedComponent<IssueScreen> page, int count)
    {
        page.WaitForAssertion(() => Assert.Equal(count, page.FindAll(".cards tbody th").Count), TimeSpan.FromSeconds(10));
        return [.. page.FindAll(".cards tbody th").Select(row => row.TextContent)];
    }

    private protected Task MoveAsync() => site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);

    private protected async Task PutAsync(MailState state, string answer)
    {
        await using var db = site.Site.Database();
        await db.Set<OutgoingMail>().Where(mail => mail.MailingId != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(mail => mail.State, state).SetProperty(mail => mail.Answer, answer).SetProperty(
                    mail => mail.Status, state == MailState.Dead ? "5.1.1" : null), Stop);
    }

    /// <summary>The page looks again every second.</summary>
    private protected void Says(IRenderedComponent<IssueScreen> page, string words)
    {
        if (page.Find(".issue-said").TextContent.Trim() != words)
            site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
        page.WaitForAssertion(() => Assert.Equal(words, page.Find(".issue-said").TextContent.Trim()), TimeSpan.FromSeconds(10));
    }
}
