using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Files;
using ArmTwitch.Data.Restoring;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Operations;

/// <summary>
/// Writes the database to one file while the site runs, and restores such a file while it is stopped. SQLite only: PostgreSQL has its own
/// tools.
/// </summary>
public sealed class BackupService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, IEnumerable<IRestoreReconciler> reconcilers,
    BackupRecord record, TimeProvider clock)
{
    /// <summary>The <c>application_id</c> of a backup, "ArmT" in ASCII. A database in use has none.</summary>
    internal const int Mark = 0x41726D54;

    private const int NoMark = 0;

    /// <summary>Suffixes of the files that SQLite may leave beside a database.</summary>
    private static readonly string[] Companions = ["-wal", "-shm", "-journal"];

    /// <summary>Writes a consistent snapshot, even during other writes, and checks it.</summary>
    /// <param name="file">A file that does not exist yet.</param>
    /// <returns>Its length in bytes.</returns>
    /// <exception cref="BackupException"/>
    public async Task<long> WriteAsync(string file, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var database = FileOf(db, () => PostgresCommandLines.Dump(db, file));
        if (!File.Exists(database))
            throw new BackupException($"There is no database at {database}, and so nothing to back up.");
        if (File.Exists(file))
            throw new BackupException($"{file} is there already. Name a file that is not there yet.", isWrongFile: true);
        if (!Directory.Exists(FolderOf(file)))
            throw new BackupException($"There is no folder {FolderOf(file)}. Make it first, or name another.", isWrongFile: true);
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

            if (await FaultOfAsync(part, cancellationToken) is { } fault)
                throw new BackupException(fault);
            FlushToDisk(part);
            File.Move(part, file);
            DirectoryFlush.Fsync(FolderOf(file));
            record.Record();
            return new FileInfo(file).Length;
        }
        finally
        {
            Delete(part);
        }
    }

    /// <summary>
    /// Replaces the database by the backup. All work is done on a copy, which replaces the database in one step at the end; the old
    /// database is renamed and kept.
    /// </summary>
    /// <returns>Sentences for the operator.</returns>
    /// <exception cref="BackupException"/>
    public async Task<IReadOnlyList<string>> RestoreAsync(string file, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var database = FileOf(db, () => PostgresCommandLines.Restore(db, file));
        if (!File.Exists(file))
            throw new BackupException($"There is no file {file} that the user {Environment.UserName} can see.", isWrongFile: true);
        if (await FaultOfAsync(file, cancellationToken) is { } fault)
            throw new BackupException(fault, isWrongFile: true);
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
            FlushToDisk(copy);
            var aside = Exchange(database, copy);
            DirectoryFlush.Fsync(FolderOf(database));
            return
            [
                .. lines,
                .. aside is null ? Array.Empty<string>() : [$"The database of before is kept as {aside}."],
                .. isKnown || aside is null ? Array.Empty<string>() : ["It is damaged and could not be read: who has left or was erased "
                    + "since the backup is not known. Before an issue is sent, unsubscribe and erase them again."],
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

    /// <summary>Attaches the old database, or an empty one when there is none.</summary>
    private async Task AttachAsync(ArmTwitchDb db, string before, CancellationToken cancellationToken)
    {
        await using (var old = await OpenAsync(before, SqliteOpenMode.ReadWriteCreate, cancellationToken))
            await old.Database.MigrateAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"ATTACH DATABASE {before} AS before", cancellationToken);
    }

    /// <summary>Two sites have different keys, so the keyed hashes of one mean nothing in the other.</summary>
    private static async Task<bool> IsOfAnotherSiteAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<int>(
            $"""
            SELECT COUNT(*) AS Value FROM main.Secrets AS new JOIN before.Secrets AS old
            ON old.Name = new.Name AND old.Value <> new.Value
            """).SingleAsync(cancellationToken) > 0;

    /// <returns>Why this program cannot restore the file; null when it can.</returns>
    private async Task<string?> FaultOfAsync(string file, CancellationToken cancellationToken)
    {
        const int CannotOpen = 14, NotADatabase = 26;
        var noBackup = $"{file} is no backup of ArmTwitch. It must be a file that 'backup' has written.";
        try
        {
            await using var db = await OpenAsync(file, SqliteOpenMode.ReadOnly, cancellationToken);
            if (await db.Database.SqlQueryRaw<int>("SELECT application_id AS Value FROM pragma_application_id")
                .SingleAsync(cancellationToken) is not Mark)
                return noBackup;
            if (!await IsWholeAsync(db, cancellationToken))
                return $"{file} is damaged. Take another backup.";
            return (await db.Database.GetAppliedMigrationsAsync(cancellationToken))
                .Except(db.Database.GetMigrations()).FirstOrDefault() is { } unknown
                ? $"{file} comes from a newer version of the program, which has made the step {unknown}. Restore it with that version."
                : null;
        }
        catch (SqliteException failed)
        {
            return failed.SqliteErrorCode switch
            {
                NotADatabase => noBackup,
                CannotOpen => $"The user {Environment.UserName} may not read {file}. Give the file to that user, and its folder, too.",
                _ => $"{file} is damaged ({DatabaseFailureClassifier.CodeOf(failed)}). Take another backup.",
            };
        }
    }

    /// <summary>Writes the write-ahead log into the database file.</summary>
    /// <returns>False when the database does not exist or cannot be read.</returns>
    /// <exception cref="BackupException">Another program has it open.</exception>
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

    /// <returns>False when the database is corrupt.</returns>
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
            // So corrupt that it cannot be opened.
        }

        Delete(copy);
        return false;
    }

    private static async Task<bool> IsWholeAsync(ArmTwitchDb db, CancellationToken cancellationToken) =>
        await db.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").FirstAsync(cancellationToken) is "ok";

    /// <summary>Replaces the database by the copy.</summary>
    /// <returns>The new path of the old database; null when there was none.</returns>
    private string? Exchange(string database, string copy)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{database}.before-{clock.GetUtcNow():yyyyMMdd-HHmmss}");
        // First, because SQLite would apply them to the new file.
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

    /// <summary>Without the daily keys, the hashes of networks in a backup cannot be attributed.</summary>
    private static async Task LeaveOutKeysAsync(ArmTwitchDb copy, CancellationToken cancellationToken)
    {
        await copy.Database.OpenConnectionAsync(cancellationToken);
        // A database from before that migration has no such table.
        if (await copy.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = 'DailyKeys'")
            .SingleAsync(cancellationToken) > 0)
            await copy.ExecuteAsync("PRAGMA secure_delete=ON; DELETE FROM DailyKeys;", cancellationToken);
        await copy.Database.CloseConnectionAsync();
    }

    /// <summary>Leaves one file with nothing beside it. It fails while another program has the file open.</summary>
    private static async Task FinishAsync(ArmTwitchDb db, int mark, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.ExecuteAsync($"PRAGMA application_id={mark}; PRAGMA journal_mode=DELETE;", cancellationToken);
        await db.Database.CloseConnectionAsync();
    }

    private static void MakePrivate(string file) =>
        new FileStream(file, OwnerOnlyFiles.Options(FileMode.CreateNew, FileAccess.Write)).Dispose();

    private static string FolderOf(string file) => Path.GetDirectoryName(Path.GetFullPath(file))!;

    private static void FlushToDisk(string file)
    {
        using var written = File.OpenHandle(file, access: FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(written);
    }

    private static void Delete(string file)
    {
        foreach (var one in Companions.Prepend("").Append("-in-use").Select(companion => file + companion))
            File.Delete(one);
    }

    /// <exception cref="BackupException">The database is on a server.</exception>
    private static string FileOf(ArmTwitchDb db, Func<string> instead) => db.Database.IsSqlite()
        ? Path.GetFullPath(db.Database.GetDbConnection().DataSource)
        : throw new BackupException($"The database is on PostgreSQL, whose own tools do this: {instead()}");
}
