using ArmTwitch.Data.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Data.Availability;

/// <summary>Brings the database up to date behind the first pages of a start, and goes on trying when it cannot be reached.</summary>
/// <remarks>Reading needs it for comments only; whoever writes awaits <see cref="WhenReadyAsync"/> first.</remarks>
public sealed partial class DatabaseInitializer(
    IDbContextFactory<ArmTwitchDb> databases, IOptions<DataOptions> options, TimeProvider clock,
    ILogger<DatabaseInitializer> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), Glance = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a start leaves the machine to its first pages, unless somebody needs the database sooner.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource ready = NewSignal(), needed = NewSignal();
    private readonly Lock entry = new();
    private DatabaseFileLock? use;

    /// <summary>Whether the tables are there and up to date.</summary>
    public bool IsReady => ready.Task.IsCompletedSuccessfully;

    /// <param name="patience">
    /// Whoever has it without end, as workers do, is in no hurry; anybody else makes a start begin with the database at once.
    /// </param>
    /// <exception cref="TimeoutException">It is not up to date within the time.</exception>
    public Task WhenReadyAsync(TimeSpan patience, CancellationToken cancellationToken = default)
    {
        if (patience != Timeout.InfiniteTimeSpan)
            needed.TrySetResult();
        return ready.Task.WaitAsync(patience, cancellationToken);
    }

    /// <summary>Applies what is missing.</summary>
    /// <returns>The names of the migrations that were applied.</returns>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        AcquireFileLock(db);
        IReadOnlyList<string> missing = [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
        if (missing.Count > 0)
        {
            await using var turn = await AcquireMigrationLockAsync(db, cancellationToken);
            LogMigrating(missing.Count);
            await ReleaseOldLockAsync(db, cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
        }

        if (!await SqliteMaintenance.TryVacuumAsync(db, cancellationToken))
            LogRemembers();
        ready.TrySetResult();
        return missing;
    }

    /// <summary>Whether nothing is missing.</summary>
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
        // Building the model takes as long as all the rest of a start, and pages do not need it.
        await Task.WhenAny(needed.Task, Task.Delay(Courtesy, stoppingToken));
        stoppingToken.ThrowIfCancellationRequested();
        while (!IsReady)
        {
            try
            {
                await InitializeOnceAsync(stoppingToken);
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failed);
            }

            if (!IsReady)
                await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task InitializeOnceAsync(CancellationToken cancellationToken)
    {
        if (options.Value.MigrateAtStart)
        {
            await MigrateAsync(cancellationToken);
            return;
        }

        if (await IsUpToDateAsync(cancellationToken))
            ready.TrySetResult();
        else
            LogOutOfDate();
    }

    /// <summary>From now on, and as long as this program lives, nobody exchanges the file.</summary>
    /// <exception cref="IOException">Somebody is just doing so.</exception>
    private void AcquireFileLock(ArmTwitchDb db)
    {
        lock (entry)
        {
            if (use is not null || !db.Database.IsSqlite())
                return;
            var file = Path.GetFullPath(db.Database.GetDbConnection().DataSource);
            use = DatabaseFileLock.AcquireShared(file);
            // SQLite gives what it writes beside the file the same rights.
            if (!OwnerOnlyFiles.MakeFile(file))
                LogOpen(file);
        }
    }

    /// <summary>
    /// Starts take turns: on SQLite by a lock on a file beside the database, on PostgreSQL by one of the session, both of which are
    /// released when their holder dies. EF's own lock ends with each migration, so that two starts could share several between them.
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
                await Task.Delay(Glance, cancellationToken);
            }
        }
    }

    /// <summary>
    /// On SQLite a start that was killed leaves the lock of EF behind as a row, and the next one would wait for it for ever. Whoever
    /// has the turn knows that nobody holds it.
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

    /// <summary>The turn on PostgreSQL. It belongs to the connection, which has to stay open as long.</summary>
    private sealed class PostgresAdvisoryLock(ArmTwitchDb db) : IAsyncDisposable
    {
        /// <summary>A number that nothing else locks by.</summary>
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

    [LoggerMessage(LogLevel.Warning, "Other users of this machine may read {File}, which holds people's words and addresses: give it to the user that the program runs as, or close it with chmod 600")]
    private partial void LogOpen(string file);

    [LoggerMessage(LogLevel.Warning, "What was deleted by an older version still stands in free pages of the database, which could not be written anew; the next start tries again")]
    private partial void LogRemembers();

    [LoggerMessage(LogLevel.Error, "The database is out of date and Data:MigrateAtStart is false: run 'database migrate'")]
    private partial void LogOutOfDate();

    [LoggerMessage(LogLevel.Error, "The database cannot be brought up to date yet; trying again in 5 seconds")]
    private partial void LogFailed(Exception failed);
}
