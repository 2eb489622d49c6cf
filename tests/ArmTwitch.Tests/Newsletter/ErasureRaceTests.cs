using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Tests.Newsletter;

/// <summary>What becomes of a person who is erased, or comes back, while the program writes to them.</summary>
public abstract class ErasureRaceTests : IDisposable
{
    private const string Address = "ada@example.org";

    private static readonly Slug Name = Slug.Parse("hello");

    private readonly ContentCopy content = new();
    private readonly FailingCommandInterceptor database = new();
    private readonly NewsletterTestSite site;
    private readonly Func<CancellationToken, Task>? waits;

    protected ErasureRaceTests(DatabaseKind kind)
    {
        content.Write("newsletters/hello.md", "---\nsubject: Hello\npreheader: A tip\narticles: [one]\n---\n\nHello.\n");
        site = new NewsletterTestSite(kind, database, ("Content:Path", content.Folder));
        // SQLite has one writer at a time: whoever waits there waits in the program, where nobody sees it.
        waits = kind is DatabaseKind.Postgres ? site.Site.AwaitLockAsync : null;
    }

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_erased_while_an_issue_is_prepared_is_in_no_mail()
    {
        var ada = await site.JoinAsync(Address);
        await site.JoinAsync("bob@example.org");
        var issueService = site.Site.Get<IssueService>();
        Assert.True((await issueService.ScheduleAsync(Name, "Ada", cancellationToken: Stop)).IsDone);

        var erased = database.After("FROM \"Subscribers\"", EraseAsync, waits);
        await site.Site.Get<IssueScheduler>().AdvanceAsync(Stop);

        Assert.True(await erased);
        await IsGoneAsync(ada.Id);
        Assert.True((await issueService.FindAsync(Name, Stop))!.Count!.AddsUp);
    }

    [Fact]
    public async Task Who_is_erased_while_a_form_of_theirs_is_handled_is_in_no_mail()
    {
        await site.AskAsync(Address);
        var ada = await site.FindAsync(Address);
        site.Site.Clock.Advance(TimeSpan.FromMinutes(11));
        (await site.SubscribeAsync("Ada@Example.org")).Dispose();

        var erased = database.After("FROM \"Subscribers\"", EraseAsync, waits);
        Assert.True(await site.Site.Get<SignUpProcessor>().ProcessNextAsync(Stop));

        Assert.True(await erased);
        await IsGoneAsync(ada.Id);
        Assert.Empty(await site.AllAsync<SubscriberToken>());
        Assert.Null((await site.AllAsync<Subscriber>()).Single(one => one.Id == ada.Id).CodeHash);
    }

    [Theory]
    [InlineData("unconfirmed-sign-ups", false)]
    [InlineData("newsletter-leavers", true)]
    public async Task Who_signs_up_again_while_they_are_forgotten_gets_the_mail(string rule, bool hasLeft)
    {
        if (hasLeft)
        {
            var token = await site.UnsubscribeTokenAsync((await site.JoinAsync(Address)).Id);
            await site.Site.Get<SubscriptionService>().UnsubscribeAsync(token, ConsentMethod.Link, cancellationToken: Stop);
        }
        else
        {
            await site.AskAsync(Address);
        }

        site.Site.Clock.Advance(TimeSpan.FromDays(30));
        var again = database.After(
            "FROM \"Subscribers\"",
            async () =>
            {
                (await site.SubscribeAsync(Address)).Dispose();
                return await site.Site.Get<SignUpProcessor>().ProcessNextAsync(Stop);
            },
            waits);
        await using var db = site.Site.Database();
        await site.Site.Get<IEnumerable<IRetentionRules>>().SelectMany(feature => feature.Rules).Single(one => one.Name == rule)
            .ApplyAsync(new RetentionContext(db, site.Site.Get<WriteTransactionFactory>(), site.Site.Clock.GetUtcNow()), Stop);

        Assert.True(await again);
        Assert.Contains(await site.AllAsync<OutgoingMail>(), mail => mail is { To: Address, State: MailState.Queued });
        Assert.NotNull((await site.FindAsync(Address)).CodeHash);
    }

    public void Dispose()
    {
        site.Dispose();
        content.Dispose();
        GC.SuppressFinalize(this);
    }

    private Task<bool> EraseAsync() =>
        EmailAddress.TryParse(Address, out var address)
            ? site.Site.Get<SubscriptionService>().EraseAsync(address, Stop)
            : throw new InvalidOperationException();

    private async Task IsGoneAsync(Guid id)
    {
        var token = await site.UnsubscribeTokenAsync(id);
        Assert.Equal(SubscriberState.Erased, await site.StateAsync(id));
        Assert.DoesNotContain(
            await site.AllAsync<OutgoingMail>(),
            mail => mail.To.Equals(Address, StringComparison.OrdinalIgnoreCase)
                || mail.UnsubscribeAddress?.Contains(token, StringComparison.Ordinal) is true);
    }
}

public sealed class ErasureRaceTestsOnSqlite() : ErasureRaceTests(DatabaseKind.Sqlite);

public sealed class ErasureRaceTestsOnPostgres() : ErasureRaceTests(DatabaseKind.Postgres);
