using System.Net;
using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Tests.Newsletter.Subscribing;

public abstract class UnsubscribeTests(DatabaseKind database) : IDisposable
{
    private readonly NewsletterTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_of_the_link_has_one_button_and_changes_nothing()
    {
        var subscriber = await site.JoinAsync("ada@example.org");

        using var answer = await site.GetAsync(await AddressAsync(subscriber));

        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.StatusCode, answer.Headers.CacheControl!.ToString()));
        Assert.Single((await NewsletterTestSite.ReadAsync(answer)).QuerySelectorAll("main button"));
        Assert.Equal(SubscriberState.Confirmed, await site.StateAsync(subscriber.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_mail_program_leaves_with_one_click_without_cookie_or_origin(bool multipart)
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        using HttpContent body = multipart
            ? new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } }
            : new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);

        using var answer = await site.Reader.PostAsync(new Uri(await AddressAsync(subscriber), UriKind.Relative), body, Stop);

        Assert.Equal((HttpStatusCode.OK, SubscriberState.Unsubscribed), (answer.StatusCode, await site.StateAsync(subscriber.Id)));
        Assert.True(await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", SubscriptionService.Scope, Stop));
        Assert.Equal(
            (ConsentKind.Withdrawn, ConsentMethod.OneClick),
            ((await site.AllAsync<ConsentRecord>())[^1].Kind, (await site.AllAsync<ConsentRecord>())[^1].Method));
    }

    [Fact]
    public async Task Even_a_webmail_on_another_site_may_press_the_button()
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        using var request = new HttpRequestMessage(HttpMethod.Post, await AddressAsync(subscriber))
        {
            Content = new StringContent("List-Unsubscribe=One-Click")
        };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Origin", "https://mail.example");

        using var answer = await site.Reader.SendAsync(request, Stop);

        Assert.Equal((HttpStatusCode.OK, SubscriberState.Unsubscribed), (answer.StatusCode, await site.StateAsync(subscriber.Id)));
    }

    [Fact]
    public async Task The_link_can_be_used_again()
    {
        var address = await AddressAsync(await site.JoinAsync("ada@example.org"));
        var texts = new HashSet<string>();
        foreach (var one in new[] { address, address })
        {
            using var answer = await site.PostAsync(one);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            texts.Add(await answer.Content.ReadAsStringAsync(Stop));
        }

        Assert.Contains("You have left", Assert.Single(texts), StringComparison.Ordinal);
        Assert.Single(await site.AllAsync<ConsentRecord>(), record => record.Kind is ConsentKind.Withdrawn);
    }

    [Fact]
    public async Task A_mail_program_gets_the_same_answer_for_an_unknown_link()
    {
        var texts = new HashSet<string>();
        foreach (var one in new[] { await AddressAsync(await site.JoinAsync("ada@example.org")), Unknown(), "/newsletter/unsubscribe" })
        {
            using var answer = await site.PostAsync(one, ("List-Unsubscribe", "One-Click"));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            texts.Add(await answer.Content.ReadAsStringAsync(Stop));
        }

        Assert.Single(texts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=nonsense")]
    [InlineData("?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Who_comes_by_an_incomplete_link_is_not_told_that_they_left(string query)
    {
        using var asked = await site.GetAsync($"/newsletter/unsubscribe{query}");
        using var pressed = await site.PostAsync($"/newsletter/unsubscribe{query}");

        foreach (var answer in new[] { asked, pressed })
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = await NewsletterTestSite.ReadAsync(answer);
            Assert.Equal("This link is not complete", page.QuerySelector("h1")!.TextContent);
            Assert.Equal("/newsletter/manage", page.QuerySelector("main .button")!.GetAttribute("href"));
            Assert.DoesNotContain("You have left", page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_leaves_may_say_why_in_words_that_are_given()
    {
        var address = await AddressAsync(await site.JoinAsync("ada@example.org"));
        (await site.PostAsync(address)).Dispose();

        (await site.PostAsync(address, ("reason", "never-asked"))).Dispose();
        (await site.PostAsync(address, ("reason", "My private story"))).Dispose();

        Assert.Equal(
            [null, UnsubscribeReason.NeverAsked],
            (await site.AllAsync<ConsentRecord>()).OrderBy(record => record.Id).Skip(1).Select(record => record.Reason));
    }

    [Fact]
    public async Task A_mailed_link_shows_what_is_kept_for_an_hour()
    {
        await site.JoinAsync("ada@example.org");
        var address = await ManageAsync("ada@example.org");

        using var page = await site.GetAsync(address);
        using var export = await site.GetAsync($"{address}/export");
        site.Site.Clock.Advance(TimeSpan.FromHours(1));
        using var late = await site.GetAsync(address);

        var text = (await NewsletterTestSite.ReadAsync(page)).Body!.TextContent;
        Assert.Contains("ada@example.org", text, StringComparison.Ordinal);
        Assert.Contains(ConsentWording.Named(ConsentWording.Version), text, StringComparison.Ordinal);
        Assert.Equal(
            "confirmed", JsonDocument.Parse(await export.Content.ReadAsStringAsync(Stop)).RootElement.GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
    }

    [Fact]
    public async Task Erasing_is_asked_about_once()
    {
        await site.JoinAsync("ada@example.org");
        using var answer = await site.GetAsync(await ManageAsync("ada@example.org"));

        var form = (await NewsletterTestSite.ReadAsync(answer)).QuerySelector("details input[name=action][value=erase]")!.Closest("form")!;
        Assert.Equal("Yes, erase everything", form.QuerySelector("button")!.TextContent);
        Assert.False(form.Closest("details")!.HasAttribute("open"));
    }

    [Fact]
    public async Task Nobody_unknown_gets_a_link()
    {
        using var answer = await site.PostAsync("/newsletter/manage", ("email", "eve@example.org"), ("website", ""));
        var mails = await site.WorkAsync();

        Assert.Equal(
            (HttpStatusCode.SeeOther, "/newsletter/check-inbox?for=manage"),
            (answer.StatusCode, answer.Headers.Location!.ToString().Split("&to=")[0]));
        Assert.Empty(mails);
    }

    [Fact]
    public async Task Erasing_leaves_scrambled_forms_and_dates_and_nothing_else()
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        var address = await ManageAsync("ada@example.org");

        using var answer = await site.PostAsync(address, ("action", "erase"));
        using var told = await site.GetAsync(answer.Headers.Location!.ToString());
        using var after = await site.GetAsync(address);

        Assert.Equal([HttpStatusCode.SeeOther, HttpStatusCode.OK, HttpStatusCode.NotFound], [answer.StatusCode, told.StatusCode, after.StatusCode]);
        Assert.Equal("Everything is erased", (await NewsletterTestSite.ReadAsync(told)).QuerySelector("h1")!.TextContent);
        var row = Assert.Single(await site.AllAsync<Subscriber>());
        Assert.Equal((subscriber.Id, SubscriberState.Erased, null, null), (row.Id, row.State, row.Email, row.Key));
        Assert.Equal(ConsentKind.Erased, (await site.AllAsync<ConsentRecord>())[^1].Kind);
        Assert.True(await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", SubscriptionService.Scope, Stop));
        Assert.DoesNotContain("ada@example", JsonSerializer.Serialize(new object[]
        {
            await site.AllAsync<Subscriber>(),
            await site.AllAsync<SubscriptionRequest>(),
            await site.AllAsync<ConsentRecord>(),
            await site.AllAsync<OutgoingMail>()
        }), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Who_was_erased_can_come_back_by_a_fresh_opt_in()
    {
        var first = await site.JoinAsync("ada@example.org");
        (await site.PostAsync(await ManageAsync("ada@example.org"), ("action", "erase"))).Dispose();

        var second = await site.JoinAsync("ada@example.org");

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal((SubscriberState.Erased, SubscriberState.Confirmed), (await site.StateAsync(first.Id), second.State));
        Assert.False(await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", SubscriptionService.Scope, Stop));
    }

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    private static string Unknown() => $"/newsletter/unsubscribe?token={SecretToken.New()}";

    private async Task<string> AddressAsync(Subscriber subscriber) =>
        $"/newsletter/unsubscribe?token={await site.UnsubscribeTokenAsync(subscriber.Id)}";

    private async Task<string> ManageAsync(string email)
    {
        (await site.PostAsync("/newsletter/manage", ("email", email), ("website", ""))).Dispose();
        return $"/newsletter/manage/{NewsletterTestSite.TokenIn((await site.WorkAsync()).Last(mail => mail.Subject!.EndsWith("data", StringComparison.Ordinal)))}";
    }
}

public sealed class UnsubscribeTestsOnSqlite() : UnsubscribeTests(DatabaseKind.Sqlite);

public sealed class UnsubscribeTestsOnPostgres() : UnsubscribeTests(DatabaseKind.Postgres);
