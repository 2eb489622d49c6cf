using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArmTwitch.Newsletter;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Newsletter.Subscribing;

public sealed class SignUpBacklogTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beyond_the_limit_sign_ups_wait_and_the_health_check_says_so()
    {
        using var site = new NewsletterTestSite(settings: [("Limits:ConfirmationsInAnHour", "2")]);
        for (var reader = 0; reader < 3; reader++)
            (await site.SubscribeAsync($"reader{reader}@example.org")).Dispose();

        var first = (await site.WorkAsync()).Count;
        var health = await HealthAsync(site);
        site.Site.Clock.Advance(TimeSpan.FromHours(1));
        var second = (await site.WorkAsync()).Count;

        Assert.Equal((2, 3), (first, second));
        Assert.Equal(("degraded", "healthy"), (health, await HealthAsync(site)));
    }

    [Fact]
    public async Task A_form_whose_address_is_not_valid_any_more_does_not_block_the_queue()
    {
        using var site = new NewsletterTestSite();
        (await site.SubscribeAsync("ada@example.org")).Dispose();
        await using (var db = site.Site.Database())
            await db.Set<SubscriptionRequest>().ExecuteUpdateAsync(set => set.SetProperty(one => one.Email, "ada"), Stop);

        var mail = await site.AskAsync("bob@example.org");

        Assert.Equal("bob@example.org", Assert.Single(mail.To.Mailboxes).Address);
        Assert.Single(await site.WorkAsync());
        Assert.All(await site.AllAsync<SubscriptionRequest>(), one => Assert.Null(one.Email));
    }

    [Fact]
    public async Task When_too_many_forms_wait_the_next_one_is_told_to_come_back()
    {
        using var site = new NewsletterTestSite(settings: [("Limits:SignUpsWaiting", "1")]);
        (await site.SubscribeAsync("ada@example.org")).Dispose();

        using var answer = await site.SubscribeAsync("eve@example.org");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(10), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(
            "eve@example.org", (await NewsletterTestSite.ReadAsync(answer)).QuerySelector("#field-signup-email")!.GetAttribute("value"));
    }

    private static async Task<string?> HealthAsync(NewsletterTestSite site) =>
        (await site.Reader.GetFromJsonAsync<JsonElement>(new Uri("/health/ready", UriKind.Relative), Stop))
            .GetProperty("checks").GetProperty("newsletter").GetProperty("status").GetString();
}
