using System.Security.Claims;
using ArmTwitch.Articles;
using ArmTwitch.Data;
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
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Screens;

/// <summary>Two editors in their browsers, and what they do with an issue.</summary>
public abstract class IssueEditorTestBase : IAsyncLifetime
{
    private protected FailingCommandInterceptor Failing { get; } = new();

    private protected NewsletterTestSite Site { get; }

    protected BunitContext Ada { get; } = new();

    protected BunitContext Grace { get; } = new();

    protected IssueEditorTestBase() => Site = new NewsletterTestSite(DatabaseKind.Sqlite, Failing);

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    protected IssueDraftService Drafts => Site.Site.Get<IssueDraftService>();

    public async ValueTask InitializeAsync()
    {
        foreach (var (browser, name) in new[] { (Ada, "Ada"), (Grace, "Grace") })
        {
            browser.JSInterop.Mode = JSRuntimeMode.Loose;
            browser.Services.AddSingleton(Site.Site.Get<IssueService>()).AddSingleton(Site.Site.Get<IssueDigestMaker>())
                .AddSingleton(Site.Site.Get<IssueMailFactory>()).AddSingleton(Site.Site.Get<ArticleLibrary>())
                .AddSingleton(Site.Site.Get<IssueAudience>()).AddSingleton(Drafts).AddSingleton(Site.Site.Get<IssueEditorPresence>())
                .AddSingleton(Site.Site.Get<ModeratorAccounts>()).AddSingleton(Site.Site.Get<IssueAftermath>()).AddSingleton<TimeProvider>(Site.Site.Clock)
                .AddScoped<EditorConnection>().AddSingleton(Site.Site.Get<IssueCopyCounts>()).AddSingleton(Site.Site.Get<MailCircuitBreaker>());
            browser.AddAuthorization().SetAuthorized(name).SetClaims(
                new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()),
                new Claim(ClaimTypes.Role, ModeratorPolicies.NameOf(ModeratorRole.Editor)),
                new Claim(ClaimTypes.Email, $"{name}@example.org"), new Claim(ModeratorClaimsFactory.DisplayName, name));
        }

        await Site.JoinAsync("reader@example.org");
    }

    public async ValueTask DisposeAsync()
    {
        await Ada.DisposeAsync();
        await Grace.DisposeAsync();
        Site.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static TimeSpan Patience => TimeSpan.FromSeconds(10);

    protected async Task<string> BeginAsync(string introduction = "")
    {
        var (slug, by) = (await Drafts.StartAsync(Guid.NewGuid(), Stop), Guid.NewGuid());
        if (introduction.Length > 0)
            await Drafts.SaveAsync(slug, new IssueDraft("Subject", "", introduction, ""), (await Drafts.FindAsync(slug, Stop))!, by, Stop);
        return slug.ToString();
    }

    protected static IRenderedComponent<IssueScreen> Open(BunitContext browser, string issue)
    {
        var page = browser.Render<IssueScreen>(parameters => parameters.Add(screen => screen.Name, issue));
        page.WaitForElement("#introduction");
        return page;
    }

    protected static Task TypeAsync(IRenderedComponent<IssueScreen> page, string field, string words) =>
        page.Find(field).InputAsync(new ChangeEventArgs { Value = words });

    protected static async Task PickAsync(IRenderedComponent<IssueScreen> page, string article)
    {
        var title = page.Services.GetRequiredService<ArticleLibrary>().Current.Find(Slug.Parse(article))!.Title;
        page.Find("#find-article").Input(title);
        await page.FindAll(".choices button").Single(button => button.QuerySelector(".choice-title")!.TextContent == title).ClickAsync(new());
    }

    protected static async Task PressAsync(IRenderedComponent<IssueScreen> page, params string[] buttons)
    {
        foreach (var button in buttons)
        {
            for (var left = 100; await page.InvokeAsync(() => page.FindAll("button").All(one => one.TextContent != button)); left--)
            {
                Assert.True(left > 0, $"There is no button {button}: {page.Markup}");
                await Task.Delay(50, Stop);
            }

            await page.FindAll("button").First(one => one.TextContent == button).ClickAsync(new());
        }
    }

    protected Task SavesAsync(IRenderedComponent<IssueScreen> page) => UntilAsync(
        page, () => page.FindAll(".save-state.pending").Count is 0
            && page.Find(".save-state [role=status]").TextContent.StartsWith("Saved ", StringComparison.Ordinal));

    /// <summary>Lets time pass until something is so.</summary>
    protected async Task UntilAsync(IRenderedComponent<IssueScreen> page, Func<bool> isSo)
    {
        for (var left = 100; !await page.InvokeAsync(isSo); left--)
        {
            Assert.True(left > 0, page.Markup);
            Site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(50, Stop);
        }
    }
}
