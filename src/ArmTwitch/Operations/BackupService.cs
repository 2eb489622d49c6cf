using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Files;
using ArmTwitch.Data.Restoring;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Operations;

/// <summary>
/// Writes everything that is kept into one file while the site runs, and puts such a file back while it does not. SQLite only:
/// PostgreSQL has tools of its own.
/// </summary>
public sealed class BackupService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, IEnumerable<IRestoreReconciler> reconcilers, TimeProvider clock)
{
    /// <summary>"ArmT", in the place that SQLite keeps for what a file belongs to. A database that is worked on bears no mark.</summary>
    private const int Mark = 0x41726D54, NoMark = 0;

    /// <summary>What SQLite may leave beside a database.</summary>
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <summary>Writes the state of one moment, whoever writes meanwhile, and reads it back.</summary>
    /// <param name="file">A file that is not there yet.</param>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="BackupException"/>
    public async Task<long> WriteAsync(string file, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var database = FileOf(db, Shell($"pg_dump --format=custom --exclude-table-data='\"DailyKeys\"' --file=\"{file}\"", db));
        if (!File.Exists(database))
            throw new BackupException($"There is no database at {database}, and so nothing to back up.");
        if (File.Exists(file))
            throw new BackupException($"{file} is there already. Name a file that is not there yet.");
        using var use = DatabaseFileLock.AcquireShared(database);
        var part = $"{Path.GetFullPath(file)}.{Guid.NewGuid():N}.part";
        try
        {
            MakePrivate(part);
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {part}", cancellationToken);
            await using (var copy = await OpenAsync(part, SqliteOpenMode.ReadWrite, cancellationToken))
            {
                await LeaveOutKeysAsync(copy, cancellationToken);
                await FinishAsync(copy, Mark, cancellationToken);
            }

            await ExamineAsync(part, cancellationToken);
            Keep(part);
            File.Move(part, file);
            DirectoryFlush.Fsync(FolderOf(file));
            return new FileInfo(file).Length;
        }
        finally
        {
            Delete(part);
        }
    }

    /// <summary>
    /// Makes the backup the database. All work is done on a copy, which takes the place of the database in one step at the end; that one
    /// is put aside.
    /// </summary>
    /// <returns>What the operator should know, a sentence each.</returns>
    /// <exception cref="BackupException"/>
    public async Task<IReadOnlyList<string>> RestoreAsync(string file, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var database = FileOf(db, Shell("pg_restore --clean --if-exists", db, $" \"{file}\""));
        if (!File.Exists(file))
            throw new BackupException($"There is no file {file}.");
        await ExamineAsync(file, cancellationToken);
        if (Path.GetDirectoryName(database) is { } folder && !Directory.Exists(folder))
            OwnerOnlyFiles.MakeFolder(folder);
        using var alone = DatabaseFileLock.TryAcquireExclusive(database)
            ?? throw new BackupException("The site is running, or a command is. Stop it first: what it writes now would be lost.");

        var (copy, before) = ($"{database}-restoring", $"{database}-before");
        try
        {
            Delete(copy);
            Delete(before);
            var isKnown = await CheckpointAsync(database, cancellationToken) && await CopyAsync(database, before, cancellationToken);
            var lines = await PrepareAsync(file, copy, before, cancellationToken);
            Keep(copy);
            var aside = Exchange(database, copy);
            DirectoryFlush.Fsync(FolderOf(database));
            return
            [
                .. lines,
                .. aside is null ? Array.Empty<string>() : [$"The database of before is kept as {aside}."],
                .. isKnown || aside is null ? Array.Empty<string>() : ["It is damaged and could not be read: who has left or was erased since the backup is not known. Before an issue is sent, unsubscribe and erase them again."],
                "Accounts are those of the backup: 'moderators list' shows whether somebody is back who was removed since.",
            ];
        }
        finally
        {
            Delete(copy);
            Delete(before);
        }
    }

    private async Task<IReadOnlyList<string>> PrepareAsync(string file, string copy, string before, CancellationToken cancellationToken)
    {
        MakePrivate(copy);
        File.Copy(file, copy, overwrite: true);
        await using var db = await OpenAsync(copy, SqliteOpenMode.ReadWrite, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await AttachAsync(db, before, cancellationToken);
        var lines = new List<string>();
        if (await IsOfAnotherSiteAsync(db, cancellationToken))
        {
            lines.Add("The database of before belongs to another site. Nothing of it is carried over.");
            await db.ExecuteAsync("DETACH DATABASE before", cancellationToken);
            Delete(before);
            await AttachAsync(db, before, cancellationToken);
        }

        await using (var write = await writing.BeginAsync(db, cancellationToken))
        {
            await db.CopyMissingRowsAsync<Secret>("TRUE", cancellationToken: cancellationToken);
            foreach (var reconciler in reconcilers)
                lines.AddRange(await reconciler.ReconcileAsync(db, clock.GetUtcNow(), cancellationToken));
            await write.CommitAsync(cancellationToken);
        }

        await db.ExecuteAsync("DETACH DATABASE before", cancellationToken);
        await FinishAsync(db, NoMark, cancellationToken);
        return lines;
    }

    /// <summary>Where it is not there, an empty one stands in for it, so that nobody has to ask.</summary>
    private async Task AttachAsync(ArmTwitchDb db, string before, CancellationToken cancellationToken)
    {
        await using (var old = await OpenAsync(before, SqliteOpenMode.ReadWriteCreate, cancellationToken))
            await old.Database.MigrateAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"ATTACH DATABASE {before} AS before", cancellationToken);
    }

    /// <summary>Two installations have made different keys. Neither can tell whom the keyed hashes of the other mean.</summary>
    private static async Task<bool> IsOfAnotherSiteAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<int>(
            $"SELECT COUNT(*) AS Value FROM main.Secrets AS new JOIN before.Secrets AS old ON old.Name = new.Name AND old.Value <> new.Value").SingleAsync(cancellationToken) > 0;

    /// <exception cref="BackupException">The file is no backup that this program can restore.</exception>
    private async Task ExamineAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await OpenAsync(file, SqliteOpenMode.ReadOnly, cancellationToken);
            if (await db.Database.SqlQueryRaw<int>("SELECT application_id AS Value FROM pragma_application_id")
                .SingleAsync(cancellationToken) is not Mark)
                throw new BackupException($"{file} is no backup of ArmTwitch. It must be a file that 'backup' has written.");
            if (!await IsWholeAsync(db, cancellationToken))
                throw new BackupException($"{file} is damaged. Take another backup.");
            if ((await db.Database.GetAppliedMigrationsAsync(cancellationToken))
                .Except(db.Database.GetMigrations()).FirstOrDefault() is { } unknown)
                throw new BackupException(
                    $"{file} comes from a newer version of the program, which has made the step {unknown}. Restore it with that version.");
        }
        catch (SqliteException failed)
        {
            throw new BackupException($"{file} is no backup of ArmTwitch, or is damaged: {failed.Message}");
        }
    }

    /// <summary>Brings everything that was written into the one file.</summary>
    /// <returns>False when the database is not there or not readable.</returns>
    /// <exception cref="BackupException">Somebody has it open.</exception>
    private async Task<bool> CheckpointAsync(string database, CancellationToken cancellationToken)
    {
        const int Busy = 5, Locked = 6;
        if (!File.Exists(database))
            return false;
        try
        {
            await using var db = await OpenAsync(database, SqliteOpenMode.ReadWrite, cancellationToken);
            await FinishAsync(db, NoMark, cancellationToken);
            return true;
        }
        catch (SqliteException failed) when (failed.SqliteErrorCode is Busy or Locked)
        {
            throw new BackupException("Another program has the database open. Close it first.");
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <returns>False when the database is damaged.</returns>
    private async Task<bool> CopyAsync(string database, string copy, CancellationToken cancellationToken)
    {
        MakePrivate(copy);
        File.Copy(database, copy, overwrite: true);
        try
        {
            await using var db = await OpenAsync(copy, SqliteOpenMode.ReadWrite, cancellationToken);
            if (await IsWholeAsync(db, cancellationToken))
                return true;
        }
        catch (SqliteException)
        {
            // So badly damaged that it cannot even be opened.
        }

        Delete(copy);
        return false;
    }

    private static async Task<bool> IsWholeAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").FirstAsync(cancellationToken) is "ok";

    /// <summary>Puts the copy into the place of the database.</summary>
    /// <returns>Where the database of before is now; null when there was none.</returns>
    private string? Exchange(string database, string copy)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{database}.before-{clock.GetUtcNow():yyyyMMdd-HHmmss}");
        // First: beside another file they would be taken for a part of it.
        foreach (var companion in Companions.Where(companion => File.Exists(database + companion)))
            File.Move(database + companion, aside + companion);
        if (!File.Exists(database))
        {
            File.Move(copy, database);
            return null;
        }

        File.Replace(copy, database, aside);
        return aside;
    }

    private async Task<ArmTwitchDb> OpenAsync(string file, SqliteOpenMode mode, CancellationToken cancellationToken)
    {
        var db = await databases.CreateDbContextAsync(cancellationToken);
        db.Database.SetConnectionString(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 5 }.ToString());
        return db;
    }

    /// <summary>Without the keys of the day nobody can tell from a backup which networks its hashes stand for.</summary>
    private static async Task LeaveOutKeysAsync(ArmTwitchDb copy, CancellationToken cancellationToken)
    {
        await copy.Database.OpenConnectionAsync(cancellationToken);
        // A database that has not been brought up to date has no such table.
        if (await copy.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = 'DailyKeys'")
            .SingleAsync(cancellationToken) > 0)
            await copy.ExecuteAsync("PRAGMA secure_delete=ON; DELETE FROM DailyKeys;", cancellationToken);
        await copy.Database.CloseConnectionAsync();
    }

    /// <summary>Makes it one file with nothing beside it, which nobody else can have open then.</summary>
    private static async Task FinishAsync(ArmTwitchDb db, int mark, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.ExecuteAsync($"PRAGMA application_id={mark}; PRAGMA journal_mode=DELETE;", cancellationToken);
        await db.Database.CloseConnectionAsync();
    }

    private static void MakePrivate(string file) =>
        new FileStream(file, OwnerOnlyFiles.Options(FileMode.CreateNew, FileAccess.Write)).Dispose();

    private static string FolderOf(string file) => Path.GetDirectoryName(Path.GetFullPath(file))!;

    /// <summary>Waits until it is on disk.</summary>
    private static void Keep(string file)
    {
        using var written = File.OpenHandle(file, access: FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(written);
    }

    private static void Delete(string file)
    {
        foreach (var one in Companions.Prepend("").Append("-in-use").Select(companion => file + companion))
            File.Delete(one);
    }

    /// <exception cref="BackupException">There is no file, because the database is on a server.</exception>
    private static string FileOf(ArmTwitchDb db, string instead) => db.Database.IsSqlite()
        ? Path.GetFullPath(db.Database.GetDbConnection().DataSource)
        : throw new BackupException($"The database is on PostgreSQL, whose own tools do this: {instead}");

    /// <summary>The command line for this database, without the password.</summary>
    private static string Shell(string tool, ArmTwitchDb db, string end = "")
    {
        if (db.Database.IsSqlite())
            return "";
        var server = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString());
        var where = new[] { ("host", server.Host), ("port", $"{server.Port}"), ("dbname", server.Database), ("user", server.Username) };
        return $"{tool} --dbname=\"{string.Join(' ', where.Where(one => one.Item2 is { Length: > 0 }).Select(one => $"{one.Item1}={one.Item2}"))}\"{end}";
    }
}
