using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Reads what readers' pages and the health checks show. A database that hangs is waited for by one reader for <see cref="Patience"/>; then
/// nobody asks it anything until it answers again. Never to be used for anything that writes: what is not waited for may still be done.
/// </summary>
/// <param name="restarts">Null on SQLite.</param>
public sealed class DatabaseReads(
    IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, TimeProvider clock,
    PostgresConnectionInterceptor? restarts = null)
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromSeconds(1);

    private const int Tries = 3;

    private int isSilent;

    /// <summary>
    /// Reads, and reads again when PostgreSQL ended the connection meanwhile: to read twice does no harm. The next connection waits for a
    /// server that restarts (<see cref="PostgresConnectionInterceptor"/>).
    /// </summary>
    /// <param name="read">May still run when nobody waits for it any more.</param>
    /// <exception cref="TimeoutException">The database does not answer.</exception>
    public async Task<T> ReadAsync<T>(Func<ArmTwitchDb, Task<T>> read, CancellationToken cancellationToken = default)
    {
        if (!database.IsReady && database.Unreachable is not null)
            throw NoAnswer();
        await database.WhenReadyAsync(StartPatience, cancellationToken);
        return await WithinPatienceAsync(() => ReadAgainAsync(read), cancellationToken);
    }

    /// <summary>Asks the database by other means, just as patiently.</summary>
    /// <param name="ask">May still run when nobody waits for it any more.</param>
    /// <exception cref="TimeoutException">The database does not answer.</exception>
    public async Task<T> WithinPatienceAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref isSilent) is 1)
            throw NoAnswer();
        var asked = ask();
        try
        {
            return await WaitAsync(asked, cancellationToken);
        }
        catch (Exception failed) when (IsTimeout(failed))
        {
            if (Interlocked.Exchange(ref isSilent, 1) is 0)
                _ = Task.Run(() => WatchAsync(asked), CancellationToken.None);
            throw;
        }
    }

    private static TimeoutException NoAnswer() => new("The database does not answer.");

    /// <summary>A server that refuses connections because it restarts is waited for longer than one that is silent.</summary>
    private async Task<T> WaitAsync<T>(Task<T> asked, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await asked.WaitAsync(Patience, clock, cancellationToken);
            }
            catch (TimeoutException) when (!asked.IsCompleted && restarts?.IsRestarting is true)
            {
                // The interceptor gives up by itself.
            }
        }
    }

    private async Task<T> ReadAgainAsync<T>(Func<ArmTwitchDb, Task<T>> read)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync();
                if (db.Database.IsNpgsql())
                    db.Database.SetCommandTimeout(Patience);
                return await read(db);
            }
            catch (Exception failed) when (tries < Tries && IsEndOfConnection(failed))
            {
                // The connection is gone; the next one is another.
            }
        }
    }

    /// <summary>Ends when the database answers: what has been asked, or a question of its own.</summary>
    private async Task WatchAsync(Task asked)
    {
        while (!await IsAnsweredAsync(asked))
        {
            await Task.Delay(Pause, clock);
            asked = ReadAgainAsync(db => db.Database.SqlQueryRaw<int>("SELECT 1 AS \"Value\"").SingleAsync());
        }

        Volatile.Write(ref isSilent, 0);
    }

    private static async Task<bool> IsAnsweredAsync(Task asked)
    {
        await Task.WhenAny(asked);
        return asked.IsCompletedSuccessfully
            || (asked.Exception?.InnerException is { } failed && !DatabaseFailureClassifier.IsOutage(failed));
    }

    private static bool IsTimeout(Exception? failed) =>
        failed is not null && (failed is TimeoutException || IsTimeout(failed.InnerException));

    /// <summary>A statement that took too long is not read again: the server has enough to do.</summary>
    private static bool IsEndOfConnection(Exception? failed) => failed switch
    {
        null or TimeoutException => false,
        PostgresException said => said.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.CannotConnectNow || said.SqlState.StartsWith("08", StringComparison.Ordinal),
        IOException or SocketException => true,
        _ => IsEndOfConnection(failed.InnerException),
    };
}
