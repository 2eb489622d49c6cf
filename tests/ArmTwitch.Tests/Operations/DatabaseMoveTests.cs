using System.Text.Json;
using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Changes;
using ArmTwitch.Newsletter;
using ArmTwitch.Operations;
using ArmTwitch.Operations.Moving;
using ArmTwitch.Samples;
using ArmTwitch.Tests.Commands;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Tests.Operations;

/// <summary><c>database move</c> from a real file into a real server.</summary>
public sealed class DatabaseMoveTests : IDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("armtwitch-move-");
    private readonly string server = PostgresServer.NewDatabase();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string File => Path.Combine(home.FullName, "data", "armtwitch.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        PostgresServer.Drop(server);
        home.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_table_with_every_kind_of_value_is_the_same_afterwards_and_the_file_untouched()
    {
        await MakeSampleAsync(comments: 1500, subscribers: 200);
        await OneRowForEachTable.WriteAsync(File, Stop);
        var before = await System.IO.File.ReadAllBytesAsync(File, Stop);

        var said = await RunAsync(0);

        Assert.Contains("Everything is moved, and the same on both sides.", said, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, Stop));
        await using var here = Sqlite();
        await using var there = Postgres();
        foreach (var table in MovedTable.All(here, there))
        {
            Assert.Contains($"{table.Name}: ", said, StringComparison.Ordinal);
            Assert.InRange(await CountAsync(here, table.Name), 1, int.MaxValue);
            Assert.Equal(await CountAsync(here, table.Name), await CountAsync(there, table.Name));
        }

        Assert.Equal(await RowsAsync<Comment>(here), await RowsAsync<Comment>(there));
        Assert.Equal(await RowsAsync<Subscriber>(here), await RowsAsync<Subscriber>(there));
        Assert.DoesNotContain("DatabaseMove", await TablesAsync(there));
        Assert.DoesNotContain("@", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_table_of_the_file_is_moved()
    {
        await MakeSampleAsync(comments: 1, subscribers: 1);
        await using var here = Sqlite();
        await using var there = Postgres();

        var tables = await here.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type = 'table'")
            .ToListAsync(Stop);

        Assert.Equal(
            tables.Where(name => !name.StartsWith("sqlite_", StringComparison.Ordinal) && !name.StartsWith("__EF", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            MovedTable.All(here, there).Select(table => table.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Nobody_hears_of_the_rows_and_new_ones_get_new_numbers()
    {
        await MakeSampleAsync(comments: 300, subscribers: 10);
        await using (var there = Postgres())
            await there.Database.MigrateAsync(Stop);
        var heard = 0;
        await using var listener = new NpgsqlConnection(server);
        await listener.OpenAsync(Stop);
        listener.Notification += (_, _) => heard++;
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresChangeListener.Channel}", listener))
            await listen.ExecuteNonQueryAsync(Stop);

        await RunAsync(0);

        Assert.False(await listener.WaitAsync(200, Stop));
        Assert.Equal(0, heard);
        await using var next = new NpgsqlCommand(
            """
            SELECT nextval(pg_get_serial_sequence('"CommentDecisions"', 'Id')) - (SELECT MAX("Id") FROM "CommentDecisions")
            """, listener);
        Assert.InRange((long)(await next.ExecuteScalarAsync(Stop))!, 1, long.MaxValue);
        await using var triggers = new NpgsqlCommand("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'", listener);
        Assert.Equal(0L, await triggers.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task A_move_that_was_killed_goes_on_where_it_was()
    {
        await MakeSampleAsync(comments: 20_000, subscribers: 100);
        using (Start())
        {
            while (await CopiedAsync() is 0)
                await Task.Delay(5, Stop);
        }

        var copied = await CopiedAsync();
        await using (var there = Postgres())
            Assert.Contains("DatabaseMove", await TablesAsync(there));

        await RunAsync(0);

        Assert.InRange(copied, 1, 19_999);
        Assert.Equal(20_000, await CopiedAsync());
    }

    [Fact]
    public async Task A_server_that_holds_data_is_refused_and_left_as_it_is()
    {
        await MakeSampleAsync(comments: 5, subscribers: 5);
        await using (var there = Postgres())
        {
            await there.Database.MigrateAsync(Stop);
            there.Add(new Secret { Name = "another site", Value = [1, 2, 3] });
            await there.SaveChangesAsync(Stop);
        }

        Assert.Contains("holds data already (table Secrets), and nothing is written over", await RunAsync(1), StringComparison.Ordinal);

        await using var after = Postgres();
        Assert.Equal(0, await CountAsync(after, "Comments"));
        Assert.Equal([1, 2, 3], (await after.Set<Secret>().SingleAsync(Stop)).Value);
    }

    [Fact]
    public async Task A_backup_is_refused_with_the_way_to_go_for_what_it_would_mail_again()
    {
        await MakeSampleAsync(comments: 1, subscribers: 1);
        await using (var marked = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString()))
        {
            await marked.OpenAsync(Stop);
            await using var mark = new SqliteCommand(FormattableString.Invariant($"PRAGMA application_id={BackupService.Mark}"), marked);
            await mark.ExecuteNonQueryAsync(Stop);
        }

        Assert.Contains(
            $"{File} is a backup, and what it has in its outbox may have been mailed since. First run 'restore {File}'", await RunAsync(1),
            StringComparison.Ordinal);

        await using var there = Postgres();
        Assert.Empty(await TablesAsync(there));
    }

    [Fact]
    public async Task What_somebody_has_written_since_the_move_began_is_found_out()
    {
        await MakeSampleAsync(comments: 50, subscribers: 5);
        await using (var there = Postgres())
        {
            await there.Database.MigrateAsync(Stop);
            await new MoveProgress(there).BeginAsync(await MoveProgress.IdentityOfAsync(File, Stop), Stop);
            there.Add(new Secret { Name = "written meanwhile", Value = [1, 2, 3] });
            await there.SaveChangesAsync(Stop);
        }

        Assert.Contains("Not the same: Secrets.", await RunAsync(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_that_has_begun_takes_no_other_file()
    {
        await MakeSampleAsync(comments: 5, subscribers: 5);
        await using (var there = Postgres())
        {
            await there.Database.MigrateAsync(Stop);
            await new MoveProgress(there).BeginAsync("another file", Stop);
        }

        Assert.Contains(
            $"The move that has begun in this PostgreSQL is of another file than {File}", await RunAsync(1), StringComparison.Ordinal);

        await using var after = Postgres();
        Assert.Equal(0, await CountAsync(after, "Comments"));
        Assert.Contains("DatabaseMove", await TablesAsync(after));
    }

    [Fact]
    public async Task A_site_that_runs_is_not_moved()
    {
        await MakeSampleAsync(comments: 1, subscribers: 1);
        using var running = DatabaseFileLock.AcquireShared(File);

        Assert.Contains("The site is running, or a command is. Stop it first", await RunAsync(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_PostgreSQL_to_move_to_it_says_how_to_name_one()
    {
        using var program = new BuiltProgram(["database", "move"], [("Data__Directory", Path.Combine(home.FullName, "data"))]);

        Assert.Equal(2, await program.EndAsync());
        Assert.Contains(program.Lines, line => line.StartsWith("Say where to move to: Data:Provider=Postgres", StringComparison.Ordinal));
    }

    private static Task<int> CountAsync(ArmTwitchDb db, string table)
    {
        var count = $"SELECT CAST(COUNT(*) AS int) AS \"Value\" FROM \"{table}\"";
        return db.Database.SqlQueryRaw<int>(count).SingleAsync(Stop);
    }

    private static Task<List<string>> TablesAsync(ArmTwitchDb postgres) =>
        postgres.Database.SqlQuery<string>($"SELECT tablename::text AS \"Value\" FROM pg_tables WHERE schemaname = 'public'")
            .ToListAsync(Stop);

    private static async Task<IEnumerable<string>> RowsAsync<T>(ArmTwitchDb db) where T : class =>
        (await db.Set<T>().AsNoTracking().ToListAsync(Stop)).Select(row => JsonSerializer.Serialize(row)).Order(StringComparer.Ordinal);

    private Task MakeSampleAsync(int comments, int subscribers) =>
        SampleSiteWriter.WriteAsync(RepositoryPaths.Content, home.FullName, 1, comments, subscribers, Stop);

    private SqliteDb Sqlite() =>
        new(DesignTimeServices.Options<SqliteDb>().UseSqlite($"Data Source={File};Mode=ReadOnly;Pooling=False").Options);

    private PostgresDb Postgres() => new(DesignTimeServices.Options<PostgresDb>().UseNpgsql(server).Options);

    private async Task<int> CopiedAsync()
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(Stop);
        await using var isThere = new NpgsqlCommand("SELECT to_regclass('\"Comments\"') IS NOT NULL", connection);
        if (await isThere.ExecuteScalarAsync(Stop) is not true)
            return 0;
        await using var count = new NpgsqlCommand("SELECT count(*)::int FROM \"Comments\"", connection);
        return (int)(await count.ExecuteScalarAsync(Stop))!;
    }

    private (string Key, string Value)[] Settings =>
    [
        ("Data:Directory", Path.Combine(home.FullName, "data")), ("Data:Provider", "Postgres"), ("ConnectionStrings:ArmTwitch", server),
        ("Content:Path", Path.Combine(home.FullName, "content")),
    ];

    private BuiltProgram Start() => new(["database", "move", .. Settings.Select(setting => $"--{setting.Key}={setting.Value}")]);

    private async Task<string> RunAsync(int exitCode)
    {
        var (exit, lines) = await CommandInProcess.RunAsync(["database", "move"], Settings);
        var said = string.Join('\n', lines);
        Assert.True(exit == exitCode, said);
        return said;
    }
}
