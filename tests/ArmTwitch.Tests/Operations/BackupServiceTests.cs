using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Operations;
using ArmTwitch.Tests.Comments;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Operations;

public sealed class BackupServiceTests : IDisposable
{
    private readonly RestoreTestSite place = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public async Task A_backup_is_one_private_file_written_while_the_site_runs()
    {
        await place.SubscribeAsync("ada@example.org");

        var said = await place.RunAsync(0, "backup", place.Backup);

        Assert.Contains($"bytes written to {place.Backup} and read back.", said, StringComparison.Ordinal);
        Assert.Equal([place.Backup], Directory.EnumerateFiles(Path.GetDirectoryName(place.Backup)!));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(place.Backup));
        await place.SubscribeAsync("bob@example.org");
        Assert.Contains("is there already", await place.RunAsync(2, "backup", place.Backup), StringComparison.Ordinal);
        Assert.Contains("There is no folder /nowhere.", await place.RunAsync(2, "backup", "/nowhere/x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_the_backups_in_a_folder_the_newest_are_kept_and_nothing_else_is_touched_nor_in_the_way()
    {
        await place.SubscribeAsync("ada@example.org");
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(place.Backup)!, "nightly")).FullName;
        string Named(string name) => Path.Combine(folder, name);
        foreach (var name in new[] { "mon.backup", "tue.backup", "wed.backup", "by-hand.keep" })
            await place.RunAsync(0, "backup", Named(name));
        foreach (var (name, daysAgo) in new[] { ("mon.backup", 3), ("tue.backup", 2), ("wed.backup", 1), ("by-hand.keep", 9) })
            File.SetLastWriteTimeUtc(Named(name), DateTime.UnixEpoch.AddDays(100 - daysAgo));
        await File.WriteAllTextAsync(Named("notes.backup"), "Ours, and no backup", Stop);
        File.SetLastWriteTimeUtc(Named("notes.backup"), DateTime.UnixEpoch);
        File.CreateSymbolicLink(Named("nowhere.backup"), Named("not-there"));

        var said = await place.RunAsync(0, "backup", Named("thu.backup"), "--keep", "2");

        Assert.Contains($"{Named("mon.backup")} is deleted.", said, StringComparison.Ordinal);
        Assert.Contains($"Warning: {Named("nowhere.backup")} is passed over: ", said, StringComparison.Ordinal);
        Assert.Equal(
            ["by-hand.keep", "notes.backup", "nowhere.backup", "thu.backup", "wed.backup"],
            Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("--keep", await place.RunAsync(2, "backup", Named("fri.backup"), "--keep", "0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_holds_one_moment_while_many_write()
    {
        using var comments = new CommentTestSite(DatabaseKind.Sqlite, ("Limits:Enabled", "false"));
        var writing = Task.WhenAll(
            Enumerable.Range(0, 40).Select(number => comments.WriteAsync($"Comment {number}", article: CommentTestSite.Article)));
        await place.Site.Site.Get<BackupService>().WriteAsync(place.Backup, Stop);
        var copy = $"{place.Backup}-2";
        await comments.Site.Get<BackupService>().WriteAsync(copy, Stop);
        foreach (var answer in await writing)
            answer.Dispose();

        await using var db = new SqliteConnection($"Data Source={copy};Mode=ReadOnly;Pooling=False");
        await db.OpenAsync(Stop);
        await using var count = db.CreateCommand();
        count.CommandText = "SELECT (SELECT COUNT(*) FROM Comments) - (SELECT COUNT(*) FROM CommentTokens)";
        Assert.Equal(0L, await count.ExecuteScalarAsync(Stop));
    }

    [Fact]
    public async Task A_backup_does_not_hold_the_keys_by_which_networks_are_known_again()
    {
        await place.SubscribeAsync("ada@example.org");
        await place.Site.Site.Get<ClientNetworkHasher>().HashAsync(System.Net.IPAddress.Loopback, Stop);
        await using var db = place.Site.Site.Database();
        var key = Assert.Single(await db.Set<DailyKey>().ToListAsync(Stop));

        await place.BackUpAsync();

        Assert.Equal(-1, (await File.ReadAllBytesAsync(place.Backup, Stop)).AsSpan().IndexOf(key.Value));
    }

    [Fact]
    public async Task Nothing_is_restored_under_a_site_that_runs()
    {
        await place.SubscribeAsync("ada@example.org");
        await place.BackUpAsync();

        var said = await place.RunAsync(1, "restore", place.Backup);

        Assert.Contains("The site is running, or a command is. Stop it first", said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(place.Data, "armtwitch.db*before*"));
    }

    [Fact]
    public async Task A_program_that_knows_nothing_of_the_lock_is_noticed_too()
    {
        await place.SubscribeAsync("ada@example.org");
        await place.BackUpAsync();
        place.StopSite();
        await using var other = new SqliteConnection($"Data Source={place.Database};Pooling=False");
        await other.OpenAsync(Stop);
        await using var look = other.CreateCommand();
        look.CommandText = "SELECT COUNT(*) FROM Subscribers";
        await look.ExecuteScalarAsync(Stop);

        Assert.Contains("Another program has the database open.", await place.RestoreAsync(exitCode: 1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "is no backup of ArmTwitch. It must be a file that 'backup' has written.")]
    [InlineData("database", "is no backup of ArmTwitch. It must be a file that 'backup' has written.")]
    [InlineData("newer", "comes from a newer version of the program, which has made the step 29990101000000_Tomorrow.")]
    [InlineData("torn", "is damaged")]
    [InlineData("none", " that the user ")]
    public async Task What_is_no_backup_of_this_site_is_refused_and_nothing_changes(string what, string words)
    {
        await place.SubscribeAsync("ada@example.org");
        await place.BackUpAsync();
        place.StopSite();
        await SpoilAsync(what);
        var before = await File.ReadAllBytesAsync(place.Database, Stop);

        var said = await place.RestoreAsync(exitCode: 2);

        Assert.Contains(words, said, StringComparison.Ordinal);
        // The log speaks of the site's own database, which is whole.
        Assert.DoesNotContain("crit", said, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(place.Database, Stop));
        Assert.Equal("ada@example.org", Assert.Single(await place.Site.AllAsync<ArmTwitch.Newsletter.Subscriber>()).Email);
    }

    [Fact]
    public async Task On_PostgreSQL_the_command_line_of_its_own_tool_is_told()
    {
        using var site = new TestSite(database: DatabaseKind.Postgres);
        using var visitor = site.Visit();

        var backup = await Assert.ThrowsAsync<BackupException>(() => site.Get<BackupService>().WriteAsync("site.backup", Stop));
        var restore = await Assert.ThrowsAsync<BackupException>(() => site.Get<BackupService>().RestoreAsync("site.backup", Stop));

        Assert.Matches("^The database is on PostgreSQL, whose own tools do this: pg_dump --format=custom "
            + "--exclude-table-data='\"DailyKeys\"' --file=\"site.backup\" --dbname=\"host=.* dbname=.*\"$", backup.Message);
        Assert.Matches("make a new and empty one, and then\npg_restore --exit-on-error --dbname=\"host=.*\" \"site.backup\"\n"
            + "armtwitch database restored\n", restore.Message);
        Assert.DoesNotContain("--clean", restore.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", backup.Message + restore.Message, StringComparison.OrdinalIgnoreCase);
    }

    private async Task SpoilAsync(string what)
    {
        switch (what)
        {
            case "text":
                await File.WriteAllTextAsync(place.Backup, "Dear diary", Stop);
                break;
            case "database":
                File.Copy(place.Database, place.Backup, overwrite: true);
                break;
            case "newer":
                await using (var backup = new SqliteConnection($"Data Source={place.Backup};Pooling=False"))
                {
                    await backup.OpenAsync(Stop);
                    await using var step = backup.CreateCommand();
                    step.CommandText = "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Tomorrow', '99.0')";
                    await step.ExecuteNonQueryAsync(Stop);
                }

                break;
            case "torn":
                await using (var file = new FileStream(place.Backup, FileMode.Open))
                    file.SetLength(file.Length / 2);
                break;
            default:
                File.Delete(place.Backup);
                break;
        }
    }
}
