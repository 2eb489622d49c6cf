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

public abstract partial class ConfirmationTests(DatabaseKind database) : IDisposable
{
    private readonly NewsletterTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signup_counts_only_after_the_button_behind_the_link_was_pressed()
    {
        var mail = await site.AskAsync("ada@example.org");
        var pending = (await site.FindAsync("ada@example.org")).State;
        using var page = await site.GetAsync($"/newsletter/confirm?token={NewsletterTestSite.TokenIn(mail)}");
        var stillPending = (await site.FindAsync("ada@example.org")).State;

        using var answer = await site.PostAsync("/newsletter/confirm", ("token", NewsletterTestSite.TokenIn(mail)));

        Assert.Equal((SubscriberState.Pending, SubscriberState.Pending), (pending, stillPending));
        var asked = await NewsletterTestSite.ReadAsync(page);
        Assert.Single(asked.QuerySelectorAll("main button"));
        Assert.Contains("at most once a month, to ada@example.org.", asked.QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);
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
    public async Task Who_comes_by_a_link_that_was_cut_off_is_told_so()
    {
        var token = NewsletterTestSite.TokenIn(await site.AskAsync("ada@example.org"));
        using var asked = await site.GetAsync($"/newsletter/confirm?token={token[..^8]}");
        using var pressed = await site.PostAsync("/newsletter/confirm", ("token", token[..^8]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, pressed.StatusCode);
        foreach (var answer in new[] { asked, pressed })
            Assert.Equal("This link is not complete", (await NewsletterTestSite.ReadAsync(answer)).QuerySelector("h1")!.TextContent);
        Assert.Equal(SubscriberState.Pending, (await site.FindAsync("ada@example.org")).State);
    }

    [Theory]
    [InlineData(")")]
    [InlineData(".")]
    [InlineData("%3E")]
    [InlineData("%20")]
    [InlineData("=")]
    public async Task What_a_mail_program_adds_to_a_link_does_no_harm(string added)
    {
        var token = NewsletterTestSite.TokenIn(await site.AskAsync("ada@example.org"));

        using var asked = await site.GetAsync($"/newsletter/confirm?token={token}{added}");
        using var pressed = await site.PostAsync("/newsletter/confirm", ("token", token + Uri.UnescapeDataString(added)));

        Assert.Contains(
            "ada@example.org", (await NewsletterTestSite.ReadAsync(asked)).QuerySelector(".lead")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/newsletter/welcome", pressed.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_page_for_the_code_tells_of_no_mail_when_no_sign_up_led_there()
    {
        using var cold = await site.GetAsync("/newsletter/check-inbox");

        var page = await NewsletterTestSite.ReadAsync(cold);
        Assert.Equal("Type the code from the mail", page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("We have sent", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("input[name=code]"));
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
    public async Task Of_many_presses_at_once_one_confirms_and_each_is_told_so()
    {
        var token = NewsletterTestSite.TokenIn(await site.AskAsync("ada@example.org"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => site.PostAsync("/newsletter/confirm", ("token", token))));

        Assert.All(answers, answer => Assert.Equal("/newsletter/welcome", answer.Headers.Location?.ToString()));
        Assert.Single(await site.AllAsync<ConsentRecord>());
        Assert.All(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task A_link_expires_after_seven_days_and_the_unconfirmed_sign_up_is_deleted()
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
    public async Task A_code_expires_after_thirty_minutes_while_the_link_still_works()
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
        for (var tries = 0; tries < ConfirmationService.CodeTries; tries++)
            (await site.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", wrong))).Dispose();

        using var answer = await site.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", right));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(SubscriberState.Pending, (await site.FindAsync("ada@example.org")).State);
    }

    [Fact]
    public async Task A_code_that_is_typed_again_gets_the_same_answer_as_an_unknown_address()
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

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<string> DumpAsync() => JsonSerializer.Serialize(new object[]
    {
        (await site.AllAsync<Subscriber>()).OrderBy(one => one.Id),
        (await site.AllAsync<SubscriberToken>()).OrderBy(one => Convert.ToHexString(one.Hash)), await site.AllAsync<ConsentRecord>(),
        await site.AllAsync<SubscriptionRequest>(), await site.AllAsync<Suppression>(),
    });

    [GeneratedRegex("https?://[^\\s\"<>]+")]
    private static partial Regex Link();
}

public sealed class ConfirmationTestsOnSqlite() : ConfirmationTests(DatabaseKind.Sqlite);

public sealed class ConfirmationTestsOnPostgres() : ConfirmationTests(DatabaseKind.Postgres);
