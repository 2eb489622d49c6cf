using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
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
    public async Task The_box_is_a_plain_form_with_one_field_that_people_see(string address)
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
    public async Task A_signup_counts_only_after_the_button_behind_the_link_was_pressed()
    {
        var mail = await site.AskAsync("ada@example.org");
        var pending = (await site.FindAsync("ada@example.org")).State;
        using var page = await site.GetAsync($"/newsletter/confirm?token={NewsletterTestSite.TokenIn(mail)}");
        var stillPending = (await site.FindAsync("ada@example.org")).State;

        using var answer = await site.PostAsync("/newsletter/confirm", ("token", NewsletterTestSite.TokenIn(mail)));

        Assert.Equal((SubscriberState.Pending, SubscriberState.Pending), (pending, stillPending));
        Assert.Single((await NewsletterTestSite.ReadAsync(page)).QuerySelectorAll("main button"));
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Equal("same-origin", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal((HttpStatusCode.SeeOther, "/newsletter/welcome"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Equal(SubscriberState.Confirmed, (await site.FindAsync("ada@example.org")).State);
        var record = Assert.Single(await site.AllAsync<ConsentRecord>());
        Assert.Equal(
            (ConsentKind.Given, ConsentMethod.Link, "/", ConsentWording.Version),
            (record.Kind, record.Method, record.Page, record.Wording));
    }

    [Fact]
    public async Task A_link_confirms_once()
    {
        var token = NewsletterTestSite.TokenIn(await site.AskAsync("ada@example.org"));
        using var first = await site.PostAsync("/newsletter/confirm", ("token", token));
        await site.Site.Get<SubscriptionService>().UnsubscribeAsync(
            await site.UnsubscribeTokenAsync((await site.FindAsync("ada@example.org")).Id), ConsentMethod.OneClick,
            cancellationToken: Stop);

        using var again = await site.PostAsync("/newsletter/confirm", ("token", token));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Equal(SubscriberState.Unsubscribed, (await site.FindAsync("ada@example.org")).State);
    }

    [Fact]
    public async Task Of_two_presses_at_once_one_confirms()
    {
        var token = NewsletterTestSite.TokenIn(await site.AskAsync("ada@example.org"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => site.PostAsync("/newsletter/confirm", ("token", token))));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.SeeOther);
        Assert.Single(await site.AllAsync<ConsentRecord>());
        Assert.All(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_link_is_over_after_seven_days_and_so_is_what_was_not_confirmed()
    {
        var token = NewsletterTestSite.TokenIn(await site.AskAsync("ada@example.org"));
        site.Site.Clock.Advance(TimeSpan.FromDays(7));
        await site.Site.Get<RetentionService>().ApplyRulesAsync(Stop);

        using var page = await site.GetAsync($"/newsletter/confirm?token={token}");
        using var answer = await site.PostAsync("/newsletter/confirm", ("token", token));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (page.StatusCode, answer.StatusCode));
        Assert.Empty((await NewsletterTestSite.ReadAsync(page)).QuerySelectorAll("main button"));
        Assert.Empty(await site.AllAsync<Subscriber>());
        Assert.Empty(await site.AllAsync<ConsentRecord>());
    }

    /// <summary>With the zero of the digits that are typed.</summary>
    [Theory]
    [InlineData('0', " {0}-{1} ")]
    [InlineData('0', "Code: {0}.{1}")]
    [InlineData('\uFF10', "{0}\u3000{1}")]
    [InlineData('\u0660', "\u200F{0} {1}")]
    [InlineData('\u0966', "{0}{1}")]
    public async Task The_code_from_the_mail_confirms_in_any_digits_and_however_it_is_spaced(char zero, string form)
    {
        var code = string.Concat(
            NewsletterTestSite.CodeIn(await site.AskAsync("ada@example.org")).Select(digit => (char)(zero + digit - '0')));

        using var answer = await site.PostAsync(
            "/newsletter/confirm", ("email", " Ada@example.org"),
            ("code", form.Replace("{0}", code[..4], StringComparison.Ordinal).Replace("{1}", code[4..], StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(ConsentMethod.Code, Assert.Single(await site.AllAsync<ConsentRecord>()).Method);
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

    [Fact]
    public async Task A_code_is_over_after_thirty_minutes_while_the_link_still_works()
    {
        var mail = await site.AskAsync("ada@example.org");
        site.Site.Clock.Advance(TimeSpan.FromMinutes(30));

        using var late = await site.PostAsync(
            "/newsletter/confirm", ("email", "ada@example.org"), ("code", NewsletterTestSite.CodeIn(mail)));
        using var link = await site.PostAsync("/newsletter/confirm", ("token", NewsletterTestSite.TokenIn(mail)));

        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther], [late.StatusCode, link.StatusCode]);
    }

    [Fact]
    public async Task After_five_wrong_codes_the_right_one_no_longer_works()
    {
        var mail = await site.AskAsync("ada@example.org");
        var (right, wrong) = (NewsletterTestSite.CodeIn(mail), NewsletterTestSite.CodeIn(mail) is "00000000" ? "00000001" : "00000000");
        for (var tries = 0; tries < SubscriptionService.CodeTries; tries++)
            (await site.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", wrong))).Dispose();

        using var answer = await site.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", right));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(SubscriberState.Pending, (await site.FindAsync("ada@example.org")).State);
    }

    [Fact]
    public async Task A_code_typed_again_after_it_confirmed_is_told_that_nothing_need_be_done_and_so_is_a_stranger()
    {
        var code = NewsletterTestSite.CodeIn(await site.AskAsync("ada@example.org"));
        (await site.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", code))).Dispose();

        using var again = await site.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", code));
        using var stranger = await site.PostAsync("/newsletter/confirm", ("email", "eve@example.org"), ("code", code));

        var told = await again.Content.ReadAsStringAsync(Stop);
        Assert.Contains("If you have confirmed before, you need do nothing.", told, StringComparison.Ordinal);
        Assert.Equal(
            told.Replace("ada@", "", StringComparison.Ordinal),
            (await stranger.Content.ReadAsStringAsync(Stop)).Replace("eve@", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_code_is_answered_alike_whether_the_address_is_known_or_not()
    {
        await site.AskAsync("ada@example.org");

        using var known = await site.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", "12345678"));
        using var unknown = await site.PostAsync("/newsletter/confirm", ("email", "eve@example.org"), ("code", "12345678"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, known.StatusCode);
        Assert.Equal(
            (await known.Content.ReadAsStringAsync(Stop)).Replace("ada@", "", StringComparison.Ordinal),
            (await unknown.Content.ReadAsStringAsync(Stop)).Replace("eve@", "", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
    }

    [Theory]
    [InlineData("", "Enter your e-mail address.")]
    [InlineData("ada", "Enter an e-mail address like name@example.com.")]
    [InlineData("Ada <ada@example.org>", "Enter an e-mail address like name@example.com.")]
    public async Task What_is_no_address_is_refused_with_what_was_typed(string typed, string message)
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
        Assert.Empty(await site.AllAsync<Intake>());
    }

    [Fact]
    public async Task A_program_that_fills_in_the_trap_sees_no_difference_and_reaches_nobody()
    {
        using var answer = await site.PostAsync("/newsletter/subscribe", ("email", "ada@example.org"), ("website", "https://spam.example"));

        Assert.Equal((HttpStatusCode.SeeOther, "/newsletter/check-inbox"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Empty(await site.AllAsync<Intake>());
    }

    [Fact]
    public async Task A_slip_in_the_domain_is_asked_about_and_taken_all_the_same()
    {
        using var answer = await site.SubscribeAsync("ada@gmial.com");
        using var page = await site.GetAsync(answer.Headers.Location!.ToString());
        using var foreign = await site.GetAsync("/newsletter/check-inbox?meant=evil.example");

        Assert.Contains("Did you mean @gmail.com?", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("evil", await foreign.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Single(await site.AllAsync<Intake>());
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
        Assert.Empty(await site.AllAsync<Intake>());
    }

    [Fact]
    public async Task Whoever_has_it_already_is_told_so_once_a_day_and_nothing_changes()
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
    public async Task One_network_sends_twenty_forms_an_hour_and_keeps_its_words_at_the_next()
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

        Assert.Equal((HttpStatusCode.SeeOther, "/newsletter/check-inbox"), (answer.StatusCode, answer.Headers.Location!.ToString()));
        Assert.Empty(mails);
        Assert.Empty(await site.AllAsync<Subscriber>());
    }

    [Fact]
    public async Task Signing_up_again_after_leaving_takes_a_new_confirmation()
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        (await site.PostAsync($"/newsletter/unsubscribe?token={await site.UnsubscribeTokenAsync(subscriber.Id)}")).Dispose();

        var mail = await site.AskAsync("ada@example.org");
        var before = await site.StateAsync(subscriber.Id);
        (await site.PostAsync("/newsletter/confirm", ("token", NewsletterTestSite.TokenIn(mail)))).Dispose();

        Assert.Equal((SubscriberState.Unsubscribed, SubscriberState.Confirmed), (before, await site.StateAsync(subscriber.Id)));
        Assert.False(await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", SubscriptionService.Scope, Stop));
        Assert.Equal(
            [ConsentKind.Given, ConsentKind.Withdrawn, ConsentKind.Given],
            (await site.AllAsync<ConsentRecord>()).OrderBy(record => record.Id).Select(record => record.Kind));
    }

    [Fact]
    public async Task Following_every_link_of_a_mail_changes_nothing()
    {
        var subscriber = await site.JoinAsync("ada@example.org");
        (await site.PostAsync("/newsletter/manage", ("email", "ada@example.org"), ("website", ""))).Dispose();
        await site.AskAsync("ada@example.org");
        var mails = (await site.WorkAsync()).Append(await site.AskAsync("eve@example.org"));
        var links = mails.SelectMany(mail => Link().Matches(mail.TextBody + mail.HtmlBody).Select(link => new Uri(link.Value).PathAndQuery))
            .Append($"/newsletter/unsubscribe?token={await site.UnsubscribeTokenAsync(subscriber.Id)}").Distinct().ToList();
        var before = await DumpAsync();

        foreach (var link in links)
        {
            using var answer = await site.GetAsync(link);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            using var head = await site.Reader.SendAsync(new HttpRequestMessage(HttpMethod.Head, link), Stop);
        }

        Assert.True(links.Count > 4, string.Join(' ', links));
        Assert.Equal(before, await DumpAsync());
    }

    [Fact]
    public async Task Mails_hold_nothing_that_a_visitor_typed_beside_the_address()
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
    public async Task Known_and_unknown_addresses_cannot_be_told_apart_by_text_headers_or_time()
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
                answers.Add($"{answer.StatusCode} {string.Join(' ', answer.Headers.SelectMany(header => header.Value.Select(value => $"{header.Key}={value}")))} {text}");
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

    private async Task<string> DumpAsync() => JsonSerializer.Serialize(new object[]
    {
        (await site.AllAsync<Subscriber>()).OrderBy(one => one.Id),
        (await site.AllAsync<SubscriberToken>()).OrderBy(one => Convert.ToHexString(one.Hash)), await site.AllAsync<ConsentRecord>(),
        await site.AllAsync<Intake>(), await site.AllAsync<Suppression>(),
    });

    [GeneratedRegex("https?://[^\\s\"<>]+")]
    private static partial Regex Link();
}

public sealed class SignUpTestsOnSqlite() : SignUpTests(DatabaseKind.Sqlite);

public sealed class SignUpTestsOnPostgres() : SignUpTests(DatabaseKind.Postgres);
