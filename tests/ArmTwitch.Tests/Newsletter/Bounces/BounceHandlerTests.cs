using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Mail.Sending;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Newsletter.Subscribing;
using ArmTwitch.Tests.Mail;
using static ArmTwitch.Tests.Newsletter.Bounces.BounceReportFiles;

namespace ArmTwitch.Tests.Newsletter.Bounces;

public abstract class BounceHandlerTests(DatabaseKind database) : IDisposable
{
    private readonly NewsletterTestSite site = new(database);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    /// <summary>
    /// Each letter a mail: h hard, s soft, o refused for what it says, t taken; H and S taken by a server that reports the same later.
    /// </summary>
    [Theory]
    [InlineData("h", SubscriberState.Bounced)]
    [InlineData("ss", SubscriberState.Confirmed)]
    [InlineData("sss", SubscriberState.Bounced)]
    [InlineData("ssts", SubscriberState.Confirmed)]
    [InlineData("soosos", SubscriberState.Confirmed)]
    [InlineData("sosos", SubscriberState.Bounced)]
    [InlineData("ooooo", SubscriberState.Confirmed)]
    [InlineData("H", SubscriberState.Bounced)]
    [InlineData("SS", SubscriberState.Confirmed)]
    [InlineData("SSS", SubscriberState.Bounced)]
    [InlineData("sSs", SubscriberState.Bounced)]
    [InlineData("SStS", SubscriberState.Confirmed)]
    [InlineData("SSts", SubscriberState.Confirmed)]
    [InlineData("SSttSS", SubscriberState.Confirmed)]
    public async Task Bounced_mails_end_a_subscription(string mails, SubscriberState expected)
    {
        var subscriber = await site.JoinAsync("ada@example.org");

        foreach (var letter in mails)
        {
            if (char.IsUpper(letter))
            {
                var mailing = await site.Site.MailAsync(["ada@example.org"]);
                await site.Site.SendMailsAsync(Stop);
                var copy = Assert.Single(await site.Site.Get<MailingService>().ListAsync(mailing, MailState.Sent, cancellationToken: Stop));
                await site.PutReportsAsync(Report("failed", StatusOf(char.ToLowerInvariant(letter)), copy.MessageId));
                Assert.Equal(1, await site.Site.Get<BounceFolderReader>().ReadAsync(Stop));
            }
            else
            {
                await using var db = site.Site.Database();
                await site.Site.Get<BounceHandler>().HandleAsync(db, [Outcome(letter)], Stop);
                await db.SaveChangesAsync(Stop);
            }
        }

        Assert.Equal(expected, await site.StateAsync(subscriber.Id));
        Assert.Equal(
            expected is SubscriberState.Bounced,
            await site.Site.Get<SuppressionList>().ContainsAsync("ada@example.org", SubscriptionService.Scope, Stop));
        Assert.Equal(
            expected is SubscriberState.Bounced ? 1 : 0,
            (await site.AllAsync<ConsentRecord>()).Count(record => record.Kind is ConsentKind.Bounced));
    }

    public void Dispose()
    {
        site.Dispose();
        GC.SuppressFinalize(this);
    }

    private static MailOutcome Outcome(char letter) => new(
        Guid.NewGuid(), Guid.NewGuid(), "mailing", "Ada@example.org", letter is 't' ? MailState.Sent : MailState.Dead,
        StatusOf(letter), null, EnhancedStatusCode.FailureOf(StatusOf(letter), null),
        new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    private static string StatusOf(char letter) => letter switch { 'h' => "5.1.1", 's' => "4.2.2", 'o' => "5.7.1", _ => "2.0.0" };
}

public sealed class BounceHandlerTestsOnSqlite() : BounceHandlerTests(DatabaseKind.Sqlite);

public sealed class BounceHandlerTestsOnPostgres() : BounceHandlerTests(DatabaseKind.Postgres);
