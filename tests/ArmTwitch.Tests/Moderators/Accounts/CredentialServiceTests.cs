using System.Net;
using AngleSharp.Html.Dom;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Moderators.Accounts;

/// <summary>Credentials change only shortly after a sign-in, and the owner gets a mail.</summary>
public abstract class CredentialServiceTests(DatabaseKind database) : IDisposable
{
    private const string Other = "another good password";

    private readonly ModeratorTestSite site = new(database);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Ten_minutes_after_a_sign_in_credentials_change_only_after_another_one()
    {
        var person = await site.JoinAsync();
        var page = await person.Browser.OpenAsync("/moderation/account");
        site.Site.Clock.Advance(SessionStore.FreshFor);

        var refused = await ChangePasswordAsync(person, page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, person.Browser.Status);
        Assert.Contains("Sign in again", refused.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        await person.Browser.SendAsync(page, "codes");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, person.Browser.Status);
        await person.Browser.SendAsync(page, "passkey-add", ("credential", "{}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, person.Browser.Status);
        Assert.Empty(await MailsAsync());

        await site.SignInAsync(person, refused.QuerySelector("#again a")!.GetAttribute("href")!, person.Browser);
        Assert.Equal("/moderation/account", person.Browser.Location);
        await ChangePasswordAsync(person, await person.Browser.OpenAsync("/moderation/account"));
        Assert.Equal("/moderation/account?done=changed", person.Browser.Location);
    }

    [Fact]
    public async Task A_new_password_is_mailed_to_its_owner_and_ends_the_other_sessions()
    {
        var person = await site.JoinAsync();
        var other = await site.SignInAsync(person);

        await ChangePasswordAsync(person, await person.Browser.OpenAsync("/moderation/account"));

        Assert.Contains("The password was changed.", Assert.Single(await MailsAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        Assert.Equal(HttpStatusCode.Found, await other.AskAsync(HttpMethod.Get, "/moderation/session"));
        var page = await other.OpenAsync("/moderation/sign-in");
        Assert.Contains(
            "the way to sign in to your account was changed", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keep", 1)]
    [InlineData("remove", 0)]
    public async Task A_new_password_asks_what_becomes_of_the_passkeys(string answer, int left)
    {
        var person = await site.JoinAsync();
        await AddPasskeyAsync(person.Email);
        var page = await person.Browser.OpenAsync("/moderation/account");

        var asked = await ChangePasswordAsync(person, page);
        Assert.Equal("Say whether your passkeys stay", Assert.Single(asked.QuerySelectorAll(".errors a")).TextContent);
        await ChangePasswordAsync(person, asked, ("passkeys", answer));

        Assert.Equal("/moderation/account?done=changed", person.Browser.Location);
        Assert.Equal(left, (await person.Browser.OpenAsync("/moderation/account")).QuerySelectorAll("[name=passkey]").Length);
    }

    [Fact]
    public async Task Each_change_of_a_passkey_is_mailed_to_its_owner()
    {
        var person = await site.JoinAsync();
        await AddPasskeyAsync(person.Email);
        var page = await person.Browser.OpenAsync("/moderation/account");
        var passkey = page.QuerySelector("[name=passkey]")!.GetAttribute("value")!;

        await person.Browser.SendAsync(page, "passkey-remove", ("passkey", passkey));

        Assert.Equal("/moderation/account?done=removed", person.Browser.Location);
        Assert.Contains(await MailsAsync(), mail => mail.Text.Contains("A passkey was added: Phone.", StringComparison.Ordinal));
        Assert.Contains(await MailsAsync(), mail => mail.Text.Contains("A passkey was removed: Phone.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_was_not_saved_is_not_called_saved()
    {
        var database = new FailingCommandInterceptor();
        site.Site.With(database.AddTo);
        var person = await site.JoinAsync();
        var page = await person.Browser.OpenAsync("/moderation/account");
        database.Refuses = statement =>
        {
            if (!statement.StartsWith("UPDATE \"Moderators\"", StringComparison.Ordinal))
                return false;
            database.Refuses = null;
            using var db = site.Site.Database();
            Assert.Equal(1, db.Users.ExecuteUpdate(set => set.SetProperty(one => one.ConcurrencyStamp, "that of another change")));
            return false;
        };

        page = await person.Browser.SendAsync(page, "profile", ("name", "Ada Lovelace"));

        Assert.Contains("Your account was being changed in the same moment.", page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Ada Lovelace", page.QuerySelector("#name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_account_says_how_many_recovery_codes_are_left_and_makes_new_ones()
    {
        var person = await site.JoinAsync();
        await SignInWithCodeAsync(person, person.RecoveryCodes[0]);
        var page = await person.Browser.OpenAsync("/moderation/account");
        Assert.Contains("9 codes are left", page.Body!.TextContent, StringComparison.Ordinal);

        page = await person.Browser.SendAsync(page, "codes");

        var made = page.QuerySelectorAll(".codes code").Select(code => code.TextContent).ToList();
        Assert.Equal((10, true), (made.Count, page.Body!.TextContent.Contains("10 codes are left", StringComparison.Ordinal)));
        Assert.Contains("New recovery codes were made", Assert.Single(await MailsAsync()).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SignInWithCodeAsync(person, person.RecoveryCodes[1]));
        Assert.Equal(HttpStatusCode.Found, await SignInWithCodeAsync(person, made[0]));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task A_recovery_code_works_in_any_case_with_or_without_its_dash(bool isLower, bool hasDash)
    {
        var person = await site.JoinAsync();
        var code = person.RecoveryCodes[0];
        code = hasDash ? code : code.Replace("-", " ", StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Found, await SignInWithCodeAsync(person, isLower ? code.ToLowerInvariant() : code));
    }

    [Fact]
    public async Task A_moderator_with_only_a_passkey_gets_recovery_codes_that_sign_in_once()
    {
        var invitation = await site.InviteAsync();
        var joining = await site.Site.Get<InvitationService>()
            .AcceptAsync(invitation.Split("token=")[1], new(Guid.CreateVersion7(), "Ada", null) { Passkey = Passkey() });
        Assert.Equal(10, joining.RecoveryCodes!.Count);

        Assert.Equal((HttpStatusCode.Found, "/moderation"), await TryAsync(joining.RecoveryCodes[0].ToLowerInvariant()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await TryAsync(joining.RecoveryCodes[0])).Status);

        async Task<(HttpStatusCode Status, string? Location)> TryAsync(string code)
        {
            var browser = site.Visit();
            await browser.SendAsync(
                await browser.OpenAsync("/moderation/sign-in"), "password", ("email", "ada@example.org"), ("password", code));
            return (browser.Status, browser.Location);
        }
    }

    [Fact]
    public async Task A_recovery_code_alone_opens_no_account_that_has_a_password()
    {
        var person = await site.JoinAsync();
        var browser = site.Visit();

        await browser.SendAsync(
            await browser.OpenAsync("/moderation/sign-in"), "password", ("email", person.Email), ("password", person.RecoveryCodes[0]));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
    }

    [Fact]
    public async Task The_owner_is_mailed_once_about_ten_wrong_codes()
    {
        var person = await site.JoinAsync();
        await TypeWrongCodesAsync(person, 9);
        Assert.Empty(await MailsAsync());

        await TypeWrongCodesAsync(person, 5);

        Assert.Contains("10 wrong codes", Assert.Single(await MailsAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_codes_of_a_stranger_do_not_lock_the_owner_out()
    {
        var person = await site.JoinAsync();
        await TypeWrongCodesAsync(person, 10);

        Assert.Equal(HttpStatusCode.Found, await SignInWithCodeAsync(person, null));
        await site.SignInAsync(person, browser: person.Browser);
        Assert.Equal("/moderation", person.Browser.Location);
    }

    [Fact]
    public async Task Wrong_passwords_at_a_change_count_as_at_the_sign_in_for_this_browser_alone()
    {
        var person = await site.JoinAsync();
        var page = await person.Browser.OpenAsync("/moderation/account");
        for (var number = 0; number < 10; number++)
            await person.Browser.SendAsync(page, "password", ("current", "a wrong password"), ("password", Other), ("code", ""));

        await ChangePasswordAsync(person, page);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, person.Browser.Status);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(15));
        var owner = await site.SignInAsync(person);
        await ChangePasswordAsync(person with { Browser = owner }, await owner.OpenAsync("/moderation/account"));
        Assert.Equal("/moderation/account?done=changed", owner.Location);
    }

    [Fact]
    public async Task After_fifty_codes_in_a_day_an_account_takes_only_recovery_codes()
    {
        var person = await site.JoinAsync();
        var moderator = await site.Site.Get<ModeratorAccounts>().FindAsync(person.Email, Cancel);
        for (var number = 0; number < 49; number++)
            Assert.True(await site.Site.Get<SecondFactorLimiter>().TryTakeAttemptAsync(moderator!, Cancel));
        await TypeWrongCodesAsync(person, 1);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SignInWithCodeAsync(person, null));
        Assert.Equal(HttpStatusCode.Found, await SignInWithCodeAsync(person, person.RecoveryCodes[0]));
        site.Site.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Found, await SignInWithCodeAsync(person, null));
    }

    /// <param name="code">Null for that of the app.</param>
    private async Task<HttpStatusCode> SignInWithCodeAsync(TestModerator person, string? code)
    {
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        var browser = site.Visit();
        await browser.SendAsync(
            await browser.OpenAsync("/moderation/sign-in"), "password", ("email", person.Email), ("password", ModeratorTestSite.Password));
        await browser.SendAsync(await browser.OpenAsync(browser.Location!), "code", ("code", code ?? site.CodeNow(person.Key)));
        return browser.Status;
    }

    private async Task TypeWrongCodesAsync(TestModerator person, int count)
    {
        for (var number = 0; number < count; number++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, await SignInWithCodeAsync(person, "000000"));
    }

    private static Task<IHtmlDocument> ChangePasswordAsync(
        TestModerator person, IHtmlDocument page, params (string Name, string Value)[] more) => person.Browser.SendAsync(
            page, "password", [("current", ModeratorTestSite.Password), ("password", Other), ("code", ""), .. more]);

    private async Task AddPasskeyAsync(string email)
    {
        await using var scope = site.Site.Services.CreateAsyncScope();
        var moderator = (await scope.ServiceProvider.GetRequiredService<UserManager<Moderator>>().FindByEmailAsync(email))!;
        Assert.True(await scope.ServiceProvider.GetRequiredService<CredentialService>().AddPasskeyAsync(moderator, Passkey()));
    }

    private static UserPasskeyInfo Passkey() =>
        new([1, 2, 3], [4, 5, 6], DateTimeOffset.UnixEpoch, 0, ["internal"], true, false, false, [7], [8]) { Name = "Phone" };

    private async Task<List<OutgoingMail>> MailsAsync()
    {
        await using var db = site.Site.Database();
        return await db.Set<OutgoingMail>().AsNoTracking().ToListAsync(Cancel);
    }
}

public sealed class CredentialServiceTestsOnSqlite() : CredentialServiceTests(DatabaseKind.Sqlite);

public sealed class CredentialServiceTestsOnPostgres() : CredentialServiceTests(DatabaseKind.Postgres);
