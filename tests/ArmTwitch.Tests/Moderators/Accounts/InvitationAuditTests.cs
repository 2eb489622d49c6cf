using AngleSharp.Html.Dom;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Auditing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderators.Accounts;

public abstract class InvitationAuditTests(DatabaseKind database) : IDisposable
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
    public async Task A_replaced_invitation_is_told_on_the_page_and_in_the_audit_by_its_mark_and_then_by_who_joined()
    {
        var admin = await site.JoinAsync("grace@example.org", ModeratorRole.Admin);
        var page = await InviteOnPageAsync();
        Assert.DoesNotContain("The link from before", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("invitation-link", page.QuerySelector("button[data-copy][hidden]")!.GetAttribute("data-copy"));
        var first = Invitation.MarkOf(Assert.Single(await Invitations.ListAsync(Cancel)).Id);
        page = await InviteOnPageAsync();
        Assert.Contains("The link from before no longer works.", page.QuerySelector(".done")!.TextContent, StringComparison.Ordinal);
        var second = Invitation.MarkOf(Assert.Single(await Invitations.ListAsync(Cancel)).Id);
        Assert.Contains(second, page.QuerySelectorAll("tbody th").Select(cell => cell.TextContent).Last(), StringComparison.Ordinal);

        Assert.Equal(
            [$"Invited somebody: {second}", $"Replaced an invitation: {first}", $"Invited somebody: {first}"], (await AuditAsync()).Take(3));
        await Invitations.AcceptAsync(page.QuerySelector(".link")!.TextContent.Split("token=")[1], new(Guid.CreateVersion7(), "Bob", null)
        {
            Password = ModeratorTestSite.Password,
            AuthenticatorKey = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
        });

        Assert.Equal(
            ["Joined: Bob", $"Accepted an invitation: {second}", $"Invited somebody: Bob, {second}", $"Replaced an invitation: {first}"],
            (await AuditAsync()).Take(4));
        var bob = (await site.Site.Get<ModeratorAccounts>().FindAsync("bob@example.org", Cancel))!;
        var link = (await admin.Browser.OpenAsync("/moderation/audit?what=people")).QuerySelectorAll("tbody tr")[2].QuerySelector("td:nth-child(4) a")!;
        Assert.Equal($"/moderation/people/{bob.Id}", link.GetAttribute("href"));

        async Task<IHtmlDocument> InviteOnPageAsync() => await admin.Browser.SendAsync(
            await admin.Browser.OpenAsync("/moderation/people"), "invite", ("email", "bob@example.org"), ("role", "editor"));
        async Task<IEnumerable<string>> AuditAsync() => (await admin.Browser.OpenAsync("/moderation/audit?what=people"))
            .QuerySelectorAll("tbody tr").Select(row => $"{row.Children[2].TextContent}: {row.Children[3].TextContent.Trim()}");
    }

    [Fact]
    public async Task Invitations_that_end_with_their_inviter_are_in_the_audit()
    {
        await site.JoinAsync("grace@example.org", ModeratorRole.Admin);
        await site.JoinAsync("hedy@example.org", ModeratorRole.Admin);
        var accounts = site.Site.Get<ModeratorAccounts>();
        var admin = (await accounts.FindAsync("grace@example.org", Cancel))!.Id;
        await Invitations.MakeAsync("ada@example.org", ModeratorRole.Editor, new(admin, "Grace", "grace@example.org", ModeratorRole.Admin), Cancel);

        await accounts.RemoveAsync(admin, cancellationToken: Cancel);

        await using var db = site.Site.Database();
        var of = await db.Set<AuditEntry>().Where(entry => entry.Detail == "as editor").OrderBy(entry => entry.Id).ToListAsync(Cancel);
        Assert.Equal([AuditAction.ModeratorInvited, AuditAction.InvitationRevoked], of.Select(entry => entry.Act));
        Assert.Equal(of[0].SubjectId, of[1].SubjectId);
    }
}

public sealed class InvitationAuditTestsOnSqlite() : InvitationAuditTests(DatabaseKind.Sqlite);

public sealed class InvitationAuditTestsOnPostgres() : InvitationAuditTests(DatabaseKind.Postgres);
