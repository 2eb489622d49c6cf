using ArmTwitch.Data;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Tests.Newsletter.SubscriberScreens;

/// <summary>What an editor does for a subscriber.</summary>
public abstract class SubscriberActTests(DatabaseKind database) : IDisposable
{
    private readonly NewsletterTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private SubscriptionService Subscriptions => site.Site.Get<SubscriptionService>();

    [Fact]
    public async Task An_editor_unsubscribes_somebody_once()
    {
        var (ada, editor) = (await site.JoinAsync("ada@example.org"), await site.SignInEditorAsync());

        var first = await Subscriptions.UnsubscribeAsync(ada.Id, editor, Stop);
        var second = await Subscriptions.UnsubscribeAsync(ada.Id, editor, Stop);

        Assert.Equal((SubscriberActOutcome.Done, SubscriberActOutcome.Nothing), (first, second));
        Assert.Equal(SubscriberState.Unsubscribed, await site.StateAsync(ada.Id));
        Assert.Equal(ConsentMethod.Editor, (await site.AllAsync<ConsentRecord>()).Single(record => record.Kind is ConsentKind.Withdrawn).Method);
        Assert.Equal([(AuditAction.SubscriberUnsubscribed, "Grace", (Guid?)ada.Id)], await site.AuditAsync());
    }

    [Fact]
    public async Task Erasing_asks_for_a_recent_sign_in()
    {
        var (ada, editor) = (await site.JoinAsync("ada@example.org"), await site.SignInEditorAsync());

        site.Site.Clock.Advance(TimeSpan.FromMinutes(11));
        var late = await Subscriptions.EraseAsync(ada.Id, editor, Stop);
        var fresh = await Subscriptions.EraseAsync(ada.Id, await site.SignInEditorAsync(name: "Hal"), Stop);

        Assert.Equal((SubscriberActOutcome.MayNoLonger, SubscriberActOutcome.Done), (late, fresh));
        Assert.Null((await site.AllAsync<Subscriber>()).Single().Email);
        Assert.Equal([(AuditAction.SubscriberErased, "Hal", (Guid?)ada.Id)], await site.AuditAsync());
    }

    [Fact]
    public async Task Whoever_is_no_editor_does_nothing()
    {
        var (ada, moderator) = (await site.JoinAsync("ada@example.org"), await site.SignInEditorAsync(ModeratorRole.Moderator));

        Assert.Equal(SubscriberActOutcome.MayNoLonger, await Subscriptions.UnsubscribeAsync(ada.Id, moderator, Stop));
        Assert.Equal(SubscriberActOutcome.MayNoLonger, await Subscriptions.EraseAsync(ada.Id, moderator, Stop));
        Assert.Equal(SubscriberState.Confirmed, await site.StateAsync(ada.Id));
        Assert.Empty(await site.AuditAsync());
    }

    [Fact]
    public async Task A_confirmation_that_did_not_arrive_is_sent_again_and_counts_from_the_sign_up()
    {
        await site.AskAsync("ada@example.org");
        var (asked, editor) = ((await site.FindAsync("ada@example.org")).AskedAt, await site.SignInEditorAsync());
        var processor = site.Site.Get<SignUpProcessor>();

        var tooSoon = await ResendAsync(editor);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(11));
        var done = await ResendAsync(editor);
        var mail = (await site.WorkAsync())[^1];
        var ada = await site.FindAsync("ada@example.org");
        using var confirmed = await site.PostAsync("/newsletter/confirm", ("token", NewsletterTestSite.TokenIn(mail)));
        var late = await ResendAsync(editor);

        Assert.Equal(
            (SubscriberActOutcome.TooSoon, SubscriberActOutcome.Done, SubscriberActOutcome.Nothing), (tooSoon.Outcome, done.Outcome, late.Outcome));
        Assert.Equal(asked + TimeSpan.FromMinutes(10), tooSoon.NextAt!.Value, TimeSpan.FromSeconds(1));
        Assert.Contains("It works until 7 December, 12:00 UTC", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal((asked, SubscriberState.Confirmed), (ada.AskedAt, await site.StateAsync(ada.Id)));
        Assert.Equal([(AuditAction.ConfirmationResent, "Grace", (Guid?)ada.Id)], await site.AuditAsync());

        async Task<ResendResult> ResendAsync(CurrentModerator by) =>
            await processor.ResendConfirmationAsync((await site.FindAsync("ada@example.org")).Id, by, Stop);
    }

    [Fact]
    public async Task Whoever_came_with_a_list_without_consent_gets_no_mail_from_an_editor_either()
    {
        await site.Site.Get<SubscriberImportExport>().ImportAsync(new StringReader("email\nada@example.org\n"), apply: true, cancellationToken: Stop);
        var ada = await site.FindAsync("ada@example.org");

        var outcome = await site.Site.Get<SignUpProcessor>().ResendConfirmationAsync(ada.Id, await site.SignInEditorAsync(), Stop);

        Assert.Equal(new ResendResult(SubscriberActOutcome.Nothing), outcome);
        Assert.Empty(await site.WorkAsync());
    }

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class SubscriberActTestsOnSqlite() : SubscriberActTests(DatabaseKind.Sqlite);

public sealed class SubscriberActTestsOnPostgres() : SubscriberActTests(DatabaseKind.Postgres);
