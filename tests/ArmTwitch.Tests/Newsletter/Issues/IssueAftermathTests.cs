using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Tests.Newsletter.Issues;

public abstract class IssueAftermathTests(DatabaseKind database) : IssueTestBase(database)
{
    private IssueAftermath Aftermath => Newsletter.Site.Get<IssueAftermath>();

    [Fact]
    public async Task Who_left_bounced_and_complained_counts_by_time_until_the_next_issue()
    {
        await Newsletter.JoinAsync("ada@example.org");
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        var before = await Aftermath.CountAsync(Name, Stop);
        await AdvanceAsync();
        await EndAsync(ConsentKind.Withdrawn, hours: 1);
        await EndAsync(ConsentKind.Withdrawn, hours: 23);
        await EndAsync(ConsentKind.Bounced, hours: 30);
        await EndAsync(ConsentKind.Complained, hours: 24 * 8);
        await EndAsync(ConsentKind.Given, hours: 2);
        var firstDay = await Aftermath.CountAsync(Name, Stop);
        Newsletter.Site.Clock.Advance(TimeSpan.FromDays(9));
        Content.Write("newsletters/next.md", "---\nsubject: Next\npreheader: Words.\n---\n\nHello.\n");
        Reload();
        var next = Slug.Parse("next");
        await Issues.ScheduleAsync(next, "Ada", cancellationToken: Stop);
        await AdvanceAsync();
        await EndAsync(ConsentKind.Withdrawn, hours: 1);
        Newsletter.Site.Clock.Advance(TimeSpan.FromDays(40));

        Assert.Empty(before);
        Assert.Empty(firstDay);
        Assert.Equal(
            [new("First day", 2, 0, 0), new("Days 2 to 7", 0, 1, 0), new IssueAftermathPeriod("Days 8 to 30", 0, 0, 1)],
            await Aftermath.CountAsync(Name, Stop));
        Assert.Equal(1, (await Aftermath.CountAsync(next, Stop))[0].Left);
    }

    private async Task EndAsync(ConsentKind kind, int hours)
    {
        await using var db = Newsletter.Site.Database();
        db.Add(new ConsentRecord
        {
            SubscriberId = Guid.NewGuid(),
            Address = [1],
            Kind = kind,
            Method = ConsentMethod.OneClick,
            At = Newsletter.Site.Clock.GetUtcNow().AddHours(hours),
        });
        await db.SaveChangesAsync(Stop);
    }
}

public sealed class IssueAftermathTestsOnSqlite() : IssueAftermathTests(DatabaseKind.Sqlite);

public sealed class IssueAftermathTestsOnPostgres() : IssueAftermathTests(DatabaseKind.Postgres);
