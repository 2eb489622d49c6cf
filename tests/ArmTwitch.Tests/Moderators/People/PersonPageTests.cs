using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.People;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Moderators.People;

/// <summary>What an admin sees of a colleague, and may do when a session or a way to sign in is lost.</summary>
public abstract class PersonPageTests(DatabaseKind database) : IDisposable
{
    private const string Admin = "grace@example.org", Person = "ada@example.org";

    private readonly ModeratorTestSite site = new(database);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_people_are_a_table_with_how_they_sign_in_and_when_they_were_seen()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await site.JoinAsync(Person);
        await site.InviteAsync("new@example.org", ModeratorRole.Editor);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(5));

        var page = await admin.Browser.OpenAsync("/moderation/people");

        var row = page.QuerySelector($"#person-{await IdAsync(Person)}")!;
        Assert.Equal(
            ("Password and app", "5 minutes ago", "1"),
            (row.Children[2].TextContent, row.Children[3].TextContent, row.Children[4].TextContent));
        var invitation = page.QuerySelector(".table:not(.accounts) tbody tr")!;
        Assert.StartsWith("new@example.org invitation ", invitation.Children[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(["editor", "whoever runs the site", "5 minutes ago"], invitation.Children.Skip(1).Take(3).Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task The_last_sign_in_is_known_when_its_session_is_long_deleted()
    {
        await site.JoinAsync(Person);
        await using (var db = site.Site.Database())
            await db.Set<ModeratorSession>().ExecuteDeleteAsync(Stop);
        site.Site.Clock.Advance(TimeSpan.FromDays(21));

        var overview = await site.Site.Get<PeopleDirectory>().FindAsync(Guid.Parse(await IdAsync(Person)), Stop);

        Assert.Equal("Last seen 21 days ago.", PeopleLabels.LastSeen(overview!, site.Site.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task The_navigation_marks_the_list_that_a_page_belongs_to()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);

        var page = await admin.Browser.OpenAsync($"/moderation/people/{await IdAsync(Admin)}");

        Assert.Equal(
            ("/moderation/people", "true"),
            page.QuerySelectorAll("#menu [aria-current]").Select(link => (link.GetAttribute("href"), link.GetAttribute("aria-current"))).Single());
    }

    [Fact]
    public async Task A_session_of_an_account_that_was_removed_meanwhile_has_ended_already()
    {
        await site.JoinAsync(Admin, ModeratorRole.Admin);
        var by = new CurrentModerator(Guid.Parse(await IdAsync(Admin)), "Ada", Admin, ModeratorRole.Admin);

        Assert.Equal(0, await site.Site.Get<ModeratorSessionEnder>().EndAsync(Guid.NewGuid(), session: null, by, Stop));
        Assert.Null(await site.Site.Get<ModeratorSessionEnder>().EndAsync(Guid.NewGuid(), session: null, by with { Id = Guid.NewGuid() }, Stop));
    }

    [Fact]
    public async Task An_admin_ends_one_session_and_then_all()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        var first = await site.JoinAsync(Person);
        var second = await site.SignInAsync(first);
        var page = await admin.Browser.OpenAsync($"/moderation/people/{await IdAsync(Person)}");
        var oldest = page.QuerySelectorAll("[name=session]")[^1].GetAttribute("value")!;

        await admin.Browser.SendAsync(page, "end", ("session", oldest));
        Assert.EndsWith("?done=ended", admin.Browser.Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, await first.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        Assert.Equal(HttpStatusCode.NoContent, await second.AskAsync(HttpMethod.Get, "/moderation/session"));
        await admin.Browser.SendAsync(page, "end", ("session", oldest));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        await admin.Browser.SendAsync(page, "end-all");
        Assert.Equal(HttpStatusCode.Found, await second.AskAsync(HttpMethod.Get, "/moderation/session"));

        Assert.Contains(
            "An admin has ended your session", (await second.OpenAsync("/moderation/sign-in")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal([AuditAction.SessionEnded, AuditAction.SessionsEnded], (await AuditAsync()).TakeLast(2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("00")]
    public async Task A_session_that_does_not_exist_is_told_so(string session)
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await site.JoinAsync(Person);
        var page = await admin.Browser.OpenAsync($"/moderation/people/{await IdAsync(Person)}");

        await admin.Browser.SendAsync(page, "end", ("session", session));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
    }

    [Fact]
    public async Task A_reset_ends_app_codes_and_sessions_and_one_code_signs_in_after_the_password()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        var person = await site.JoinAsync(Person);
        var page = await admin.Browser.OpenAsync($"/moderation/people/{await IdAsync(Person)}");

        var code = (await admin.Browser.SendAsync(page, "reset")).QuerySelector(".link")!.TextContent;

        Assert.Equal(HttpStatusCode.Found, await person.Browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        // The password alone does not let anybody in, nor does what was reset.
        var browser = site.Visit();
        await browser.SendAsync(
            await browser.OpenAsync("/moderation/sign-in"), "password", ("email", Person), ("password", ModeratorTestSite.Password));
        Assert.StartsWith("/moderation/sign-in/code", browser.Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, await browser.AskAsync(HttpMethod.Get, "/moderation/session"));
        var step = await browser.OpenAsync("/moderation/sign-in/code");
        await browser.SendAsync(step, "code", ("code", site.CodeNow(person.Key)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.SendAsync(step, "code", ("code", person.RecoveryCodes[0]));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);
        await browser.SendAsync(step, "code", ("code", code));
        Assert.Equal(HttpStatusCode.NoContent, await browser.AskAsync(HttpMethod.Get, "/moderation/session"));

        Assert.Equal(AuditAction.SecondFactorReset, (await AuditAsync())[^1]);
        await using var db = site.Site.Database();
        var mails = await db.Set<OutgoingMail>().Where(mail => mail.Subject.Contains("how you sign in was reset")).ToListAsync(Stop);
        Assert.Equal(Person, Assert.Single(mails).To);
        Assert.DoesNotContain(await db.Set<OutgoingMail>().ToListAsync(Stop), mail =>
            mail.Text.Contains(code, StringComparison.Ordinal) || mail.Html.Contains(code, StringComparison.Ordinal));
        Assert.Contains(await db.Set<OutgoingMail>().ToListAsync(Stop), mail =>
            mail.To == Admin && mail.Text.Contains("reset how Ada (ada@example.org) signs in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reset_asks_for_a_recent_sign_in_and_is_not_for_oneself()
    {
        var admin = await site.JoinAsync(Admin, ModeratorRole.Admin);
        await site.JoinAsync(Person);
        var (other, own) = (
            await admin.Browser.OpenAsync($"/moderation/people/{await IdAsync(Person)}"),
            await admin.Browser.OpenAsync($"/moderation/people/{await IdAsync(Admin)}"));

        await admin.Browser.SendAsync(own, "reset");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);
        site.Site.Clock.Advance(SessionStore.FreshFor);
        await admin.Browser.SendAsync(other, "reset");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, admin.Browser.Status);

        Assert.DoesNotContain(AuditAction.SecondFactorReset, await AuditAsync());
    }

    [Fact]
    public async Task Inviting_joining_roles_and_removals_are_in_the_audit()
    {
        await site.JoinAsync(Admin, ModeratorRole.Admin);
        var accounts = site.Site.Get<ModeratorAccounts>();
        var id = Guid.Parse(await IdAsync(Admin));
        await site.JoinAsync(Person, ModeratorRole.Admin);
        await accounts.ChangeRoleAsync(id, ModeratorRole.Editor, cancellationToken: Stop);
        await accounts.RemoveAsync(id, cancellationToken: Stop);
        await site.InviteAsync("new@example.org");
        await site.Site.Get<InvitationService>()
            .RevokeAsync((await site.Site.Get<InvitationService>().ListAsync(Stop)).Single().Id, cancellationToken: Stop);

        await using var db = site.Site.Database();
        Assert.Equal(
            [
                (AuditAction.ModeratorInvited, AuditEntry.CommandLine, null, "as admin"),
                (AuditAction.InvitationAccepted, "Ada", null, "as admin"), (AuditAction.ModeratorJoined, "Ada", "Ada", "as admin"),
                (AuditAction.ModeratorInvited, AuditEntry.CommandLine, null, "as admin"),
                (AuditAction.InvitationAccepted, "Ada", null, "as admin"), (AuditAction.ModeratorJoined, "Ada", "Ada", "as admin"),
                (AuditAction.ModeratorRoleChanged, AuditEntry.CommandLine, "Ada", "from admin to editor"),
                (AuditAction.ModeratorRemoved, AuditEntry.CommandLine, "Ada", "editor"),
                (AuditAction.ModeratorInvited, AuditEntry.CommandLine, null, "as moderator"),
                (AuditAction.InvitationRevoked, AuditEntry.CommandLine, null, "as moderator"),
            ],
            (await db.Set<AuditEntry>().OrderBy(entry => entry.Id).ToListAsync(Stop))
                .Select(entry => (entry.Act, entry.By, entry.SubjectName, entry.Detail)));
    }

    private async Task<string> IdAsync(string email) => (await site.Site.Get<ModeratorAccounts>().FindAsync(email, Stop))!.Id.ToString();

    private async Task<IReadOnlyList<AuditAction>> AuditAsync()
    {
        await using var db = site.Site.Database();
        return await db.Set<AuditEntry>().OrderBy(entry => entry.Id).Select(entry => entry.Act).ToListAsync(Stop);
    }
}

public sealed class PersonPageTestsOnSqlite() : PersonPageTests(DatabaseKind.Sqlite);

public sealed class PersonPageTestsOnPostgres() : PersonPageTests(DatabaseKind.Postgres);
