using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Newsletter.Subscribing;

public abstract partial class SignUpTests(DatabaseKind database) : IDisposable
{
    private readonly NewsletterTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/articles/arm-muscle-twitching")]
    [InlineData("/newsletter")]
    public async Task The_sign_up_box_is_a_plain_form_with_one_visible_field(string address)
    {
        using var answer = await site.GetAsync(address);
        var page = await NewsletterTestSite.ReadAsync(answer);

        var form = page.Forms.Single(one => one.GetAttribute("action") == "/newsletter/subscribe");

        Assert.Equal(["email", "page", "website"], form.QuerySelectorAll("input").Select(field => field.GetAttribute("name")).Order());
        Assert.NotNull(form.QuerySelector("[aria-hidden=true] input[name=website][tabindex='-1']"));
        Assert.Equal(address, form.QuerySelector("input[name=page]")!.GetAttribute("value"));
        Assert.Contains("At most one e-mail a month", form.TextContent, StringComparison.Ordinal);
        Assert.NotNull(form.Closest("section")!.QuerySelector("a[href='/privacy']"));
        Assert.Equal(page.QuerySelectorAll("[id]").Length, page.QuerySelectorAll("[id]").Select(element => element.Id).Distinct().Count());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task An_address_in_another_spelling_is_the_same_subscriber()
    {
        await site.JoinAsync("j\u00F6rg@m\u00FCller.example");

        (await site.SubscribeAsync("jo\u0308rg@mu\u0308ller.example")).Dispose();
        await site.WorkAsync();

        Assert.Single(await site.AllAsync<Subscriber>());
        Assert.Equal(SubscriberState.Confirmed, (await site.AllAsync<Subscriber>()).Single().State);
    }

    [Fact]
    public async Task Every_mail_of_a_sign_up_in_two_spellings_is_erased_with_it()
    {
        await site.AskAsync("Ada@example.org");
        site.Site.Clock.Advance(TimeSpan.FromHours(1));
        await site.AskAsync("ADA@example.org");
        Assert.True(EmailAddress.TryParse("ada@example.org", out var address));

        Assert.True(await site.Site.Get<SubscriptionService>().EraseAsync(address, Stop));

        var mails = await site.AllAsync<ArmTwitch.Mail.OutgoingMail>();
        Assert.Equal(2, mails.Count);
        Assert.All(mails, mail => Assert.EndsWith("@invalid", mail.To, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Enter your e-mail address.")]
    [InlineData("ada", "Enter an e-mail address like name@example.com.")]
    [InlineData("Ada <ada@example.org>", "Enter an e-mail address like name@example.com.")]
    public async Task What_is_no_address_is_refused_and_shown_again(string typed, string message)
    {
        using var answer = await site.SubscribeAsync(typed);

        var page = await NewsletterTestSite.ReadAsync(answer);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.StartsWith("Error:", page.Title, StringComparison.Ordinal);
        Assert.Equal(
            (message, "#field-signup-email"),
            (page.QuerySelector(".errors a")!.TextContent, page.QuerySelector(".errors a")!.GetAttribute("href")));
        Assert.Equal((typed, "true"), (
            page.QuerySelector("#field-signup-email")!.GetAttribute("value"),
            page.QuerySelector("#field-signup-email")!.GetAttribute("aria-invalid")));
        Assert.Empty(await site.AllAsync<SubscriptionRequest>());
    }

    [Fact]
    public async Task A_program_that_fills_in_the_trap_sees_no_difference_and_reaches_nobody()
    {
        using var answer = await site.PostAsync("/newsletter/subscribe", ("email", "ada@example.org"), ("website", "https://spam.example"));

        Assert.Equal(
            (HttpStatusCode.SeeOther, "/newsletter/check-inbox"), (answer.StatusCode, answer.Headers.Location!.ToString().Split("?to=")[0]));
        Assert.Empty(await site.AllAsync<SubscriptionRequest>());
    }

    [Fact]
    public async Task A_typing_error_in_the_domain_is_asked_about_and_stored_all_the_same()
    {
        using var answer = await site.SubscribeAsync("ada@gmial.com");
        using var page = await site.GetAsync(answer.Headers.Location!.ToString());
        using var foreign = await site.GetAsync("/newsletter/check-inbox?meant=evil.example");

        Assert.Contains("Did you mean @gmail.com?", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", await foreign.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Single(await site.AllAsync<SubscriptionRequest>());
    }

    [Fact]
    public async Task The_page_after_it_knows_the_address_for_half_an_hour_and_leads_back()
    {
        using var answer = await site.SubscribeAsync("ada@example.org");
        var address = answer.Headers.Location!.ToString();
        using var page = await site.GetAsync(address);
        using var touched = await site.GetAsync(address + "A");

        Assert.DoesNotContain("ada", address, StringComparison.Ordinal);
        var shown = await NewsletterTestSite.ReadAsync(page);
        Assert.Equal("ada@example.org", shown.QuerySelector("#field-email")!.GetAttribute("value"));
        Assert.Equal("numeric", shown.QuerySelector("#field-code")!.GetAttribute("inputmode"));
        Assert.Equal("/", shown.QuerySelector("main > p:last-child a")!.GetAttribute("href"));
        Assert.Equal("", (await NewsletterTestSite.ReadAsync(touched)).QuerySelector("#field-email")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_known_and_an_unknown_address_of_one_length_lead_to_addresses_of_one_length()
    {
        await site.JoinAsync("ada@example.org");

        using var known = await site.SubscribeAsync("ada@example.org");
        using var unknown = await site.SubscribeAsync("eve@example.org");

        Assert.Equal(known.Headers.Location!.ToString().Length, unknown.Headers.Location!.ToString().Length);
    }

    [Fact]
    public async Task A_form_from_another_site_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/newsletter/subscribe")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("email", "ada@example.org")])
        };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await site.Reader.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(await site.AllAsync<SubscriptionRequest>());
    }

    [Fact]
    public async Task A_subscriber_who_signs_up_again_is_told_so_once_a_day_and_nothing_changes()
    {
        var before = await site.JoinAsync("ada@example.org");

        var first = await site.AskAsync("ada@example.org");
        var again = (await site.AskAsync("ada@example.org")).MessageId;
        site.Site.Clock.Advance(TimeSpan.FromDays(1));
        var nextDay = await site.AskAsync("ADA@example.org");

        var after = await site.FindAsync("ada@example.org");
        Assert.Equal(("You already get the ArmTwitch newsletter", first.MessageId), (first.Subject, again));
        Assert.NotEqual(first.MessageId, nextDay.MessageId);
        Assert.Equal((before.State, before.ConfirmedAt, before.AskedAt), (after.State, after.ConfirmedAt, after.AskedAt));
        Assert.Single(await site.AllAsync<ConsentRecord>());
    }

    [Fact]
    public async Task One_address_gets_one_confirmation_in_ten_minutes_and_three_a_day()
    {
        var counts = new List<int>();
        foreach (var minutes in new[] { 0, 9, 1, 10, 10, 24 * 60 })
        {
            site.Site.Clock.Advance(TimeSpan.FromMinutes(minutes));
            (await site.SubscribeAsync("ada@example.org")).Dispose();
            counts.Add((await site.WorkAsync()).Count);
        }

        Assert.Equal([1, 1, 2, 3, 3, 4], counts);
    }

    [Fact]
    public async Task The_twenty_first_form_of_a_network_in_an_hour_is_refused_and_shown_again()
    {
        for (var form = 0; form < 20; form++)
        {
            using var taken = await site.SubscribeAsync($"reader{form}@example.org");
            Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        }

        using var answer = await site.SubscribeAsync("one-more@example.org");
        site.Site.Clock.Advance(TimeSpan.FromHours(1));
        using var later = await site.SubscribeAsync("one-more@example.org");

        Assert.Equal([HttpStatusCode.TooManyRequests, HttpStatusCode.SeeOther], [answer.StatusCode, later.StatusCode]);
        Assert.Equal(TimeSpan.FromHours(1), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(
            "one-more@example.org",
            (await NewsletterTestSite.ReadAsync(answer)).QuerySelector("#field-signup-email")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_suppressed_address_gets_no_mail_and_the_same_answer()
    {
        await site.Site.Get<SuppressionList>().AddAsync("gone@example.org", Suppression.All, "test", Stop);

        using var answer = await site.SubscribeAsync("Gone@example.org");
        var mails = await site.WorkAsync();

        Assert.Equal(
            (HttpStatusCode.SeeOther, "/newsletter/check-inbox"), (answer.StatusCode, answer.Headers.Location!.ToString().Split("?to=")[0]));
        Assert.Empty(mails);
        Assert.Empty(await site.AllAsync<Subscriber>());
    }

    [Fact]
    public async Task Mails_contain_nothing_that_a_visitor_typed_but_the_address()
    {
        using var answer = await site.PostAsync(
            "/newsletter/subscribe", ("email", "ada@example.org"), ("name", "Buy pills"), ("page", "/buy-pills\r\nBcc: eve@example.org"));
        var mail = Assert.Single(await site.WorkAsync());

        Assert.DoesNotContain("pills", mail.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("eve@", mail.ToString(), StringComparison.Ordinal);
        Assert.Equal("ada@example.org", Assert.Single(mail.To.Mailboxes).Address);
        Assert.All(
            Link().Matches(mail.TextBody + mail.HtmlBody),
            link => Assert.StartsWith("https://armtwitch.test", link.Value, StringComparison.Ordinal));
        Assert.Equal("/newsletter", (await site.FindAsync("ada@example.org")).Page);
    }

    /// <summary>Known, unknown and suppressed addresses take turns, so that whatever slows the machine slows all of them.</summary>
    [Fact]
    public async Task Known_and_unknown_addresses_get_the_same_text_headers_and_time()
    {
        using var open = new NewsletterTestSite(database, ("Limits:Enabled", "false"));
        await open.JoinAsync("known@example.org");
        await open.Site.Get<SuppressionList>().AddAsync("suppressed@example.org", Suppression.All, "test", Stop);
        string[] kinds = ["known", "unknown", "suppressed"];
        var times = kinds.ToDictionary(kind => kind, _ => new List<double>());
        var answers = new HashSet<string>();
        for (var round = 0; round < 70; round++)
        {
            foreach (var kind in kinds.OrderBy(_ => Random.Shared.Next()))
            {
                var start = Stopwatch.GetTimestamp();
                using var answer = await open.SubscribeAsync(kind is "unknown" ? $"unknown{round}@example.org" : $"{kind}@example.org");
                var text = await answer.Content.ReadAsStringAsync(Stop);
                times[kind].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                var headers = answer.Headers.SelectMany(header => header.Value.Select(value => $"{header.Key}={WithoutAddress(value)}"));
                answers.Add($"{answer.StatusCode} {string.Join(' ', headers)} {text}");
            }
        }

        Assert.Single(answers);
        foreach (var (one, other) in new[] { ("known", "unknown"), ("suppressed", "unknown"), ("known", "suppressed") })
            Assert.InRange(Math.Abs(MannWhitney(times[one], times[other])), 0, 4);
    }

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>How many standard deviations the ranks of two samples lie apart; chance alone goes beyond 4 once in 16,000 times.</summary>
    private static double MannWhitney(List<double> some, List<double> others)
    {
        var (n, m) = ((double)some.Count, (double)others.Count);
        var wins = some.Sum(one => others.Sum(other => one > other ? 1.0 : one == other ? 0.5 : 0));
        return (wins - n * m / 2) / Math.Sqrt(n * m * (n + m + 1) / 12);
    }

    /// <summary>The typed address stands in Location, encrypted: its letters are replaced, its length stays.</summary>
    private static string WithoutAddress(string header) =>
        EncryptedAddress().Replace(header, found => new string('*', found.Length));

    [GeneratedRegex("(?<=[?&]to=)[A-Za-z0-9_-]+")]
    private static partial Regex EncryptedAddress();

    [GeneratedRegex("https?://[^\\s\"<>]+")]
    private static partial Regex Link();
}

public sealed class SignUpTestsOnSqlite() : SignUpTests(DatabaseKind.Sqlite);

public sealed class SignUpTestsOnPostgres() : SignUpTests(DatabaseKind.Postgres);
