using System.Data.Common;
using System.Net;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Comments;

/// <summary>What readers see of a PostgreSQL that takes statements and does not answer them.</summary>
public sealed class SilentDatabaseTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_reader_waits_for_a_database_that_hangs_and_the_others_ask_it_nothing_until_it_answers()
    {
        var asked = new StatementCounter();
        using var log = new CapturedLog();
        using var site = new CommentTestSite(
            new TestSite(database: DatabaseKind.Postgres, settings: [("Limits:Enabled", "false"), CapturedLog.Wanted("ArmTwitch.Comments")])
                .With(services => services.ConfigureDbContext<PostgresDb>(options => options.AddInterceptors(asked)))
                .With(services => services.AddSingleton<ILoggerProvider>(log)));
        var shown = await site.WriteApprovedAsync("From before.");
        await using var other = site.Site.Database();
        var hang = await other.Database.BeginTransactionAsync(Cancel);
        await other.Database.ExecuteSqlRawAsync("LOCK TABLE \"Comments\" IN ACCESS EXCLUSIVE MODE", Cancel);

        var first = site.SeeAsync(CommentTestSite.Article);
        await site.Site.AwaitLockAsync(Cancel);
        site.Site.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.DoesNotContain("From before.", (await first).Body!.TextContent, StringComparison.Ordinal);

        var before = asked.Count;
        await site.SeeAsync("/articles/when-to-get-help");
        await site.SeeAsync(CommentTestSite.Article);
        await Answers503Async($"{CommentTestSite.Article}/comments?page=2");
        await Answers503Async($"{CommentTestSite.Article}/comments/{shown:N}");
        await Answers503Async("/newsletter/issues/first");
        var health = await site.Reader.GetStringAsync(new Uri("/health/ready", UriKind.Relative), Cancel);
        Assert.Equal(before, asked.Count);
        Assert.Contains("The database does not answer (TimeoutException)", health, StringComparison.Ordinal);
        Assert.DoesNotContain("A timeout occurred", health, StringComparison.Ordinal);

        Assert.Single(log.Lines, line => line.StartsWith("Comments cannot be read now (TimeoutException)", StringComparison.Ordinal));

        await hang.DisposeAsync();
        var text = "";
        for (var round = 0; round < 400 && !text.Contains("From before.", StringComparison.Ordinal); round++)
        {
            await Task.Delay(50, Cancel);
            site.Site.Clock.Advance(TimeSpan.FromSeconds(1));
            text = (await site.SeeAsync(CommentTestSite.Article)).Body!.TextContent;
        }

        Assert.Contains("From before.", text, StringComparison.Ordinal);

        async Task Answers503Async(string address)
        {
            using var answer = await site.Reader.GetAsync(new Uri(address, UriKind.Relative), Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }

    private sealed class StatementCounter : DbCommandInterceptor
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref count);
            return ValueTask.FromResult(result);
        }
    }
}
