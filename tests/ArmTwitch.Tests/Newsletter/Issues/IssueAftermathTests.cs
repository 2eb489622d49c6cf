using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Newsletter;
using ArmTwitch.Newsletter.Issues;

namespace ArmTwitch.Tests.Newsletter.Issues;

public abstract class IssueAftermathTests(DatabaseKind database) : IssueTestBase(database)
{
    private const int Readers = 8;

    private readonly Guid[] readers = [.. Enumerable.Range(0, Readers).Select(_ => Guid.NewGuid())];

    private IssueAftermath Aftermath => Newsletter.Site.Get<IssueAftermath>();

    [Fact]
    public async Task Readers_who_left_bounced_and_complained_count_by_time_until_the_next_issue()
    {
        await Newsletter.JoinAsync("ada@example.org");
        for (var reader = 0; reader < Readers; reader++)
            await AddAsync(readers[reader], ConsentKind.Given, ConsentMethod.Link, hours: -1);
        await Issues.ScheduleAsync(Name, "Ada", cancellationToken: Stop);
        var before = await Aftermath.CountAsync(Name, Stop);
        await AdvanceAsync();
        await AddAsync(readers[0], ConsentKind.Withdrawn, ConsentMethod.OneClick, hours: 1);
        await AddAsync(readers[1], ConsentKind.Withdrawn, ConsentMethod.ManagePage, hours: 23);
        await AddAsync(readers[2], ConsentKind.Bounced, ConsentMethod.MailServer, hours: 30);
        await AddAsync(readers[3], ConsentKind.Complained, ConsentMethod.MailServer, hours: 24 * 8);
        await AddAsync(Guid.NewGuid(), ConsentKind.Given, ConsentMethod.Link, hours: 2);
        // Taken off by others.
        await AddAsync(readers[4], ConsentKind.Withdrawn, ConsentMethod.Import, hours: 1);
        await AddAsync(readers[5], ConsentKind.Withdrawn, ConsentMethod.Editor, hours: 1);
        // Came after it was prepared, or came back after that, and has not got it.
        foreach (var late in new[] { Guid.NewGuid(), readers[6] })
        {
            await AddAsync(late, ConsentKind.Given, ConsentMethod.Link, hours: 2);
            await AddAsync(late, ConsentKind.Withdrawn, ConsentMethod.OneClick, hours: 3);
        }

        var firstDay = await Aftermath.CountAsync(Name, Stop);
        Newsletter.Site.Clock.Advance(TimeSpan.FromDays(9));
        Content.Write("newsletters/next.md", "---\nsubject: Next\npreheader: Words.\n---\n\nHello.\n");
        Reload();
        var next = Slug.Parse("next");
        await Issues.ScheduleAsync(next, "Ada", cancellationToken: Stop);
        await AdvanceAsync();
        await AddAsync(readers[7], ConsentKind.Withdrawn, ConsentMethod.UnsubscribePage, hours: 1);
        Newsletter.Site.Clock.Advance(TimeSpan.FromDays(40));

        Assert.Empty(before);
        Assert.Empty(firstDay);
        Assert.Equal(
            [new("First day", 2, 0, 0), new("Days 2 to 7", 0, 1, 0), new IssueAftermathPeriod("Days 8 to 30", 0, 0, 1)],
            await Aftermath.CountAsync(Name, Stop));
        Assert.Equal(1, (await Aftermath.CountAsync(next, Stop))[0].Left);
    }

    private async Task AddAsync(Guid reader, ConsentKind kind, ConsentMethod method, int hours)
    {
        await using var db = Newsletter.Site.Database();
        db.Add(new ConsentRecord
        {
            SubscriberId = reader,
            Address = [1],
            Kind = kind,
            Method = method,
            At = Newsletter.Site.Clock.GetUtcNow().AddHours(hours),
        });
        await db.SaveChangesAsync(Stop);
    }
}

public sealed class IssueAftermathTestsOnSqlite() : IssueAftermathTests(DatabaseKind.Sqlite);

public sealed class IssueAftermathTestsOnPostgres() : IssueAftermathTests(DatabaseKind.Postgres);
