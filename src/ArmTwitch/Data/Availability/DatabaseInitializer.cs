using ArmTwitch.Data.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Data.Availability;

/// <summary>Migrates the database in the background of a start, and retries while the database cannot be reached.</summary>
/// <remarks>Articles need no database. Whatever writes awaits <see cref="WhenReadyAsync"/> first.</remarks>
public sealed partial class DatabaseInitializer(
    IDbContextFactory<ArmTwitchDb> databases, IOptions<DataOptions> options, TimeProvider clock,
    ILogger<DatabaseInitializer> logger) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5), LockRetryDelay = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The first pages of a start get the processor to themselves for so long, unless something needs the database sooner.
    /// </summary>
    private static readonly TimeSpan StartDelay = TimeSpan.FromSeconds(1);

    /// <summary>A table that PostgreSQL has while a move from SQLite is under way, or has ended with a difference.</summary>
    internal const string UnfinishedMove = "DatabaseMove";

    /// <summary>What an operator does about a database that does not answer.</summary>
    internal const string WhatToDo = "Look whether it runs and whether its address, name and password in the settings are right; it is "
        + "taken up again by itself";

    private const string Start = "start";

    private readonly LastingFaults faults = new(clock);
    private readonly TaskCompletionSource ready = NewSignal(), needed = NewSignal();
    private readonly Lock entry = new();
    private DatabaseFileLock? use;

    /// <summary>The code of the last try when no connection could be had; null before the first and when there was one.</summary>
    public string? Unreachable { get; private set; }

    /// <summary>Whether all migrations are applied.</summary>
    public bool IsReady => ready.Task.IsCompletedSuccessfully;

    /// <param name="patience">
    /// The longest wait. With <see cref="Timeout.InfiniteTimeSpan"/>, which workers use, the delayed start of the migration is not hurried.
    /// </param>
    /// <exception cref="TimeoutException">The database is not up to date within the time.</exception>
    public Task WhenReadyAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        if (patience != Timeout.InfiniteTimeSpan)
            needed.TrySetResult();
        return ready.Task.WaitAsync(patience, cancellationToken);
    }

    /// <summary>Applies the pending migrations.</summary>
    /// <returns>Their names.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        AcquireFileLock(db);
        IReadOnlyList<string> missing = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
        if (missing.Count > 0)
        {
            await using var migrationLock = await AcquireMigrationLockAsync(db, cancellationToken);
            LogMigrating(missing.Count);
            await ReleaseOldLockAsync(db, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }

        if (!await SqliteMaintenance.TryVacuumAsync(db, cancellationToken))
            LogRemembers();
        ready.TrySetResult();
        return missing;
    }

    /// <summary>Whether there are no pending migrations.</summary>
    public async Task<bool> IsUpToDateAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        AcquireFileLock(db);
        return !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
    }

    public override void Dispose()
    {
        base.Dispose();
        use?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Building EF's model takes as long as the rest of the start, and pages do not need it.
        await Task.WhenAny(needed.Task, Task.Delay(StartDelay, stoppingToken));
        stoppingToken.ThrowIfCancellationRequested();
        while (!IsReady)
        {
            try
            {
                var obstacle = await InitializeOnceAsync(stoppingToken);
                Unreachable = null;
                Report(obstacle);
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                Report(failed);
            }

            if (!IsReady)
                await Task.Delay(RetryDelay, clock, stoppingToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Report(Exception failed)
    {
        var code = DatabaseFailureClassifier.CodeOf(failed);
        Unreachable = DatabaseFailureClassifier.IsUnreachable(failed) ? code : null;
        if (!faults.IsWorthALine(Start, code))
            return;
        if (Unreachable is null)
            LogFailed(failed);
        else
            LogUnreachable(code, failed.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.'));
    }

    /// <param name="obstacle">Why the database is not ready; null when it is.</param>
    private void Report(Action? obstacle)
    {
        if (obstacle is null && faults.TryEnd(Start))
            LogReady();
        else if (obstacle is not null && faults.IsWorthALine(Start, obstacle.Method.Name))
            obstacle();
    }

    /// <returns>What logs why the database is not ready; null when it is.</returns>
    private async Task<Action?> InitializeOnceAsync(CancellationToken cancellationToken)
    {
        // With half of the rows it would mail people who have left, because the list of those comes last.
        if (await IsHalfMovedAsync(cancellationToken))
            return LogHalfMoved;
        if (options.Value.MigrateAtStart)
        {
            await MigrateAsync(cancellationToken);
            return null;
        }

        if (!await IsUpToDateAsync(cancellationToken))
            return LogOutOfDate;
        ready.TrySetResult();
        return null;
    }

    private async Task<bool> IsHalfMovedAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return db.Database.IsNpgsql() && await db.Database.SqlQuery<bool>(
            $"SELECT to_regclass(quote_ident({UnfinishedMove})) IS NOT NULL AS \"Value\"").SingleAsync(cancellationToken);
    }

    /// <summary>Keeps a restore from replacing the file as long as this program runs.</summary>
    /// <exception cref="IOException">A restore is replacing the file.</exception>
    private void AcquireFileLock(ArmTwitchDb db)
    {
        lock (entry)
        {
            if (use is not null || !db.Database.IsSqlite())
                return;
            var file = Path.GetFullPath(db.Database.GetDbConnection().DataSource);
            use = DatabaseFileLock.AcquireShared(file);
            // SQLite gives the files beside it the same permissions.
            if (!OwnerOnlyFiles.MakeFile(file))
                LogOpen(file);
        }
    }

    /// <summary>
    /// Lets one start migrate at a time: with a lock on a file beside the SQLite database, or an advisory lock on PostgreSQL. Both are
    /// released when the process ends. EF's own lock ends with each migration, so two starts could apply several in turn.
    /// </summary>
    private static async Task<IAsyncDisposable> AcquireMigrationLockAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
            return await PostgresAdvisoryLock.AcquireAsync(db, cancellationToken);
        var file = Path.GetFullPath($"{db.Database.GetDbConnection().DataSource}-migrating");
        while (true)
        {
            try
            {
                return new FileStream(file, OwnerOnlyFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite));
            }
            catch (IOException) when (File.Exists(file))
            {
                await Task.Delay(LockRetryDelay, cancellationToken);
            }
        }
    }

    /// <summary>
    /// On SQLite a killed start leaves EF's lock behind as a row, and the next start waits for it for ever. With the migration lock held,
    /// no other start can own that row.
    /// </summary>
    private async Task ReleaseOldLockAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
            return;
        var tables = await db.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellationToken);
        if (tables > 0 && await db.Database.ExecuteSqlAsync($"DELETE FROM __EFMigrationsLock", cancellationToken) > 0)
            LogLockReleased();
    }

    /// <summary>The lock belongs to the connection, which therefore stays open.</summary>
    private sealed class PostgresAdvisoryLock(ArmTwitchDb db) : IAsyncDisposable
    {
        /// <summary>Any number that no other advisory lock uses: "ArmTwitc" in ASCII.</summary>
        private const long Key = 0x41726D5477697463;

        public static async Task<PostgresAdvisoryLock> AcquireAsync(ArmTwitchDb db, CancellationToken cancellationToken)
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Key})", cancellationToken);
            return new PostgresAdvisoryLock(db);
        }

        public async ValueTask DisposeAsync()
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock({Key})");
            await db.Database.CloseConnectionAsync();
        }
    }

    [LoggerMessage(LogLevel.Information, "Bringing the database up to date: {Count} migrations")]
    private partial void LogMigrating(int count);

    [LoggerMessage(LogLevel.Warning, "A start that was killed had left the database locked for migrations; the lock is released")]
    private partial void LogLockReleased();

    [LoggerMessage(LogLevel.Warning, "Other users of this machine may read {File}, which holds people's words and addresses: give it to "
        + "the user that the program runs as, or close it with chmod 600")]
    private partial void LogOpen(string file);

    [LoggerMessage(LogLevel.Warning, "What was deleted by an older version still stands in free pages of the database, which could not "
        + "be written anew; the next start tries again")]
    private partial void LogRemembers();

    [LoggerMessage(LogLevel.Error, "The database is out of date and Data:MigrateAtStart is false: run 'database migrate'")]
    private partial void LogOutOfDate();

    [LoggerMessage(LogLevel.Error, "The move from SQLite has not ended: run 'database move' until it says that every table is the same. "
        + "Until then comments and the newsletter rest")]
    private partial void LogHalfMoved();

    [LoggerMessage(LogLevel.Error, "The database does not answer ({Code}). {Why}. " + WhatToDo)]
    private partial void LogUnreachable(string code, string why);

    [LoggerMessage(LogLevel.Information, "The database is ready now")]
    private partial void LogReady();

    [LoggerMessage(LogLevel.Error, "The database cannot be brought up to date yet; trying again in 5 seconds")]
    private partial void LogFailed(Exception failed);
}
