using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Data;

public sealed class MigrationTests
{
    [Fact]
    public void No_entity_has_changed_without_a_migration_for_either_database()
    {
        using var sqlite = new SqliteDesign().CreateDbContext([]);
        using var postgres = new PostgresDesign().CreateDbContext([]);

        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(postgres.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Passkeys_have_a_table()
    {
        using var sqlite = new SqliteDesign().CreateDbContext([]);
        using var postgres = new PostgresDesign().CreateDbContext([]);

        Assert.All(new ArmTwitchDb[] { sqlite, postgres }, db => Assert.Contains(db.Model.GetEntityTypes(), entity => entity.GetTableName() is "ModeratorPasskeys"));
    }

    [Fact]
    public async Task A_start_makes_the_database()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();

        await using var db = await site.Get<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.True(File.Exists(Path.Combine(site.DataFolder, "armtwitch.db")));
    }

    [Fact]
    public async Task What_was_answered_is_on_disk()
    {
        using var site = new TestSite();
        using var visitor = site.Visit();
        await using var db = await site.Get<IDbContextFactory<ArmTwitchDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);

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
