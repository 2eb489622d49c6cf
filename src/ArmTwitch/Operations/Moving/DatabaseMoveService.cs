using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Restoring;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Operations.Moving;

/// <summary>
/// Copies the SQLite database of a stopped site into the PostgreSQL of the settings, and compares every table afterwards. The file is only
/// read. After an interruption the next run goes on where this one was.
/// </summary>
public sealed class DatabaseMoveService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, DatabaseInitializer initializer)
{
    /// <param name="file">The SQLite database.</param>
    /// <param name="tell">Is given a sentence for the operator now and then, without anything that people wrote.</param>
    /// <exception cref="DatabaseMoveException"/>
    public async Task MoveAsync(string file, Func<string, Task> tell, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(file))
            throw new DatabaseMoveException($"There is no file {file} that the user {Environment.UserName} can see. "
                + "Name the SQLite database, mostly armtwitch.db in Data:Directory.");
        using var alone = DatabaseFileLock.TryAcquireExclusive(file)
            ?? throw new DatabaseMoveException("The site is running, or a command is. Stop it first: what it writes now would be lost.");
        await using var source = new SqliteDb(DesignTimeServices.Options<SqliteDb>().UseSqlite(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()).Options);
        await using var target = await databases.CreateDbContextAsync(cancellationToken);
        await ExamineAsync(source, file, cancellationToken);

        var tables = MovedTable.All(source, target);
        await source.Database.OpenConnectionAsync(cancellationToken);
        await target.Database.OpenConnectionAsync(cancellationToken);
        if (!await target.Database.SqlQuery<bool>($"SELECT pg_try_advisory_lock({MoveProgress.LockKey}) AS \"Value\"")
            .SingleAsync(cancellationToken))
            throw new DatabaseMoveException("Another move into this PostgreSQL is running.");
        var progress = new MoveProgress(target);
        var identity = await MoveProgress.IdentityOfAsync(file, cancellationToken);
        if (!await progress.IsBegunAsync(cancellationToken))
        {
            await RefuseDataAsync(target, tables, cancellationToken);
            await initializer.MigrateAsync(cancellationToken);
            await progress.BeginAsync(identity, cancellationToken);
        }
        else if (!await progress.IsOfAsync(identity, cancellationToken))
        {
            throw new DatabaseMoveException($"The move that has begun in this PostgreSQL is of another file than {file}, or somebody has "
                + "written into it since. Name the file that the move began with, or make a new empty database and move again.");
        }

        var copier = new TableCopier(source, target, progress, writing);
        foreach (var table in tables)
            await copier.CopyAsync(table, cancellationToken);
        foreach (var table in tables)
            await copier.SetSequencesAsync(table, cancellationToken);
        await CompareAsync(copier, tables, tell, cancellationToken);
        await target.ExecuteAsync("ANALYZE", cancellationToken);
        await progress.EndAsync(cancellationToken);
    }

    /// <exception cref="DatabaseMoveException">This program cannot move the file.</exception>
    private static async Task ExamineAsync(SqliteDb source, string file, CancellationToken cancellationToken)
    {
        try
        {
            var applied = (await source.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
            if (applied.Count is 0)
                throw new DatabaseMoveException($"{file} is no database of ArmTwitch.");
            // What 'restore' holds would be mailed again.
            if (await source.Database.SqlQueryRaw<int>("SELECT application_id AS Value FROM pragma_application_id")
                .SingleAsync(cancellationToken) is BackupService.Mark)
                throw new DatabaseMoveException(
                    $"{file} is a backup, and what it has in its outbox may have been mailed since. First run 'restore {file}' with "
                    + "Data:Provider=Sqlite and without ConnectionStrings:ArmTwitch, which holds it until somebody says so; then move "
                    + "armtwitch.db in Data:Directory.");
            if (applied.Except(source.Database.GetMigrations()).Any())
                throw new DatabaseMoveException($"{file} comes from a newer version of the program. Move it with that version.");
            if ((await source.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
                throw new DatabaseMoveException(
                    $"{file} is out of date. First run 'database migrate' with Data:Provider=Sqlite and without ConnectionStrings:ArmTwitch "
                    + "(operating.md, \"A file that is out of date\"), then move it.");
            if (await source.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check")
                .FirstAsync(cancellationToken) is not "ok")
                throw new DatabaseMoveException($"{file} is damaged. Restore a backup first.");
        }
        catch (SqliteException failed)
        {
            throw new DatabaseMoveException($"{file} cannot be read: {failed.Message}");
        }
    }

    /// <exception cref="DatabaseMoveException">The target is in use.</exception>
    private static async Task RefuseDataAsync(
        ArmTwitchDb target, IReadOnlyList<MovedTable> tables, CancellationToken cancellationToken)
    {
        foreach (var table in tables)
        {
            var isUsed = $"SELECT EXISTS (SELECT FROM \"{table.Name}\") AS \"Value\"";
            if (await target.IsThereAsync(table.Name, cancellationToken)
                && await target.Database.SqlQueryRaw<bool>(isUsed).SingleAsync(cancellationToken))
                throw new DatabaseMoveException($"The PostgreSQL of ConnectionStrings:ArmTwitch holds data already (table {table.Name}), "
                    + "and nothing is written over. Make an empty database (createdb) and name that.");
        }
    }

    /// <exception cref="DatabaseMoveException">A table is not the same.</exception>
    private static async Task CompareAsync(
        TableCopier copier, IReadOnlyList<MovedTable> tables, Func<string, Task> tell, CancellationToken cancellationToken)
    {
        var different = new List<string>();
        foreach (var table in tables)
        {
            var (here, there) = (
                $"{await copier.SourceFingerprintAsync(table, cancellationToken)}",
                $"{await copier.TargetFingerprintAsync(table, cancellationToken)}");
            await tell(here == there ? $"{table.Name}: {here}, the same on both sides" : $"{table.Name}: {here}; but in PostgreSQL {there}");
            if (here != there)
                different.Add(table.Name);
        }

        if (different.Count > 0)
            throw new DatabaseMoveException($"Not the same: {string.Join(", ", different)}. Somebody has written into the file or into "
                + "PostgreSQL since the move began. Make a new empty database and move again; the file is as it was.");
    }
}
