using System.Text;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.ImportExport.TakingBack;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Tests.Newsletter.SubscriberScreens;

namespace ArmTwitch.Tests.Newsletter.ImportExport;

public abstract class ImportTakeBackTests(DatabaseKind database) : IDisposable
{
    private readonly NewsletterTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private ImportTakeBackService Imports => site.Site.Get<ImportTakeBackService>();

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Whom_an_import_made_readers_is_unsubscribed_and_who_has_done_something_here_stays()
    {
        var own = await site.JoinAsync("own@example.org");
        await ImportAsync("before");
        await ImportAsync("ada", "bob", "left", "asks", "own");
        await ImportAsync("after", "ada");
        var left = await site.FindAsync("left@example.org");
        await site.Site.Get<SubscriptionService>()
            .UnsubscribeAsync(await site.UnsubscribeTokenAsync(left.Id), ConsentMethod.OneClick, cancellationToken: Stop);
        await site.AskAsync("asks@example.org");
        var editor = await site.SignInEditorAsync();

        var imports = await Imports.ListAsync(Stop);
        Assert.Equal([(1, 0), (2, 2), (1, 0)], imports.Select(one => (one.Readers, one.Others)));
        Assert.Equal(2, await Imports.TakeBackAsync(imports[1].At, editor, Stop));

        Assert.Equal(
            ["after Confirmed", "asks Confirmed", "before Confirmed", "own Confirmed", "ada Unsubscribed", "bob Unsubscribed", "left Unsubscribed"],
            (await site.AllAsync<Subscriber>()).OrderBy(one => one.State).ThenBy(one => one.Email, StringComparer.Ordinal)
                .Select(one => $"{one.Email!.Split('@')[0]} {one.State}"));
        Assert.Equal(own.Id, (await site.FindAsync("own@example.org")).Id);
        var ada = await site.FindAsync("ada@example.org");
        Assert.Equal(site.Site.Clock.GetUtcNow(), ada.EndedAt);
        Assert.Equal(
            [(ConsentKind.Given, ConsentMethod.Import), (ConsentKind.Withdrawn, ConsentMethod.ImportTakenBack)],
            (await site.AllAsync<ConsentRecord>()).Where(one => one.SubscriberId == ada.Id).OrderBy(one => one.Id).Select(one => (one.Kind, one.Method)));
        Assert.True(await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", SubscriptionService.Scope, Stop));
        var entry = (await site.AllAsync<AuditEntry>()).MaxBy(one => one.Id)!;
        Assert.Equal((AuditAction.SubscriberImportTakenBack, "Grace"), (entry.Act, entry.By));
        Assert.StartsWith("2 people of the import that began ", entry.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twice_does_nothing_more_and_only_an_own_sign_up_brings_somebody_back()
    {
        await ImportAsync("ada");
        var import = Assert.Single(await Imports.ListAsync(Stop));

        Assert.Equal(1, await Imports.TakeBackAsync(import.At, by: null, Stop));
        Assert.Equal(0, await Imports.TakeBackAsync(import.At, by: null, Stop));

        Assert.Single(await site.AllAsync<AuditEntry>(), one => one.Act is AuditAction.SubscriberImportTakenBack);
        Assert.Empty(await Imports.ListAsync(Stop));
        await ImportAsync("ada");
        Assert.Equal(SubscriberState.Unsubscribed, (await site.FindAsync("ada@example.org")).State);
        Assert.Equal(SubscriberState.Confirmed, (await site.JoinAsync("ada@example.org")).State);
    }

    [Fact]
    public async Task A_moderator_takes_nothing_back()
    {
        await ImportAsync("ada");
        var import = Assert.Single(await Imports.ListAsync(Stop));

        Assert.Null(await Imports.TakeBackAsync(import.At, await site.SignInEditorAsync(ModeratorRole.Moderator), Stop));

        Assert.Equal(SubscriberState.Confirmed, (await site.FindAsync("ada@example.org")).State);
    }

    [Fact]
    public async Task A_long_list_is_taken_back_as_a_whole()
    {
        await ImportAsync([.. Enumerable.Range(0, 2500).Select(number => $"reader{number}")]);
        var import = Assert.Single(await Imports.ListAsync(Stop));

        Assert.Equal(2500, await Imports.TakeBackAsync(import.At, by: null, Stop));

        Assert.All(await site.AllAsync<Subscriber>(), one => Assert.Equal(SubscriberState.Unsubscribed, one.State));
    }

    private async Task ImportAsync(params string[] names)
    {
        site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        var rows = names.Select(name => $"{name}@example.org,2025-05-01T10:00:00Z,old-site/signup,2025-01\n");
        var table = $"email,consent_at,source,wording\n{string.Concat(rows)}";
        await using var file = new SubscriberImportFile(Encoding.UTF8.GetBytes(table)) { Name = "subscribers.csv" };
        await site.Site.Get<SubscriberTransferService>().ImportAsync(file, by: null, cancellationToken: Stop);
    }
}

public sealed class ImportTakeBackTestsOnSqlite() : ImportTakeBackTests(DatabaseKind.Sqlite);

public sealed class ImportTakeBackTestsOnPostgres() : ImportTakeBackTests(DatabaseKind.Postgres);
