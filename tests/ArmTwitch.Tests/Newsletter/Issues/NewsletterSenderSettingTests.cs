using ArmTwitch.Articles;
using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Tests.Newsletter.Issues;

public sealed class NewsletterSenderSettingTests
{
    [Fact]
    public async Task Outside_Development_nothing_is_sent_without_a_postal_address()
    {
        using var site = new TestSite(environment: "Production", settings: [("Mail:From", "hello@armtwitch.test")]);
        using var ready = new TestSite(
            environment: "Production",
            settings: [("Mail:From", "hello@armtwitch.test"), ("Newsletter:PostalAddress", "1 High Street, London")]);
        using var visitor = site.Visit();

        var answer = await site.Get<IssueService>()
            .ScheduleAsync(Slug.Parse("anything"), "Ada", cancellationToken: Xunit.TestContext.Current.CancellationToken);

        Assert.Contains("Newsletter:PostalAddress", answer.Error, StringComparison.Ordinal);
        Assert.Null(ready.Get<IssueMailFactory>().Missing);
    }
}
