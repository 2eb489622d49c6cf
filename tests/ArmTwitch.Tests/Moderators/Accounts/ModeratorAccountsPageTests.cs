using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Accounts;

namespace ArmTwitch.Tests.Moderators.Accounts;

public sealed class ModeratorAccountsPageTests : IDisposable
{
    private readonly ModeratorTestSite site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Theory]
    [InlineData(ModeratorRole.Moderator, HttpStatusCode.Forbidden)]
    [InlineData(ModeratorRole.Editor, HttpStatusCode.Forbidden)]
    [InlineData(ModeratorRole.Admin, HttpStatusCode.OK)]
    public async Task Only_an_admin_sees_the_people(ModeratorRole role, HttpStatusCode status)
    {
        var person = await site.JoinAsync(role: role);

        Assert.Equal(status, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/people"));
        Assert.Equal(HttpStatusCode.OK, await person.Browser.AskAsync(HttpMethod.Get, "/moderation"));
    }

    [Fact]
    public async Task A_removed_moderator_is_signed_out_at_once()
    {
        var person = await site.JoinAsync();
        await site.JoinAsync("grace@example.org", ModeratorRole.Admin);
        var accounts = site.Site.Get<ModeratorAccounts>();

        Assert.Equal(ModeratorAccountOutcome.Done, await accounts.RemoveAsync(
            (await accounts.FindAsync(person.Email, Cancel))!.Id,
            cancellationToken: Cancel));

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
    }

    [Fact]
    public async Task The_last_admin_stays()
    {
        var admin = await site.JoinAsync(role: ModeratorRole.Admin);
        var page = await admin.Browser.OpenAsync("/moderation/people");
        var id = page.QuerySelector("[name=person]")!.GetAttribute("value")!;

        var refused = await admin.Browser.SendAsync(page, "remove", ("person", id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        Assert.Contains("This is the last admin", refused.Body!.TextContent, StringComparison.Ordinal);
        await admin.Browser.SendAsync(page, "change", ("person", id), ($"role-{id}", "editor"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        Assert.Equal(
            ModeratorRole.Admin,
            Assert.Single(await site.Site.Get<ModeratorAccounts>().ListAsync(Cancel)).Role);
    }

    [Fact]
    public async Task A_second_removal_says_that_the_account_is_gone()
    {
        var admin = await site.JoinAsync("grace@example.org", ModeratorRole.Admin);
        await site.JoinAsync();
        var page = await admin.Browser.OpenAsync("/moderation/people");
        var id =
            (await site.Site.Get<ModeratorAccounts>().FindAsync("ada@example.org", Cancel))!.Id.ToString();

        await admin.Browser.SendAsync(page, "remove", ("person", id));
        Assert.Equal("/moderation/people?done=removed", admin.Browser.Location);
        var told = await admin.Browser.SendAsync(page, "remove", ("person", id));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        Assert.Contains("has no account any more", told.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_admins_who_remove_each_other_one_stays()
    {
        await site.JoinAsync("ada@example.org", ModeratorRole.Admin);
        await site.JoinAsync("grace@example.org", ModeratorRole.Admin);
        var accounts = site.Site.Get<ModeratorAccounts>();
        var both = await accounts.ListAsync(Cancel);

        await Task.WhenAll(both.Select(one => Task.Run(() => accounts.RemoveAsync(one.Id))));

        Assert.Single(await accounts.ListAsync(Cancel));
    }

    [Fact]
    public async Task An_admin_invites_and_the_new_one_joins_in_that_role()
    {
        var admin = await site.JoinAsync(role: ModeratorRole.Admin);

        var page = await admin.Browser.SendAsync(
            await admin.Browser.OpenAsync("/moderation/people"), "invite", ("email", "grace@example.org"), ("role", "editor"));

        var link = page.QuerySelector(".link")!.TextContent;
        Assert.StartsWith("https://armtwitch.test/moderation/join?token=", link, StringComparison.Ordinal);
        Assert.Equal(
            ModeratorRole.Editor,
            (await site.Site.Get<InvitationService>().FindAsync(link.Split("token=")[1], Cancel))!.Role);
    }

    [Fact]
    public async Task A_new_role_counts_after_a_new_sign_in()
    {
        var person = await site.JoinAsync();
        var accounts = site.Site.Get<ModeratorAccounts>();
        await accounts.ChangeRoleAsync(
            (await accounts.FindAsync(person.Email, Cancel))!.Id, ModeratorRole.Admin,
            cancellationToken: Cancel);

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation"));
        Assert.Equal(HttpStatusCode.OK, await (await site.SignInAsync(person)).AskAsync(HttpMethod.Get, "/moderation/people"));
    }
}
