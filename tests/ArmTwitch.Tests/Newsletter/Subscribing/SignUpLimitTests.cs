using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Tests.Newsletter.Subscribing;

public abstract class SignUpLimitTests(DatabaseKind database) : IDisposable
{
    private const string Honest = "192.0.2.1";

    private readonly NewsletterTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_48_of_256_networks_sends_four_times_as_many_forms_as_one_and_stalls_nobody()
    {
        var outcomes = new List<SignUpOutcome>();
        for (var network = 0; network < 256; network++)
            outcomes.Add(await TakeAsync(site, $"reader{network}@example.org", $"2001:db8:1:{network:x2}00::1"));
        Assert.Equal(80, outcomes.Count(outcome => outcome is SignUpOutcome.Taken));
        site.Site.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(SignUpOutcome.Taken, await TakeAsync(site, "ada@example.org", Honest));

        await site.Site.Get<SignUpProcessor>().ProcessNextAsync(Stop);
        await site.Site.Get<SignUpProcessor>().ProcessNextAsync(Stop);
        Assert.Contains(await site.Site.SendMailsAsync(Stop), mail => mail.To.Mailboxes.Single().Address == "ada@example.org");
    }

    [Fact]
    public async Task Beyond_the_limit_networks_that_had_no_mail_are_served()
    {
        using var small = new NewsletterTestSite(database, ("Limits:ConfirmationsInAnHour", "2"));
        for (var form = 0; form < 3; form++)
            await TakeAsync(small, $"reader{form}@example.org", "2001:db8:1::1");
        Assert.Equal(2, (await small.WorkAsync()).Count);
        Assert.Equal("degraded", await HealthAsync(small));

        for (var network = 0; network < 4; network++)
            await TakeAsync(small, $"other{network}@example.org", $"192.0.{network}.1");
        var mails = await small.WorkAsync();

        Assert.Equal(4, mails.Count);
        Assert.Equal(2, mails.Count(mail => mail.To.Mailboxes.Single().Address.StartsWith("other", StringComparison.Ordinal)));
        small.Site.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(7, (await small.WorkAsync()).Count);
    }

    [Fact]
    public async Task A_full_queue_takes_one_form_from_each_network_that_has_none_in_it()
    {
        using var small = new NewsletterTestSite(database, ("Limits:SignUpsWaiting", "2"));

        List<SignUpOutcome> outcomes =
        [
            await TakeAsync(small, "a@example.org", "2001:db8:1::1"), await TakeAsync(small, "b@example.org", "2001:db8:1:ff00::1"),
            await TakeAsync(small, "c@example.org", "2001:db8:1::1"), await TakeAsync(small, "d@example.org", Honest),
            await TakeAsync(small, "e@example.org", Honest), await TakeAsync(small, "f@example.org", "198.51.100.1"),
            await TakeAsync(small, "g@example.org", "203.0.113.1"),
        ];

        Assert.Equal(
            [
                SignUpOutcome.Taken, SignUpOutcome.Taken, SignUpOutcome.TooMany, SignUpOutcome.Taken, SignUpOutcome.TooMany,
                SignUpOutcome.Taken, SignUpOutcome.TooMany
            ],
            outcomes);
    }

    [Fact]
    public async Task Twelve_forms_at_once_pass_a_limit_of_one_once()
    {
        using var small = new NewsletterTestSite(database, ("Limits:SignUpsInAnHour", "1"));

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(form => Task.Run(() => TakeAsync(small, $"reader{form}@example.org", Honest), Stop)));

        Assert.Single(outcomes, outcome => outcome is SignUpOutcome.Taken);
    }

    [Fact]
    public async Task One_mailbox_gets_one_confirmation_in_ten_minutes_however_its_address_is_written()
    {
        string[] spellings = [
            "ada.lovelace@gmail.com", "adalovelace+1@gmail.com", "Ada.Love.Lace+news@googlemail.com",
            .. Enumerable.Range(0, 17).Select(tag => $"a.dalovelace+{tag}@gmail.com")];
        foreach (var spelling in spellings)
            (await site.SubscribeAsync(spelling)).Dispose();

        Assert.Single(await site.WorkAsync());
        Assert.Single(await site.AllAsync<Subscriber>());
    }

    [Fact]
    public async Task One_mailbox_gets_three_manage_links_a_day_and_nobody_outside_sees_that()
    {
        await site.JoinAsync("ada@example.org");
        var before = (await site.WorkAsync()).Count;
        var answers = new HashSet<string>();
        for (var hour = 0; hour < 6; hour++)
        {
            site.Site.Clock.Advance(TimeSpan.FromHours(2));
            foreach (var address in new[] { "ada@example.org", "nobody@example.org" })
            {
                using var answer = await site.PostAsync("/newsletter/manage", ("email", address), ("website", ""));
                // The typed address stands in it, encrypted anew each time.
                var page = answer.Headers.Location!.ToString().Split("&to=")[0];
                answers.Add($"{answer.StatusCode} {page} {await answer.Content.ReadAsStringAsync(Stop)}");
            }
        }

        Assert.Equal(before + 3, (await site.WorkAsync()).Count);
        Assert.Single(answers);
    }

    [Fact]
    public async Task Twelve_codes_at_once_pass_a_limit_of_one_once_and_the_others_keep_what_was_typed()
    {
        using var small = new NewsletterTestSite(database, ("Limits:CodesInAnHour", "1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(_ => small.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", "1234 5678"))));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.UnprocessableEntity);
        var refused = answers.Where(answer => answer.StatusCode is HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(11, refused.Count);
        Assert.All(refused, answer => Assert.Equal(TimeSpan.FromHours(1), answer.Headers.RetryAfter!.Delta));
        var page = await NewsletterTestSite.ReadAsync(refused[0]);
        Assert.Equal(("ada@example.org", "1234 5678"), (
            page.QuerySelector("input[name=email]")!.GetAttribute("value"), page.QuerySelector("input[name=code]")!.GetAttribute("value")));
        Assert.All(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Of_twelve_codes_at_once_five_are_compared()
    {
        var mail = await site.AskAsync("ada@example.org");
        var (right, wrong) = (NewsletterTestSite.CodeIn(mail), NewsletterTestSite.CodeIn(mail) is "00000000" ? "00000001" : "00000000");
        await Task.WhenAll(Enumerable.Range(0, 12)
            .Select(async _ => (await site.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", wrong))).Dispose()));

        using var answer = await site.PostAsync("/newsletter/confirm", ("email", "ada@example.org"), ("code", right));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(11));
        using var next = await site.PostAsync(
            "/newsletter/confirm", ("email", "ada@example.org"),
            ("code", NewsletterTestSite.CodeIn(await site.AskAsync("ada@example.org"))));
        Assert.Equal(HttpStatusCode.SeeOther, next.StatusCode);
    }

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    private static async Task<SignUpOutcome> TakeAsync(NewsletterTestSite site, string email, string from) =>
        EmailAddress.TryParse(email, out var address)
            ? (await site.Site.Get<SignUpService>()
                .SubmitAsync(SubscriptionRequestKind.SignUp, new SignUpDraft(), address, IPAddress.Parse(from), Stop)).Outcome
            : throw new ArgumentException("This is no address", nameof(email));

    private static async Task<string?> HealthAsync(NewsletterTestSite site) =>
        (await site.Reader.GetFromJsonAsync<JsonElement>(new Uri("/health/ready", UriKind.Relative), Stop))
            .GetProperty("checks").GetProperty("newsletter").GetProperty("status").GetString();
}

public sealed class SignUpLimitTestsOnSqlite() : SignUpLimitTests(DatabaseKind.Sqlite);

public sealed class SignUpLimitTestsOnPostgres() : SignUpLimitTests(DatabaseKind.Postgres);
