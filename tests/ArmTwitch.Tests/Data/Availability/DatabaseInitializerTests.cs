using System.Net;
using System.Text.Json;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static System.StringComparison;

namespace ArmTwitch.Tests.Data.Availability;

/// <summary>A start after a killed one, and a start without a database.</summary>
public sealed class DatabaseInitializerTests
{
    private const int Rounds = 200;

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5), Breath = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task A_lock_that_a_killed_start_left_behind_holds_nobody(int secondsAgo)
    {
        using var site = new TestSite(isNew: true);
        await using (var killed = new SqliteDesignTimeFactory().CreateDbContext([]))
        {
            killed.Database.SetConnectionString($"Data Source={site.DataFolder}/armtwitch.db");
            // Not disposed, as after a kill.
            _ = await killed.GetService<IHistoryRepository>().AcquireDatabaseLockAsync(TestContext.Current.CancellationToken);
            var then = $"{TimeProvider.System.GetUtcNow().AddSeconds(-secondsAgo):yyyy-MM-dd HH:mm:ss.fffffff}+00:00";
            Assert.Equal(1, await killed.Database.ExecuteSqlAsync(
                $"UPDATE __EFMigrationsLock SET Timestamp = {then}", TestContext.Current.CancellationToken));
        }

        SqliteConnection.ClearAllPools();

        using var visitor = site.Visit();

        await using var db = site.Database();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Articles_are_served_without_a_database_and_it_is_taken_up_when_it_comes(DatabaseKind database)
    {
        using var place = new MissingDatabase(database);
        using var log = new CapturedLog();
        using var site = new TestSite(settings:
            [("Data:Provider", $"{database}"), ("ConnectionStrings:ArmTwitch", place.Address), CapturedLog.Wanted("ArmTwitch.Data")])
            .With(services => services.AddSingleton<ILoggerProvider>(log));
        using var visitor = site.Visit(early: true);

        Assert.Equal(HttpStatusCode.OK, await AskAsync("/articles/arm-muscle-twitching"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("/health/live"));
        Assert.Equal("degraded", await HealthAsync());
        // The folder of the file is missing: that is no failure of SQLite.
        await log.WaitForAsync(database is DatabaseKind.Sqlite
            ? "The database cannot be brought up to date yet" : "The database does not answer (SocketException). ");
        var expected = database is DatabaseKind.Sqlite
            ? "The database is not up to date yet." : "The database does not answer (SocketException). Look whether it runs";
        Assert.StartsWith(expected, await ReasonAsync(), Ordinal);
        for (var round = 0; round < 5; round++)
        {
            site.Clock.Advance(Step);
            await Task.Delay(Breath, TestContext.Current.CancellationToken);
        }

        place.Appear();
        for (var round = 0; round < Rounds && !site.Get<DatabaseInitializer>().IsReady; round++)
        {
            site.Clock.Advance(Step);
            await Task.Delay(Breath, TestContext.Current.CancellationToken);
        }

        Assert.Equal("healthy", await HealthAsync());
        await log.WaitForAsync("The database is ready now");
        Assert.Single(log.Lines, line => line.Contains("The database cannot be", Ordinal) || line.Contains("does not answer", Ordinal));

        async Task<string?> HealthAsync() => (await DatabaseAsync()).GetProperty("status").GetString();

        async Task<string?> ReasonAsync() => (await DatabaseAsync()).GetProperty("reason").GetString();

        async Task<JsonElement> DatabaseAsync()
        {
            using var answer = await visitor.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
            return report.GetProperty("checks").GetProperty("database");
        }

        async Task<HttpStatusCode> AskAsync(string address)
        {
            using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
            return answer.StatusCode;
        }
    }

    /// <summary>A database that does not exist until the test creates it.</summary>
    private sealed class MissingDatabase : IDisposable
    {
        private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("armtwitch-missing-");
        private readonly string folder;
        private readonly string? postgres;

        public MissingDatabase(DatabaseKind kind)
        {
            folder = Path.Combine(home.FullName, "later");
            if (kind is DatabaseKind.Postgres)
                postgres = PostgresServer.NewDatabase();
            Address = postgres?.Replace(PostgresServer.Folder, folder, Ordinal) ?? $"Data Source={folder}/armtwitch.db";
        }

        public string Address { get; }

        public void Appear()
        {
            if (postgres is null)
                Directory.CreateDirectory(folder);
            else
                Directory.CreateSymbolicLink(folder, PostgresServer.Folder);
        }

        public void Dispose()
        {
            SqliteConnection.ClearAllPools();
            if (postgres is not null)
                PostgresServer.Drop(postgres);
            home.Delete(recursive: true);
        }
    }
}
