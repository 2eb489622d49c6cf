using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Moderators;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace ArmTwitch.Tests.Data;

public sealed class MigrationTests
{
    [Fact]
    public void No_entity_has_changed_without_a_migration_for_either_database()
    {
        const string what = "An entity has changed. Make the migrations for both databases: src/ArmTwitch/Data/Migrations/add NAME";
        using var sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using var postgres = new PostgresDesignTimeFactory().CreateDbContext([]);

        Assert.False(sqlite.Database.HasPendingModelChanges(), what);
        Assert.False(postgres.Database.HasPendingModelChanges(), what);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_start_makes_the_database(DatabaseKind database)
    {
        using var site = new TestSite(database: database, isNew: true);
        using var visitor = site.Visit();

        await using var db = site.Database();

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(database is DatabaseKind.Sqlite, File.Exists(Path.Combine(site.DataFolder, "armtwitch.db")));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Every_entity_has_a_table_that_can_be_read_and_passkeys_are_among_them(DatabaseKind database)
    {
        using var site = new TestSite(database: database, isNew: true);
        using var visitor = site.Visit();
        await using var db = site.Database();

        var tables = db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).OfType<string>().Distinct().ToList();

        Assert.Contains("ModeratorPasskeys", tables);
        foreach (var count in tables.Select(table => string.Concat("SELECT COUNT(*) AS \"Value\" FROM \"", table, "\"")))
            Assert.InRange(await db.Database.SqlQueryRaw<int>(count).SingleAsync(TestContext.Current.CancellationToken), 0, 1);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Links_without_an_inviter_open_nothing_after_an_upgrade(DatabaseKind database)
    {
        using var made = new TestSite(database: database, isNew: true, settings: ("Data:MigrateAtStart", "false"));
        await using var db = made.Database();
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync("MailingAudit", TestContext.Current.CancellationToken);
        var time = database is DatabaseKind.Sqlite ? "4102444800" : "'2100-01-01'";
        foreach (var (id, usedAt) in new[] { (1, "NULL"), (2, time) })
        {
            var statement = string.Concat(
                "INSERT INTO \"Invitations\" (\"Id\", \"Email\", \"Role\", \"TokenHash\", \"ExpiresAt\", \"UsedAt\") VALUES ",
                $"('00000000-0000-0000-0000-00000000000{id}', 'ada@example.org', 'Admin', "
                    + $"{(database is DatabaseKind.Sqlite ? $"x'0{id}'" : $"'\\x0{id}'")}, {time}, {usedAt})");
            await db.Database.ExecuteSqlRawAsync(statement, TestContext.Current.CancellationToken);
        }

        await migrator.MigrateAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotNull((await db.Set<Invitation>().SingleAsync(TestContext.Current.CancellationToken)).UsedAt);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Two_starts_at_once_make_one_database(DatabaseKind database)
    {
        using var first = new TestSite(database: database, isNew: true);
        using var second = new TestSite(settings: first.SameDatabase);

        await Task.WhenAll(
            Task.Run(VisitFirst, TestContext.Current.CancellationToken), Task.Run(VisitSecond, TestContext.Current.CancellationToken));

        void VisitFirst() => first.Visit().Dispose();
        void VisitSecond() => second.Visit().Dispose();
    }

    [Fact]
    public async Task A_site_does_not_use_a_database_whose_move_from_SQLite_has_not_ended()
    {
        using var first = new TestSite(database: DatabaseKind.Postgres);
        first.Visit().Dispose();
        await using var db = first.Database();
        await db.Database.ExecuteSqlRawAsync("CREATE TABLE \"DatabaseMove\" ()", TestContext.Current.CancellationToken);

        using var second = new TestSite(settings: first.SameDatabase);
        second.Visit(early: true).Dispose();

        await Assert.ThrowsAsync<TimeoutException>(() => second.Get<DatabaseInitializer>().WhenReadyAsync(
            TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken));
        await db.Database.ExecuteSqlRawAsync("DROP TABLE \"DatabaseMove\"", TestContext.Current.CancellationToken);
        for (var tries = 0; tries < 100 && !second.Get<DatabaseInitializer>().IsReady; tries++)
        {
            second.Clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.True(second.Get<DatabaseInitializer>().IsReady);
    }

    [Fact]
    public async Task What_was_answered_is_on_disk()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        await using var db = site.Database();

        Assert.Equal("wal", await PragmaAsync("journal_mode"));
        Assert.Equal("2", await PragmaAsync("synchronous"));
        Assert.Equal("1", await PragmaAsync("foreign_keys"));

        async Task<string> PragmaAsync(string name)
        {
            await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {name}";
            return $"{await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)}";
        }
    }
}
