using System.Security.Claims;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.SubscriberScreens;
using ArmTwitch.Newsletter.Subscribing;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.SubscriberScreens;

public sealed class SubscriberScreenTests : IAsyncLifetime
{
    private readonly NewsletterTestSite site = new();
    private readonly BunitContext bunit = new();
    private Subscriber ada = null!;

    public async ValueTask InitializeAsync()
    {
        bunit.Services.AddSingleton(site.Site.Get<SubscriberDirectory>()).AddScoped<SubscriberListState>()
            .AddSingleton(site.Site.Get<SubscriptionService>()).AddSingleton(site.Site.Get<SignUpProcessor>())
            .AddSingleton(site.Site.Get<SessionStore>()).AddSingleton<TimeProvider>(site.Site.Clock);
        bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        ada = await site.JoinAsync("ada@example.org");
        var editor = await site.SignInEditorAsync();
        bunit.AddAuthorization().SetAuthorized(editor.Name).SetClaims(
            new Claim(ClaimTypes.NameIdentifier, editor.Id.ToString()), new Claim(ClaimTypes.Email, editor.Email),
            new Claim(ClaimTypes.Role, ModeratorPolicies.NameOf(editor.Role)), new Claim(ModeratorClaimsFactory.DisplayName, editor.Name));
    }

    public async ValueTask DisposeAsync()
    {
        await bunit.DisposeAsync();
        site.Dispose();
    }

    [Fact]
    public async Task The_list_shows_each_state_and_finds_an_address_without_naming_it_in_an_address()
    {
        await site.AskAsync("bob@example.org");
        var page = bunit.Render<SubscriberListScreen>();
        page.WaitForAssertion(() => Assert.Contains("ada@example.org", page.Find("[aria-label=Subscribers]").TextContent, StringComparison.Ordinal));
        Assert.Contains("1 person gets the newsletter", page.Find("#weeks").TextContent, StringComparison.Ordinal);

        await page.FindAll(".tabs button")[1].ClickAsync(new());
        page.WaitForAssertion(() => Assert.Contains("bob@example.org", page.Find("[aria-label=Subscribers]").TextContent, StringComparison.Ordinal));
        await page.Find("#find").InputAsync("ada@");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal($"/moderation/subscribers/{ada.Id}", page.Find("[aria-label=Subscribers] tbody a").GetAttribute("href")));
        Assert.Equal("1 address found.", page.Find("p[role=status]").TextContent);
        Assert.DoesNotContain(page.FindAll("[href], [action], [name]"), one =>
            one.OuterHtml.Contains("example.org\"", StringComparison.Ordinal) || one.HasAttribute("name"));
        Assert.DoesNotContain("style=", page.Markup, StringComparison.Ordinal);
        // Whoever comes back finds the search again.
        var again = bunit.Render<SubscriberListScreen>();
        again.WaitForAssertion(() => Assert.Equal("ada@", again.Find("#find").GetAttribute("value")));
    }

    [Fact]
    public async Task The_search_tells_what_is_left_of_an_erased_address()
    {
        await site.Site.Get<SubscriptionService>().EraseAsync(ada.Id, await site.SignInEditorAsync(name: "Hal"), Stop);
        var page = bunit.Render<SubscriberListScreen>();

        await page.Find("#find").InputAsync("ada@example.org");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("Was erased, by an editor", page.Find(".panel[aria-labelledby=kept]").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("email,consent_at,source,wording\neve@example.org,2025-05-01T10:00:00Z,old-site,2025-01\n", "1 May 2025, 10:00 UTC, says the list", "Imported with a list. The list says that they agreed to “2025-01” on “old-site” on 1 May 2025, 10:00 UTC.")]
    [InlineData("email,subscribed_to_emails,created_at\neve@example.org,true,2024-01-02T03:04:05.000Z\n", "2 Jan 2024, 03:04 UTC, says the list", "they came with a list that does not prove their consent")]
    [InlineData("email,subscribed_to_emails,created_at\neve@example.org,false,2024-01-02T03:04:05.000Z\n", "2 Jan 2024, 03:04 UTC, says the list", "they came with a list as somebody who gets no mail")]
    [InlineData("email\neve@example.org\n", null, "they came with a list that does not prove their consent")]
    public async Task Who_was_imported_signed_up_when_the_list_says_and_not_on_the_day_of_the_import(string table, string? first, string ledger)
    {
        await site.Site.Get<SubscriberImportExport>().ImportAsync(new StringReader(table), apply: true, Stop);
        var eve = await site.FindAsync("eve@example.org");

        var page = bunit.Render<SubscriberScreen>(parameters => parameters.Add(screen => screen.Id, eve.Id));
        page.WaitForElement("#acts");

        var facts = page.FindAll(".kept-facts > div").ToDictionary(row => row.Children[0].TextContent, row => row.Children[1].TextContent);
        Assert.Equal(first, facts.GetValueOrDefault("First signed up"));
        Assert.Equal($"{site.Site.Clock.GetUtcNow():d MMM yyyy, HH:mm} UTC", facts["Imported"]);
        Assert.DoesNotContain("Last signed up", facts.Keys);
        Assert.Contains(ledger, page.Find("[aria-labelledby=ledger]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_imported_consent_it_is_told_what_the_editor_said_who_imported_it()
    {
        await using var file = new SubscriberImportFile("email,subscribed_to_emails,created_at\neve@example.org,true,2024-01-02T03:04:05.000Z\n"u8.ToArray());
        file.Consent = new SubscriberImportConsent("old-site", "News once a month");
        await site.Site.Get<SubscriberTransferService>().ImportAsync(file, by: null, cancellationToken: Stop);
        var eve = await site.FindAsync("eve@example.org");

        var page = bunit.Render<SubscriberScreen>(parameters => parameters.Add(screen => screen.Id, eve.Id));
        page.WaitForElement("#acts");

        Assert.Contains(
            "Imported with a list. The editor who imported it says that they agreed to “News once a month” on “old-site”; the list says that it was on 2 Jan 2024, 03:04 UTC.",
            page.Find("[aria-labelledby=ledger]").TextContent, StringComparison.Ordinal);
        var facts = page.FindAll(".kept-facts > div").ToDictionary(row => row.Children[0].TextContent, row => row.Children[1].TextContent);
        Assert.Equal("“News once a month”, says the editor who imported the list", facts["Agreed to"]);
        Assert.Contains("Imported", facts.Keys);
    }

    [Theory]
    [InlineData("2026-11-26", "the wording of 26 November 2026")]
    [InlineData("2025-01", "“2025-01”")]
    [InlineData("News", "“News”")]
    public void A_version_of_our_words_is_named_by_its_day(string wording, string expected) =>
        Assert.Equal(expected, ConsentWording.Named(wording));

    [Fact]
    public async Task The_search_goes_on_behind_the_first_fifty()
    {
        await site.Site.Get<SubscriberImportExport>().ImportAsync(
            new StringReader("email\n" + string.Concat(Enumerable.Range(100, 60).Select(number => $"reader{number}@example.org\n"))), apply: true, Stop);
        var page = bunit.Render<SubscriberListScreen>();
        await page.Find("#find").InputAsync("reader");
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("Addresses 1 to 50 that begin so.", page.Find("p[role=status]").TextContent));

        await page.FindAll("[aria-label=Pages] button")[1].ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("Addresses 51 to 60 that begin so.", page.Find("p[role=status]").TextContent));
        Assert.Equal("reader150@example.org", page.Find("[aria-label=Subscribers] tbody a").TextContent);
    }

    [Fact]
    public async Task Unsubscribing_takes_an_answer_that_no_double_press_gives_and_the_page_follows()
    {
        var page = Open();

        await PressAsync(page, "Unsubscribe…", "Unsubscribe…");
        Assert.Equal(SubscriberState.Confirmed, await site.StateAsync(ada.Id));
        await page.FindAll("button").Single(button => button.TextContent is "Yes, unsubscribe them").ClickAsync(new MouseEventArgs { Detail = 2 });
        Assert.Equal(SubscriberState.Confirmed, await site.StateAsync(ada.Id));
        await PressAsync(page, "Yes, unsubscribe them");

        page.WaitForAssertion(() => Assert.Equal("They are unsubscribed.", page.Find(".acts [role=status]").TextContent));
        Assert.Equal("Left", page.Find(".page-head .badge").TextContent);
        Assert.Contains("Left, by an editor", page.Find("[aria-labelledby=ledger]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent is "Unsubscribe…");
    }

    [Fact]
    public async Task The_title_and_the_addresses_of_the_page_name_nobody()
    {
        var page = Open();

        Assert.Equal("ada@example.org", page.Find("h1").TextContent);
        Assert.DoesNotContain(page.FindAll("a"), link => link.GetAttribute("href")!.Contains('@', StringComparison.Ordinal));
        await PressAsync(page, "Erase…", "Yes, erase this subscriber");
        page.WaitForAssertion(() => Assert.Equal("Erased", page.Find("h1").TextContent));
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private IRenderedComponent<SubscriberScreen> Open()
    {
        var page = bunit.Render<SubscriberScreen>(parameters => parameters.Add(screen => screen.Id, ada.Id));
        page.WaitForElement("#acts");
        return page;
    }

    private static async Task PressAsync(IRenderedComponent<SubscriberScreen> page, params string[] buttons)
    {
        foreach (var button in buttons)
        {
            page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), one => one.TextContent == button));
            await page.FindAll("button").First(one => one.TextContent == button).ClickAsync(new());
        }
    }
}
