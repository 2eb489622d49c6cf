using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Tests.Moderators;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Newsletter.SubscriberScreens;

/// <summary>The download of the addresses.</summary>
public sealed class SubscriberDownloadTests : IDisposable
{
    private const string Page = "/moderation/subscribers/export";

    private readonly ModeratorTestSite site = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task An_editor_takes_the_addresses_along_shortly_after_signing_in_and_the_audit_says_so()
    {
        var editor = await site.JoinAsync(role: ModeratorRole.Editor);
        using var table = new StringReader("email\nbob@example.org\n");
        await site.Site.Get<SubscriberImportExport>().ImportAsync(table, apply: true, Stop);
        var page = await editor.Browser.OpenAsync(Page);

        var told = await editor.Browser.SubmitAsync(page, "form[action$=file]");
        site.Site.Clock.Advance(SessionStore.FreshFor);
        await editor.Browser.SubmitAsync(page, "form[action$=file]");

        Assert.StartsWith("email,state,consent_at,source,wording\nbob@example.org,pending,,,\n", told, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Found, Page), (editor.Browser.Status, editor.Browser.Location));
        Assert.Contains("Sign in again", (await editor.Browser.OpenAsync(Page)).Body!.TextContent, StringComparison.Ordinal);
        await using var db = site.Site.Database();
        Assert.Equal([AuditAction.SubscribersExported], await db.Set<AuditEntry>()
            .Where(entry => entry.By == "Ada" && entry.Act != AuditAction.ModeratorJoined && entry.Act != AuditAction.InvitationAccepted)
            .Select(entry => entry.Act).ToListAsync(Stop));
    }

    [Fact]
    public async Task A_moderator_does_not()
    {
        var moderator = await site.JoinAsync();
        using var empty = new FormUrlEncodedContent([]);

        Assert.Equal(HttpStatusCode.Forbidden, await moderator.Browser.AskAsync(HttpMethod.Get, Page));
        Assert.Equal(HttpStatusCode.Forbidden, await moderator.Browser.AskAsync(HttpMethod.Post, Page + "/file", empty));
    }

    [Fact]
    public async Task Without_the_form_of_the_page_nothing_is_taken_along()
    {
        var editor = await site.JoinAsync(role: ModeratorRole.Editor);
        using var empty = new FormUrlEncodedContent([]);

        Assert.Equal(HttpStatusCode.BadRequest, await editor.Browser.AskAsync(HttpMethod.Post, Page + "/file", empty));
    }
}
