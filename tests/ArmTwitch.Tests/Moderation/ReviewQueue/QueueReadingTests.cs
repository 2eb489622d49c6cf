using System.Collections.Concurrent;
using ArmTwitch.Comments;
using ArmTwitch.Moderation.Deciding;
using Bunit;

namespace ArmTwitch.Tests.Moderation.ReviewQueue;

/// <summary>How the page of the queue reads the database.</summary>
public sealed class QueueReadingTests : QueuePageTestBase
{
    private readonly FailingCommandInterceptor database;

    public QueueReadingTests()
        : this(new FailingCommandInterceptor())
    {
    }

    private QueueReadingTests(FailingCommandInterceptor database)
        : base(database) => this.database = database;

    [Fact]
    public async Task What_the_screen_shows_and_claims_is_read_and_written_on_another_thread_than_its_own()
    {
        await Site.WriteAsync("One.");
        await Site.WriteAsync("Two.");
        var sealedOne = await Site.WriteAsync("Dr Foo said so.");
        await Site.Decisions.DecideAsync(sealedOne.Id, 1, Decision.ApproveRedacted(new Redaction(0, 6, RemovedKind.Name)), Ada, Cancel);
        var page = Open(sealedOne.Id);
        var (isOnScreen, begun) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        database.Refuses = statement =>
        {
            begun.Enqueue(statement.Split(' ')[0]);
            if (SynchronizationContext.Current is not null)
                isOnScreen.Enqueue(statement);
            return false;
        };

        await Button(page, "Read the original (this is recorded)").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("h3"), head => head.TextContent == "The original"));
        await PressAsync(page, "j");
        await page.FindAll(".tabs button")[^1].ClickAsync();

        Assert.Contains("UPDATE", begun);
        begun.Clear();
        await page.InvokeAsync(() => page.Instance.DisposeAsync().AsTask());

        Assert.Contains("UPDATE", begun);
        Assert.Empty(isOnScreen);
    }
}
