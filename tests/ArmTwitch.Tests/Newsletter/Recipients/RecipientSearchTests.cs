using System.Collections.Concurrent;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Moderators.LocalTimes;
using ArmTwitch.Newsletter.Recipients;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace ArmTwitch.Tests.Newsletter.Recipients;

/// <summary>An editor looks for one address among the recipients of an issue.</summary>
public sealed class RecipientSearchTests
{
    [Fact]
    public async Task The_mails_are_read_on_another_thread_than_that_of_the_screen()
    {
        var (database, begun) = (new FailingCommandInterceptor(), new ConcurrentQueue<bool>());
        await using var site = new TestSite().With(database.AddTo);
        using var visitor = site.Visit();
        await site.Get<DatabaseInitializer>().WhenReadyAsync(TimeSpan.FromSeconds(30), Xunit.TestContext.Current.CancellationToken);
        await using var bunit = new BunitContext();
        bunit.Services.AddSingleton(site.Get<IssueRecipientService>()).AddSingleton(site.Get<ClockComparison>());
        var search = bunit.Render<RecipientSearch>(parameters => parameters
            .Add(one => one.Mailing, Guid.NewGuid()).Add(one => one.Zone, LocalClock.Utc));
        database.Refuses = statement =>
        {
            if (statement.Contains("OutgoingMails", StringComparison.Ordinal))
                begun.Enqueue(SynchronizationContext.Current is not null);
            return false;
        };

        await search.Find("#find-recipient").InputAsync(new() { Value = "ada@" });
        await search.Find("form").SubmitAsync();

        Assert.StartsWith("No copy went to “ada@”.", search.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal([false], begun);
    }
}
