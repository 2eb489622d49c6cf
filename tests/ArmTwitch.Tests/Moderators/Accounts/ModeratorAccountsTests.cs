using System.Net;
using AngleSharp.Html.Dom;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderators.Accounts;

/// <summary>Accounts change only shortly after a sign-in, and every admin gets a mail.</summary>
public abstract class ModeratorAccountsTests(DatabaseKind database) : IDisposable
{
    private const string Admin = "ada@example.org",
        OtherAdmin = "grace@example.org",
        Moderator = "hedy@example.org",
        Newcomer = "mary@example.org";

    private readonly ModeratorTestSite site = new(database);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ModeratorAccounts Accounts => site.Site.Get<ModeratorAccounts>();

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Ten_minutes_after_a_sign_in_accounts_change_only_after_another_one()
    {
        var (admin, page, hedy) = await BeginAsync();
        site.Site.Clock.Advance(SessionStore.FreshFor);

        var refused = await admin.Browser.SendAsync(page, "invite", ("email", Newcomer), ("role", "admin"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        Assert.Contains("Sign in again", refused.QuerySelector(".errors a[href$='#again']")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(Newcomer, refused.QuerySelector("#email")!.GetAttribute("value"));
        await admin.Browser.SendAsync(page, "change", ("person", hedy), ($"role-{hedy}", "admin"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        await admin.Browser.SendAsync(page, "remove", ("person", hedy));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        Assert.Empty(await site.Site.Get<InvitationService>().ListAsync(Cancel));
        Assert.Equal(ModeratorRole.Moderator, (await Accounts.FindAsync(Moderator, Cancel))!.Role);
        Assert.Empty(await MailsAsync());

        await site.SignInAsync(admin, refused.QuerySelector("#again a")!.GetAttribute("href")!, admin.Browser);
        Assert.Equal("/moderation/people", admin.Browser.Location);
        await InviteAsync(admin, await admin.Browser.OpenAsync("/moderation/people"));
        Assert.Single(await site.Site.Get<InvitationService>().ListAsync(Cancel));
    }

    [Fact]
    public async Task The_service_changes_no_account_in_a_session_older_than_ten_minutes()
    {
        var (_, _, hedy) = await BeginAsync();
        var by = await SignedInAsync(Admin);
        Assert.Equal(ModeratorAccountOutcome.Done, await Accounts.ChangeRoleAsync(Guid.Parse(hedy), ModeratorRole.Editor, by, Cancel));

        site.Site.Clock.Advance(SessionStore.FreshFor);

        Assert.Equal(ModeratorAccountOutcome.MayNoLonger, await Accounts.ChangeRoleAsync(Guid.Parse(hedy), ModeratorRole.Admin, by, Cancel));
        Assert.Equal(ModeratorAccountOutcome.MayNoLonger, await Accounts.RemoveAsync(Guid.Parse(hedy), by, Cancel));
        Assert.Null(await site.Site.Get<InvitationService>().MakeAsync(Newcomer, ModeratorRole.Admin, by, Cancel));
        Assert.Equal(ModeratorRole.Editor, (await Accounts.FindAsync(Moderator, Cancel))!.Role);
    }

    [Fact]
    public async Task A_former_admin_invites_changes_removes_and_revokes_nothing()
    {
        var (_, _, hedy) = await BeginAsync();
        var by = await SignedInAsync(Admin);
        await site.InviteAsync(Newcomer);
        var invitation = Assert.Single(await site.Site.Get<InvitationService>().ListAsync(Cancel));
        await Accounts.ChangeRoleAsync(by.Id, ModeratorRole.Editor, cancellationToken: Cancel);

        Assert.Equal(ModeratorAccountOutcome.MayNoLonger, await Accounts.RemoveAsync(Guid.Parse(hedy), by, Cancel));
        Assert.Equal(ModeratorAccountOutcome.MayNoLonger, await Accounts.ChangeRoleAsync(Guid.Parse(hedy), ModeratorRole.Admin, by, Cancel));
        Assert.Null(await site.Site.Get<InvitationService>().MakeAsync("ida@example.org", ModeratorRole.Admin, by, Cancel));
        Assert.False(await site.Site.Get<InvitationService>().RevokeAsync(invitation.Id, by, Cancel));
        Assert.Single(await site.Site.Get<InvitationService>().ListAsync(Cancel));
    }

    [Fact]
    public async Task Every_admin_and_nobody_else_is_mailed_about_each_change()
    {
        var (admin, page, hedy) = await BeginAsync();

        await InviteAsync(admin, page);
        await AreMailedAsync($"Ada ({Admin}) invited {Newcomer} as admin");
        await admin.Browser.SendAsync(page, "change", ("person", hedy), ($"role-{hedy}", "editor"));
        await AreMailedAsync($"Ada ({Admin}) changed the role of Ada ({Moderator}) from moderator to editor");
        await admin.Browser.SendAsync(page, "remove", ("person", (await Accounts.FindAsync(OtherAdmin, Cancel))!.Id.ToString()));
        await AreMailedAsync($"Ada ({Admin}) removed Ada ({OtherAdmin})");
    }

    [Fact]
    public async Task Admins_are_mailed_about_changes_by_commands()
    {
        await BeginAsync();

        await site.InviteAsync(Newcomer, ModeratorRole.Editor);

        await AreMailedAsync($"Whoever runs the site invited {Newcomer} as editor");
    }

    [Fact]
    public async Task A_change_that_was_refused_is_mailed_to_nobody()
    {
        var (admin, page, _) = await BeginAsync();
        await Accounts.RemoveAsync((await Accounts.FindAsync(OtherAdmin, Cancel))!.Id, cancellationToken: Cancel);
        var before = (await MailsAsync()).Count;

        await admin.Browser.SendAsync(page, "remove", ("person", (await Accounts.FindAsync(Admin, Cancel))!.Id.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        await admin.Browser.SendAsync(page, "change", ("person", (await Accounts.FindAsync(Admin, Cancel))!.Id.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        await admin.Browser.SendAsync(page, "invite", ("email", Moderator), ("role", "admin"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);

        Assert.Equal(before, (await MailsAsync()).Count);
    }

    [Fact]
    public async Task An_erased_address_is_in_no_mail_to_an_admin_any_more()
    {
        var (admin, page, _) = await BeginAsync();
        await InviteAsync(admin, page);

        var parts = await site.Site.Get<PersonErasureService>().EraseAsync(new PersonAddress(Newcomer, Newcomer), Cancel);

        Assert.Contains(parts, part => part is { What: "admin-mails", Count: 2, IsErased: true });
        Assert.DoesNotContain(
            await MailsAsync(),
            mail => mail.Text.Contains(Newcomer, StringComparison.Ordinal) || mail.Html.Contains(Newcomer, StringComparison.Ordinal));
    }

    /// <summary>Adds two admins and a moderator, and deletes the mails about that.</summary>
    private async Task<(TestModerator Admin, IHtmlDocument Page, string Moderator)> BeginAsync()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await site.JoinAsync(OtherAdmin, ModeratorRole.Admin);
        await site.JoinAsync(Moderator);
        await using var db = site.Site.Database();
        await db.Set<OutgoingMail>().ExecuteDeleteAsync(Cancel);
        return (admin, await admin.Browser.OpenAsync("/moderation/people"), (await Accounts.FindAsync(Moderator, Cancel))!.Id.ToString());
    }

    private static Task<IHtmlDocument> InviteAsync(TestModerator admin, IHtmlDocument page) =>
        admin.Browser.SendAsync(page, "invite", ("email", Newcomer), ("role", "admin"));

    /// <returns>The moderator as the session of the browser says.</returns>
    private async Task<CurrentModerator> SignedInAsync(string email)
    {
        var person = (await Accounts.FindAsync(email, Cancel))!;
        await using var db = site.Site.Database();
        var session = await db.Set<ModeratorSession>()
            .Where(one => one.ModeratorId == person.Id).Select(one => one.Hash).SingleAsync(Cancel);
        return new CurrentModerator(person.Id, person.DisplayName, email, person.Role) { Session = session };
    }

    private async Task AreMailedAsync(string words)
    {
        var told = (await MailsAsync()).Where(mail => OneLine(mail.Text).Contains(words, StringComparison.Ordinal)).ToList();
        Assert.Equal([Admin, OtherAdmin], told.Select(mail => mail.To).Order(StringComparer.Ordinal));
    }

    private async Task<List<OutgoingMail>> MailsAsync()
    {
        await using var db = site.Site.Database();
        return await db.Set<OutgoingMail>().Where(mail => mail.Cause.StartsWith(AccountChangeMailer.CausePrefix)).ToListAsync(Cancel);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}

public sealed class ModeratorAccountsTestsOnSqlite() : ModeratorAccountsTests(DatabaseKind.Sqlite);

public sealed class ModeratorAccountsTestsOnPostgres() : ModeratorAccountsTests(DatabaseKind.Postgres);
