using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.SubscriberScreens;
using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Tests.Newsletter.SubscriberScreens;

public abstract class SubscriberDirectoryTests(DatabaseKind database) : IDisposable
{
    private const string Agreed = "2025-05-01T10:00:00Z,old-site/signup,2025-01";

    private readonly NewsletterTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private SubscriberDirectory Directory => site.Site.Get<SubscriberDirectory>();

    [Theory]
    [InlineData("ada", "ada.byron@example.org ada@example.com ada@example.org")]
    [InlineData(" ADA@example.ORG ", "ada@example.org")]
    [InlineData("ada@exa", "ada@example.com ada@example.org")]
    [InlineData("example.org", "")]
    [InlineData("%", "")]
    [InlineData("a_a", "")]
    [InlineData("z", "zoë@example.org")]
    [InlineData(" ", "")]
    public async Task An_address_is_found_by_how_it_begins(string typed, string expected)
    {
        await ImportAsync("ada@example.org", "Ada@example.com", "ada.byron@example.org", "bob@example.org", "zoë@example.org");

        var found = await Directory.FindAsync(typed, cancellationToken: Stop);

        Assert.Equal(expected, string.Join(' ', found.Subscribers.Select(one => one.Key)));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_or_a_repetition()
    {
        await ImportAsync([.. Enumerable.Range(1, 120).Select(number => $"reader{number}@example.org")]);

        var listed = new List<string>();
        SubscriberPage page;
        do
        {
            page = await Directory.FindAsync("reader", listed.LastOrDefault(), Stop);
            listed.AddRange(page.Subscribers.Select(one => one.Key!));
        }
        while (page.HasMore);
        var (ids, last) = (new List<Guid>(), (Subscriber?)null);
        do
        {
            page = await Directory.ListAsync(SubscriberState.Confirmed, last, Stop);
            ids.AddRange(page.Subscribers.Select(one => one.Id));
            last = page.Subscribers[^1];
        }
        while (page.HasMore);

        Assert.Equal((120, 120), (listed.Distinct().Count(), ids.Distinct().Count()));
        Assert.Equal(listed.Order(StringComparer.Ordinal), listed);
    }

    [Theory]
    [InlineData(SubscriberState.Unsubscribed)]
    [InlineData(SubscriberState.Bounced)]
    [InlineData(SubscriberState.Confirmed)]
    [InlineData(SubscriberState.Pending)]
    public async Task A_state_is_listed_by_when_they_came_into_it_the_newest_first(SubscriberState state)
    {
        var now = site.Site.Clock.GetUtcNow();
        // The rows are made in another order than the times, and some have the same time.
        var people = Enumerable.Range(0, 130).Select(number => new Subscriber
        {
            Email = $"reader{number}@example.org",
            Key = $"reader{number}@example.org",
            State = state,
            UnsubscribeHash = BitConverter.GetBytes(number),
            CreatedAt = now.AddDays(-number),
            AskedAt = now.AddDays(-(number * 37 % 65)),
            ConfirmedAt = now.AddDays(-(number * 41 % 65)),
            EndedAt = now.AddDays(-(number * 43 % 65)),
        }).ToList();
        await using (var db = site.Site.Database())
        {
            db.AddRange(people);
            await db.SaveChangesAsync(Stop);
        }

        var listed = new List<Subscriber>();
        SubscriberPage page;
        do
        {
            page = await Directory.ListAsync(state, listed.LastOrDefault(), Stop);
            listed.AddRange(page.Subscribers);
        }
        while (page.HasMore);

        Assert.Equal(130, listed.DistinctBy(one => one.Id).Count());
        Assert.Equal(listed.Select(SubscriberDirectory.Since).OrderDescending(), listed.Select(SubscriberDirectory.Since));
    }

    [Fact]
    public async Task The_weeks_tell_who_joined_who_came_with_a_list_and_who_left()
    {
        var left = await site.JoinAsync("ada@example.org");
        await ImportAsync("bob@example.org", "cy@example.org");
        site.Site.Clock.Advance(TimeSpan.FromDays(7));
        await site.JoinAsync("dee@example.org");
        var token = await site.UnsubscribeTokenAsync(left.Id);
        await site.Site.Get<SubscriptionService>().UnsubscribeAsync(token, ConsentMethod.OneClick, cancellationToken: Stop);
        await site.Site.Get<SubscriptionService>().UnsubscribeAsync(token, ConsentMethod.UnsubscribePage, UnsubscribeReason.Better, Stop);
        // Erased after they had left, and erased while subscribed.
        await EraseAsync("ada@example.org");
        await EraseAsync("bob@example.org");

        var weeks = await Directory.CountWeeksAsync(Stop);

        Assert.Equal(SubscriberDirectory.Weeks, weeks.Count);
        Assert.Equal(
            [new SubscriberWeek(new(2026, 11, 30), 1, 2, 0), new SubscriberWeek(new(2026, 12, 7), 1, 0, 2)], weeks.TakeLast(2));
        Assert.Equal(0, weeks.SkipLast(2).Sum(week => week.Joined + week.Imported + week.Left));
    }

    [Fact]
    public async Task States_are_counted()
    {
        await site.JoinAsync("ada@example.org");
        await site.AskAsync("bob@example.org");

        var counts = await Directory.CountAsync(Stop);

        Assert.Equal((1, 1, 2), (counts[SubscriberState.Confirmed], counts[SubscriberState.Pending], counts.Count));
    }

    [Fact]
    public async Task A_subscriber_is_shown_with_the_ledger_the_suppressions_and_the_mails()
    {
        var ada = await site.JoinAsync("ada@example.org");
        await site.JoinAsync("bob@example.org");
        await site.Site.Get<SubscriptionService>()
            .UnsubscribeAsync(await site.UnsubscribeTokenAsync(ada.Id), ConsentMethod.OneClick, cancellationToken: Stop);

        var history = await Directory.ReadAsync(ada.Id, Stop);

        Assert.Equal([ConsentKind.Given, ConsentKind.Withdrawn], history!.Consent.Select(record => record.Kind));
        Assert.Equal("unsubscribed", Assert.Single(history.Suppressions).Reason);
        Assert.Equal(("Confirm the ArmTwitch newsletter", MailState.Sent), history.Mails.Select(mail => (mail.Subject, mail.State)).Single());
        Assert.Null(await Directory.ReadAsync(Guid.NewGuid(), Stop));
    }

    [Fact]
    public async Task What_is_left_of_an_erased_address_is_found_by_typing_it()
    {
        await site.JoinAsync("ada@example.org");
        await EraseAsync("ada@example.org");

        var found = await Directory.FindAsync("ada@example.org", cancellationToken: Stop);
        var history = await Directory.ReadHashesAsync(" Ada@Example.org", Stop);

        Assert.Empty(found.Subscribers);
        Assert.Equal([ConsentKind.Given, ConsentKind.Erased], history!.Consent.Select(record => record.Kind));
        Assert.Equal("erased", Assert.Single(history.Suppressions).Reason);
        Assert.True((await Directory.ReadHashesAsync("bob@example.org", Stop))!.IsEmpty);
        Assert.Null(await Directory.ReadHashesAsync("ada", Stop));
    }

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task EraseAsync(string address)
    {
        Assert.True(EmailAddress.TryParse(address, out var parsed));
        await site.Site.Get<SubscriptionService>().EraseAsync(parsed, Stop);
    }

    private Task<SubscriberImportReport> ImportAsync(params string[] addresses) => site.Site.Get<SubscriberImportExport>().ImportAsync(
        new StringReader("email,consent_at,source,wording\n" + string.Concat(addresses.Select(address => $"{address},{Agreed}\n"))),
        apply: true, cancellationToken: Stop);
}

public sealed class SubscriberDirectoryTestsOnSqlite() : SubscriberDirectoryTests(DatabaseKind.Sqlite);

public sealed class SubscriberDirectoryTestsOnPostgres() : SubscriberDirectoryTests(DatabaseKind.Postgres);
