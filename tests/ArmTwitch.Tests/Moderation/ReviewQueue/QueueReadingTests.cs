using System.Collections.Concurrent;
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
    public async Task What_the_screen_shows_is_read_on_another_thread_than_its_own()
    {
        await Site.WriteAsync("One.");
        await Site.WriteAsync("Two.");
        var page = Open();
        var isOnScreen = new ConcurrentQueue<bool>();
        database.Refuses = statement =>
        {
            if (statement.StartsWith("SELECT", StringComparison.Ordinal))
                isOnScreen.Enqueue(SynchronizationContext.Current is not null);
            return false;
        };

        await PressAsync(page, "j");
        await page.FindAll(".tabs button")[^1].ClickAsync();

        Assert.NotEmpty(isOnScreen);
        Assert.DoesNotContain(true, isOnScreen);
    }
}
