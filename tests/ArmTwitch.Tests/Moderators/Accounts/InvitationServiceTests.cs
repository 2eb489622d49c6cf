using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Authenticators;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderators.Accounts;

public abstract class InvitationServiceTests(DatabaseKind database) : IDisposable
{
    private readonly ModeratorTestSite site = new(database);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InvitationService Invitations => site.Site.Get<InvitationService>();

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_log_has_the_link_for_the_first_admin_until_there_is_one()
    {
        var browser = site.Visit();
        var address = new Uri((await site.Log.WaitForAsync("There is no moderator yet")).Split(' ')[^1]);
        Assert.Equal("https://armtwitch.test", address.GetLeftPart(UriPartial.Authority));
        var page = await browser.OpenAsync(address.PathAndQuery);
        var key = TestBrowser.KeyOn(page);

        await browser.SendAsync(
            page, "join", ("name", "Ada"), ("email", "ada@example.org"), ("password", ModeratorTestSite.Password),
            ("code", site.CodeNow(key)));

        var first = Assert.Single(await site.Site.Get<ModeratorAccounts>().ListAsync(Cancel));
        Assert.Equal((ModeratorRole.Admin, "ada@example.org"), (first.Role, first.Email));
        Assert.Null(await Invitations.MakeFirstAsync(Cancel));
    }

    [Fact]
    public async Task A_new_start_revokes_the_link_of_the_one_before()
    {
        site.Visit();
        var before = await site.Log.WaitForAsync("There is no moderator yet");

        await Invitations.MakeFirstAsync(Cancel);

        Assert.Null(await Invitations.FindAsync(before.Split("token=")[1], Cancel));
    }

    [Fact]
    public async Task A_link_works_once()
    {
        var link = await site.InviteAsync();

        var first = await Invitations.AcceptAsync(TokenIn(link), Newcomer("Ada"));
        var second = await Invitations.AcceptAsync(TokenIn(link), Newcomer("Bob"));

        Assert.Equal((JoinOutcome.Joined, JoinOutcome.NoInvitation), (first.Outcome, second.Outcome));
        Assert.Equal(RecoveryCodeSet.Count, first.RecoveryCodes!.Count);
        Assert.Equal(
            "Ada", Assert.Single(await site.Site.Get<ModeratorAccounts>().ListAsync(Cancel)).DisplayName);
    }

    [Fact]
    public async Task Of_two_who_use_a_link_at_once_one_joins()
    {
        site.Visit();
        var first = (await site.Log.WaitForAsync("There is no moderator yet")).Split("token=")[1];

        var joinings = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Task.Run(() => Invitations.AcceptAsync(first, Newcomer($"Person {i}", $"{i}@example.org")))));

        Assert.Single(joinings, joining => joining.Outcome is JoinOutcome.Joined);
        Assert.Single(await site.Site.Get<ModeratorAccounts>().ListAsync(Cancel));
    }

    [Fact]
    public async Task A_link_ends_after_72_hours()
    {
        var token = TokenIn(await site.InviteAsync());

        site.Site.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Invitations.FindAsync(token, Cancel));
        site.Site.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await Invitations.FindAsync(token, Cancel));
        Assert.Equal(JoinOutcome.NoInvitation, (await Invitations.AcceptAsync(token, Newcomer("Ada"))).Outcome);
    }

    [Fact]
    public async Task A_later_link_for_the_same_address_revokes_the_earlier()
    {
        var earlier = TokenIn(await site.InviteAsync());
        var later = TokenIn(await site.InviteAsync());

        Assert.Null(await Invitations.FindAsync(earlier, Cancel));
        Assert.NotNull(await Invitations.FindAsync(later, Cancel));
    }

    [Fact]
    public async Task An_invitation_is_matched_whatever_the_case()
    {
        var earlier = TokenIn(await site.InviteAsync("Ada@Example.org"));
        var later = TokenIn(await site.InviteAsync("ADA@example.ORG"));
        Assert.Null(await Invitations.FindAsync(earlier, Cancel));
        await Invitations.AcceptAsync(later, Newcomer("Ada"));

        Assert.Null(
            await Invitations.MakeAsync("ada@example.org", ModeratorRole.Admin, cancellationToken: Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_invitation_ends_when_its_inviter_is_no_admin_any_more(bool isRemoved)
    {
        var admin = await MakeAdminAsync("grace@example.org");
        await MakeAdminAsync("hedy@example.org");
        var token = TokenIn(
            (await Invitations.MakeAsync("ada@example.org", ModeratorRole.Admin, Inviter(admin), Cancel))!.Link);
        Assert.NotNull(await Invitations.FindAsync(token, Cancel));

        if (isRemoved)
            await site.Site.Get<ModeratorAccounts>().RemoveAsync(admin, cancellationToken: Cancel);
        else
            await site.Site.Get<ModeratorAccounts>()
                .ChangeRoleAsync(admin, ModeratorRole.Editor, cancellationToken: Cancel);

        Assert.Equal(JoinOutcome.NoInvitation, (await Invitations.AcceptAsync(token, Newcomer("Ada"))).Outcome);
        await site.Site.Get<ModeratorAccounts>()
            .ChangeRoleAsync(admin, ModeratorRole.Admin, cancellationToken: Cancel);
        Assert.Null(await Invitations.FindAsync(token, Cancel));
    }

    [Fact]
    public async Task An_admin_who_is_being_removed_lets_nobody_in_any_more()
    {
        var admin = await MakeAdminAsync("grace@example.org");
        await MakeAdminAsync("hedy@example.org");
        var token = TokenIn(
            (await Invitations.MakeAsync("ada@example.org", ModeratorRole.Admin, Inviter(admin), Cancel))!.Link);

        var removal = Task.Run(() => site.Site.Get<ModeratorAccounts>().RemoveAsync(admin));
        var joinings = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => Task.Run(() => Invitations.AcceptAsync(token, Newcomer("Ada")))));
        await removal;

        Assert.True(joinings.Count(joining => joining.Outcome is JoinOutcome.Joined) <= 1);
        Assert.Equal(JoinOutcome.NoInvitation, (await Invitations.AcceptAsync(token, Newcomer("Ada"))).Outcome);
    }

    [Fact]
    public async Task Open_invitations_are_listed_with_their_inviter_and_can_be_revoked()
    {
        var admin = await site.JoinAsync("grace@example.org", ModeratorRole.Admin);
        await admin.Browser.SendAsync(
            await admin.Browser.OpenAsync("/moderation/people"), "invite", ("email", "ada@example.org"), ("role", "editor"));
        var invitation = Assert.Single(await Invitations.ListAsync(Cancel));
        Assert.Equal(("ada@example.org", ModeratorRole.Editor, "Ada"), (invitation.Email, invitation.Role, invitation.Inviter));

        var page = await admin.Browser.OpenAsync("/moderation/people");
        await admin.Browser.SendAsync(page, "revoke", ("invitation", invitation.Id.ToString()));
        Assert.Equal("/moderation/people?done=revoked", admin.Browser.Location);
        await admin.Browser.SendAsync(page, "revoke", ("invitation", invitation.Id.ToString()));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        Assert.Empty(await Invitations.ListAsync(Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=x")]
    [InlineData("?token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_wrong_link_says_so(string query)
    {
        var page = await site.Visit().OpenAsync("/moderation/join" + query);

        Assert.Contains("This link does not work any more", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Forms);
    }

    [Fact]
    public async Task Opening_the_link_changes_nothing()
    {
        var link = await site.InviteAsync();
        var browser = site.Visit();
        await browser.OpenAsync(link);
        await browser.OpenAsync(link);

        await using var db = site.Site.Database();
        Assert.Null((await db.Set<Invitation>().SingleAsync(one => one.Email != null, Cancel)).UsedAt);
        Assert.Equal(0, await db.Users.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_wrong_code_keeps_what_was_typed_and_the_link_but_no_password()
    {
        var browser = site.Visit();
        var page = await browser.OpenAsync(await site.InviteAsync());
        var key = TestBrowser.KeyOn(page);

        var refused = await browser.SendAsync(
            page, "join", ("name", "Ada <b>"), ("password", ModeratorTestSite.Password), ("code", "000000"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        Assert.StartsWith("Error: ", refused.Title, StringComparison.Ordinal);
        Assert.NotNull(refused.QuerySelector(".errors a[href$='#code']"));
        Assert.Equal("Ada <b>", refused.QuerySelector("#name")!.GetAttribute("value"));
        Assert.Null(refused.QuerySelector("#password")!.GetAttribute("value"));
        Assert.Equal(key, TestBrowser.KeyOn(refused));
        await browser.SendAsync(refused, "join", ("password", ModeratorTestSite.Password), ("code", site.CodeNow(key)));
        Assert.Equal(HttpStatusCode.OK, browser.Status);
        await browser.OpenAsync("/moderation");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Theory]
    [InlineData("", ModeratorTestSite.Password, "#name")]
    [InlineData("Ada", "eleven char", "#password")]
    [InlineData("Ada", "aaaaaaaaaaaaaaaa", "#password")]
    public async Task A_missing_or_weak_field_is_named(string name, string password, string field)
    {
        var browser = site.Visit();
        var page = await browser.OpenAsync(await site.InviteAsync());

        var refused = await browser.SendAsync(
            page, "join", ("name", name), ("password", password), ("code", site.CodeNow(TestBrowser.KeyOn(page))));

        Assert.EndsWith(field, Assert.Single(refused.QuerySelectorAll(".errors a")).GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_not_in_the_database()
    {
        var token = TokenIn(await site.InviteAsync());

        await using var db = site.Site.Database();
        var kept = await db.Set<Invitation>().SingleAsync(one => one.Email != null, Cancel);

        Assert.Equal(SecretToken.Hash("invitation", token), kept.TokenHash);
    }

    /// <summary>Makes somebody an admin.</summary>
    private async Task<Guid> MakeAdminAsync(string email) =>
        (await Invitations.AcceptAsync(TokenIn(await site.InviteAsync(email, ModeratorRole.Admin)), Newcomer("Grace"))).ModeratorId!.Value;

    private static NewModerator Newcomer(string name, string? email = null) =>
        new(Guid.CreateVersion7(), name, email)
        {
            Password = ModeratorTestSite.Password,
            AuthenticatorKey = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        };

    private static CurrentModerator Inviter(Guid admin) => new(admin, "Grace", "grace@example.org", ModeratorRole.Admin);

    private static string TokenIn(string link) => link.Split("token=")[1];
}

public sealed class InvitationServiceTestsOnSqlite() : InvitationServiceTests(DatabaseKind.Sqlite);

public sealed class InvitationServiceTestsOnPostgres() : InvitationServiceTests(DatabaseKind.Postgres);
