using ArmTwitch.Articles;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Changes;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Newsletter;
using ArmTwitch.Pages.Store;
using ArmTwitch.Tests.Moderation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ArmTwitch.Tests.Data.Changes;

/// <summary>Two replicas on one PostgreSQL: what one program changes, the other hears.</summary>
public sealed class PostgresChangeListenerTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), Step = TimeSpan.FromMilliseconds(5);

    private readonly ModerationTestSite there = new(DatabaseKind.Postgres);
    private readonly TestSite here;
    private readonly HttpClient reader;
    private readonly CapturedLog log = new();
    private Decider ada = null!;

    public PostgresChangeListenerTests()
    {
        here = new TestSite(settings: [.. there.Site.SameDatabase, CapturedLog.Wanted("ArmTwitch.Data.Changes")])
            .Listening().With(services => services.AddLogging(logging => logging.AddProvider(log)));
        reader = here.Visit();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PostgresChangeListener Listener => here.Get<PostgresChangeListener>();

    public async ValueTask InitializeAsync()
    {
        ada = await there.AddModeratorAsync("Ada");
        await UntilAsync(() => Listener.IsListening);
    }

    public async ValueTask DisposeAsync()
    {
        reader.Dispose();
        await here.DisposeAsync();
        await there.DisposeAsync();
    }

    [Fact]
    public async Task What_is_approved_on_one_replica_is_read_on_the_other_at_once()
    {
        Assert.DoesNotContain("Mine stopped", await ReadAsync(), StringComparison.Ordinal);
        var comment = await there.WriteAsync("Mine stopped on Monday.");

        await there.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancel);

        await UntilAsync(async () => (await ReadAsync()).Contains("Mine stopped on Monday.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_deletes_by_hand_in_the_database_is_gone_from_the_page_at_once()
    {
        var comment = await PublishAsync("To be taken down.");

        await using var db = there.Site.Database();
        await db.Set<Comment>().Where(one => one.Id == comment.Id).ExecuteDeleteAsync(Cancel);

        await UntilAsync(async () => !(await ReadAsync()).Contains("To be taken down.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_comment_that_arrives_on_one_replica_is_told_to_the_screens_of_the_other_without_making_pages_anew()
    {
        await ReadAsync();
        var (told, drops) = (new TaskCompletionSource<Guid>(), here.Get<PageStore>().Drops);
        here.Get<CommentChangeNotifier>().Changed += id => told.TrySetResult(id);

        var comment = await there.WriteAsync("New over there.");

        Assert.Equal(comment.Id, await told.Task.WaitAsync(Patience, Cancel));
        Assert.Equal(drops, here.Get<PageStore>().Drops);
    }

    [Fact]
    public async Task The_end_of_a_session_and_the_removal_of_a_person_are_heard_by_name()
    {
        var (ended, heard) = (new List<Guid>(), here.Get<SessionChangeHandler>());
        heard.Changed += id =>
        {
            lock (ended)
                ended.Add(id ?? Guid.Empty);
        };
        var secret = await there.Get<SessionStore>().BeginAsync(ada.Id!.Value, Cancel);
        await there.Get<SessionStore>().EndAsync(SecretHash(secret), SessionEnd.SignedOut, Cancel);
        await UntilAsync(() => Count() is 1);

        await using var db = there.Site.Database();
        await db.Users.Where(one => one.Id == ada.Id).ExecuteDeleteAsync(Cancel);
        await UntilAsync(() => Count() is 2);

        Assert.All(ended, id => Assert.Equal(ada.Id, id));

        int Count()
        {
            lock (ended)
                return ended.Count;
        }
    }

    [Fact]
    public async Task An_issue_that_is_published_elsewhere_is_in_the_archive_at_once()
    {
        Assert.DoesNotContain("Sleep and twitches", await ReadAsync("/newsletter"), StringComparison.Ordinal);

        await there.SaveAsync(new Issue
        {
            Slug = Slug.Parse("sleep-and-twitches"),
            Subject = "Sleep and twitches",
            State = IssueState.Sent,
            Preheader = "What helps at night",
            CreatedAt = there.Clock.GetUtcNow(),
            Body = "{}",
            PublishedAt = there.Clock.GetUtcNow(),
        });

        await UntilAsync(async () => (await ReadAsync("/newsletter")).Contains("Sleep and twitches", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changed_while_the_connection_was_gone_is_caught_up_with()
    {
        var comment = await PublishAsync("To be taken down.");
        var page = await ReadAsync();

        // Without its trigger nobody is told of a change, as of one whose notice was lost with the connection.
        await using (var db = there.Site.Database())
            await db.Database.ExecuteSqlRawAsync("""ALTER TABLE "Comments" DISABLE TRIGGER USER""", Cancel);
        await there.Decisions.DecideAsync(comment.Id, 1, Decision.Remove, ada, Cancel);
        Assert.Equal(page, await ReadAsync());
        await CutAsync();

        await UntilAsync(async () => !(await ReadAsync()).Contains("To be taken down.", StringComparison.Ordinal));
        await log.WaitForAsync("hears again");
    }

    [Fact]
    public async Task What_nobody_sees_is_told_to_nobody()
    {
        var comment = await PublishAsync("Still here.");
        var (told, drops) = (0, here.Get<PageStore>().Drops);
        here.Get<CommentChangeNotifier>().Changed += id => Interlocked.Add(ref told, id == comment.Id ? 1 : 100);

        await using var db = there.Site.Database();
        var mine = db.Set<Comment>().Where(one => one.Id == comment.Id);
        await mine.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.ClaimedUntil, there.Clock.GetUtcNow()).SetProperty(one => one.SpamScore, .3), Cancel);
        await mine.ExecuteUpdateAsync(set => set.SetProperty(one => one.IsWaiting, true), Cancel);

        await UntilAsync(() => Volatile.Read(ref told) > 0);
        Assert.Equal((1, drops), (told, here.Get<PageStore>().Drops));
    }

    [Fact]
    public async Task A_replica_that_cannot_listen_makes_pages_anew_and_says_so()
    {
        await PublishAsync("Still here.");
        var missed = new SemaphoreSlim(0);
        here.Get<SessionChangeHandler>().Changed += _ => missed.Release();

        PostgresServer.Set(Address, isReachable: false);
        await missed.WaitAsync(Patience, Cancel);

        Assert.DoesNotContain("Still here.", await ReadAsync(), StringComparison.Ordinal);
        Assert.Contains(
            (await here.Get<HealthCheckService>().CheckHealthAsync(Cancel)).Entries,
            entry => entry is { Key: "changes", Value: { Status: HealthStatus.Degraded, Description: { } why } }
                && why.Contains("does not hear what others change", StringComparison.Ordinal));
        PostgresServer.Set(Address);
        await UntilAsync(() => Listener.IsListening);
    }

    private string Address => there.Site.SameDatabase.Single(setting => setting.Key is "ConnectionStrings:ArmTwitch").Value;

    private static byte[] SecretHash(string secret) => ArmTwitch.Data.Hashing.SecretToken.Hash("session", secret)!;

    private static Task UntilAsync(Func<bool> isDone) => UntilAsync(() => Task.FromResult(isDone()));

    private static async Task UntilAsync(Func<Task<bool>> isDone)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(Patience);
        while (!await isDone())
            await Task.Delay(Step, patience.Token);
    }

    private async Task<Comment> PublishAsync(string text)
    {
        var comment = await there.WriteAsync(text);
        await there.Decisions.DecideAsync(comment.Id, 1, Decision.Approve, ada, Cancel);
        await UntilAsync(async () => (await ReadAsync()).Contains(text, StringComparison.Ordinal));
        return comment;
    }

    private async Task<string> ReadAsync(string? address = null) =>
        await reader.GetStringAsync(new Uri(address ?? $"/articles/{ModerationTestSite.Article}", UriKind.Relative), Cancel);

    /// <summary>Ends the connection that listens, and no other.</summary>
    private async Task CutAsync()
    {
        await using var connection = new NpgsqlConnection(Address);
        await connection.OpenAsync(Cancel);
        await using var cut = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'armtwitch changes' "
            + "AND datname = current_database()", connection);
        await cut.ExecuteNonQueryAsync(Cancel);
    }
}
