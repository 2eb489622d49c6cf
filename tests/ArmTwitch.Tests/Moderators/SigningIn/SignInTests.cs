using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Tests.Moderators.SigningIn;

public sealed class SignInTests : IDisposable
{
    private readonly ModeratorTestSite site = new();

    public void Dispose() => site.Dispose();

    [Theory]
    [InlineData("ab2cd-ef3gh")]
    [InlineData(" AB2CD EF3GH ")]
    [InlineData("\uFF21\uFF42\uFF12cd\uFF0Def3gh")]
    [InlineData("AB\u0662CD-EF\u0663GH")]
    public void A_recovery_code_is_read_whatever_keyboard_it_was_typed_on(string typed) =>
        Assert.Equal("AB2CD-EF3GH", RecoveryCodeSet.Normalize(typed));

    [Fact]
    public async Task A_password_and_a_code_sign_in_and_lead_back()
    {
        var browser = await site.SignInAsync(await site.JoinAsync(), "/moderation/sign-in?returnUrl=%2Fmoderation%2Faccount");

        Assert.Equal((HttpStatusCode.Found, "/moderation/account"), (browser.Status, browser.Location));
        Assert.Contains("ada@example.org", (await browser.OpenAsync("/moderation/account")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_tells_who_signed_in_how_and_that_somebody_was_refused_without_what_was_typed()
    {
        var person = await site.JoinAsync();
        await site.SignInAsync(person);
        var browser = site.Visit();
        await browser.SendAsync(
            await browser.OpenAsync("/moderation/sign-in"), "password", ("email", "eve@example.org"), ("password", "a wrong password"));

        await site.Log.WaitForAsync("has signed in (mfa)");
        Assert.Contains("(moderator (null), Refused)", await site.Log.WaitForAsync("by password was refused"), StringComparison.Ordinal);
        Assert.DoesNotContain(site.Log.Lines, line =>
            line.Contains("@example.org", StringComparison.Ordinal) || line.Contains("a wrong password", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_is_typed_unseen_and_a_password_manager_knows_the_field()
    {
        var page = await site.Visit().OpenAsync("/moderation/sign-in");

        var field = Assert.Single(page.QuerySelectorAll("input[type=password]"));
        Assert.Equal("current-password", field.GetAttribute("autocomplete"));
    }

    [Fact]
    public void A_password_is_hashed_with_the_work_that_OWASP_asks_for()
    {
        using var plain = new TestSite();

        Assert.Equal(210_000, plain.Get<IOptions<PasswordHasherOptions>>().Value.IterationCount);
    }

    [Fact]
    public async Task A_password_alone_opens_nothing()
    {
        var person = await site.JoinAsync();
        var browser = site.Visit();
        await browser.SendAsync(
            await browser.OpenAsync("/moderation/sign-in"), "password", ("email", person.Email), ("password", ModeratorTestSite.Password));

        await browser.OpenAsync("/moderation");

        Assert.Equal(HttpStatusCode.Found, browser.Status);
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var person = await site.JoinAsync();
        await site.SignInAsync(person);
        var code = site.CodeNow(person.Key);
        var browser = site.Visit();
        await browser.SendAsync(
            await browser.OpenAsync("/moderation/sign-in"), "password", ("email", person.Email), ("password", ModeratorTestSite.Password));

        await browser.SendAsync(await browser.OpenAsync(browser.Location!), "code", ("code", code));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
    }

    [Fact]
    public async Task A_recovery_code_stands_in_for_the_app_once()
    {
        var person = await site.JoinAsync();

        Assert.Equal(10, person.RecoveryCodes.Count);
        Assert.Equal(HttpStatusCode.Found, await TryAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await TryAsync());

        async Task<HttpStatusCode> TryAsync()
        {
            var browser = site.Visit();
            await browser.SendAsync(
                await browser.OpenAsync("/moderation/sign-in"), "password", ("email", person.Email),
                ("password", ModeratorTestSite.Password));
            await browser.SendAsync(await browser.OpenAsync(browser.Location!), "code", ("code", person.RecoveryCodes[0]));
            return browser.Status;
        }
    }

    [Fact]
    public async Task A_refusal_does_not_tell_a_wrong_password_from_an_unknown_or_locked_account()
    {
        var person = await site.JoinAsync();

        var unknown = await TryPasswordAsync("nobody@example.org", "some wrong password");
        var wrong = await TryPasswordAsync(person.Email, "some wrong password");
        for (var tries = 1; tries < 5; tries++)
            await TryPasswordAsync(person.Email, "some wrong password");
        var locked = await TryPasswordAsync(person.Email, ModeratorTestSite.Password);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, unknown.Text), (wrong.Status, wrong.Text));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, unknown.Text), (locked.Status, locked.Text));
        site.Site.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TryPasswordAsync(person.Email, ModeratorTestSite.Password)).Status);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Found, (await TryPasswordAsync(person.Email, ModeratorTestSite.Password)).Status);
    }

    [Fact]
    public async Task A_network_that_tries_many_accounts_has_to_wait()
    {
        using var strict = new ModeratorTestSite(settings: ("Limits:SignInsInTenMinutes", "3"));
        var person = await strict.JoinAsync();
        for (var number = 0; number < 3; number++)
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity,
                (await TryPasswordAsync($"nobody{number}@example.org", "some wrong password", strict)).Status);

        var (status, text) = await TryPasswordAsync(person.Email, ModeratorTestSite.Password, strict);

        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("You can try again in 10 minutes", text, StringComparison.Ordinal);
        strict.Site.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.Found, (await TryPasswordAsync(person.Email, ModeratorTestSite.Password, strict)).Status);
    }

    [Fact]
    public async Task A_code_works_once_on_all_replicas_together()
    {
        var person = await site.JoinAsync();
        await site.SignInAsync(person);
        using var other = new TestSite(settings: site.Site.SameDatabase);
        using var visitor = other.Visit();
        other.Clock.SetUtcNow(site.Site.Clock.GetUtcNow());

        Assert.False(await IsTakenAsync(site.CodeNow(person.Key)));
        other.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await IsTakenAsync(TotpAuthenticator.CodeAt(person.Key, other.Clock.GetUtcNow())));

        async Task<bool> IsTakenAsync(string code)
        {
            using var scope = other.Services.CreateScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Moderator>>();
            return await users.VerifyTwoFactorTokenAsync(
                (await users.FindByEmailAsync(person.Email))!, TokenOptions.DefaultAuthenticatorProvider, code);
        }
    }

    /// <param name="zero">The zero of the script in which the digits are typed.</param>
    [Theory]
    [InlineData('0', "{0}-{1}")]
    [InlineData('0', " {0}.{1} ")]
    [InlineData('\uFF10', "{0}\u3000{1}")]
    [InlineData('\u06F0', "\u200F{0} {1}")]
    public async Task The_code_of_an_app_may_be_typed_in_any_digits_and_spacing(char zero, string form)
    {
        var person = await site.JoinAsync();
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        var browser = site.Visit();
        await browser.SendAsync(
            await browser.OpenAsync("/moderation/sign-in"), "password", ("email", person.Email), ("password", ModeratorTestSite.Password));
        var code = string.Concat(site.CodeNow(person.Key).Select(digit => (char)(zero + digit - '0')));

        await browser.SendAsync(
            await browser.OpenAsync(browser.Location!), "code",
            ("code", string.Format(System.Globalization.CultureInfo.InvariantCulture, form, code[..3], code[3..])));

        Assert.Equal(HttpStatusCode.OK, await browser.AskAsync(HttpMethod.Get, "/moderation/account"));
    }

    [Theory]
    [InlineData("/moderation/people?done=removed", "/moderation/people?done=removed")]
    [InlineData("/moderation", "/moderation")]
    [InlineData(null, "/moderation")]
    [InlineData("", "/moderation")]
    [InlineData("/", "/moderation")]
    [InlineData("https://evil.example/moderation/", "/moderation")]
    [InlineData("//evil.example/moderation/", "/moderation")]
    [InlineData("/\\evil.example", "/moderation")]
    [InlineData("/moderation/\\evil", "/moderation")]
    [InlineData("/moderation/../..//evil.example", "/moderation")]
    [InlineData("/moderation.evil.example", "/moderation")]
    [InlineData("javascript:alert(1)", "/moderation")]
    [InlineData("/moderation/\r\nSet-Cookie: a=b", "/moderation")]
    public void A_return_address_stays_on_the_moderation_pages(string? wanted, string safe) =>
        Assert.Equal(safe, LocalReturnUrl.Safe(wanted));

    [Theory]
    [InlineData("/moderation/passkeys/request")]
    [InlineData("/moderation/passkeys/join")]
    [InlineData("/moderation/sign-in")]
    public async Task A_form_of_a_stranger_without_antiforgery_token_is_refused(string address)
    {
        using var forged = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "password")]);

        Assert.Equal(HttpStatusCode.BadRequest, await site.Visit().AskAsync(HttpMethod.Post, address, forged));
    }

    [Fact]
    public async Task A_form_over_64_KiB_is_too_large()
    {
        using var browser = site.Site.VisitOverNetwork();
        using var large = new FormUrlEncodedContent([KeyValuePair.Create("password", new string('a', 64 * 1024))]);

        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge, await new TestBrowser(browser).AskAsync(HttpMethod.Post, "/moderation/sign-in", large));
    }

    [Fact]
    public async Task A_form_without_its_antiforgery_token_is_refused()
    {
        var person = await site.JoinAsync();
        using var forged = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "sign-out")]);

        Assert.Equal(HttpStatusCode.BadRequest, await person.Browser.AskAsync(HttpMethod.Post, "/moderation/sign-out", forged));
    }

    private async Task<(HttpStatusCode Status, string Text)> TryPasswordAsync(string email, string password, ModeratorTestSite? at = null)
    {
        var browser = (at ?? site).Visit();
        var page = await browser.SendAsync(
            await browser.OpenAsync("/moderation/sign-in"), "password", ("email", email), ("password", password));
        return (browser.Status, page.QuerySelector("main")?.TextContent ?? "");
    }
}
