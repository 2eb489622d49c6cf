using System.Data.Common;
using System.Net.Sockets;
using ArmTwitch.Data.Availability;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Data.Changes;

/// <summary>
/// Hears what others change in PostgreSQL (<c>LISTEN</c>), on a connection of its own. A replica that does not hear says so, and treats
/// whatever it has read as out of date every <see cref="StaleAfter"/>.
/// </summary>
/// <remarks>
/// Nothing is missed when the connection comes back: it listens first, and then everything that was read before counts as out of date. No
/// counter can tell that nothing has changed, because PostgreSQL makes a commit visible before it sends the notice.
/// </remarks>
public sealed partial class PostgresChangeListener(
    IDbContextFactory<ArmTwitchDb> databases, DatabaseInitializer database, DatabaseChangeDispatcher changes,
    ILogger<PostgresChangeListener> logger) : BackgroundService
{
    /// <summary>What PostgreSQL calls the connection that every running site holds, in <c>pg_stat_activity</c>.</summary>
    internal const string ApplicationName = "armtwitch changes";

    /// <summary>The channel of <c>NOTIFY</c>. Each database has its own.</summary>
    public const string Channel = "armtwitch";

    /// <summary>After so long without a sign of the server, what was read before counts as out of date.</summary>
    internal static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1), Reconnect = TimeSpan.FromMilliseconds(250);

    private const int TimeoutSeconds = 2;

    private long lastAnswerAt = TimeProvider.System.GetTimestamp();
    private int isListening;

    /// <summary>Whether this replica hears what others change.</summary>
    public bool IsListening => Volatile.Read(ref isListening) is 1;

    /// <summary>How long ago the server last answered or sent a notice. While listening it is about a second at most.</summary>
    public TimeSpan SinceLastAnswer => TimeProvider.System.GetElapsedTime(Volatile.Read(ref lastAnswerAt));

    /// <summary>Why the connection was lost or cannot be made; null while listening.</summary>
    public string? Trouble { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await database.WhenReadyAsync(Timeout.InfiniteTimeSpan, stoppingToken);
            await Task.WhenAll(ListenAsync(stoppingToken), DropWhileDisconnectedAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await ListenOnceAsync(stopping);
            }
            catch (Exception failed) when (!stopping.IsCancellationRequested
                && failed is DbException or IOException or SocketException or TimeoutException or ObjectDisposedException
                    or InvalidOperationException or OperationCanceledException)
            {
                RecordLoss(failed);
            }

            await Task.Delay(Reconnect, stopping);
        }
    }

    /// <summary>Returns only by an exception.</summary>
    private async Task ListenOnceAsync(CancellationToken stopping)
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync(stopping));
        await connection.OpenAsync(stopping);
        connection.Notification += (_, notice) =>
        {
            RecordAnswer();
            changes.Dispatch(notice.Payload);
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {Channel}", connection))
            await listen.ExecuteNonQueryAsync(stopping);
        changes.DispatchMissed();
        RecordListening();
        while (true)
        {
            if (!await connection.WaitAsync(Heartbeat, stopping))
                await AskAsync(connection, stopping);
        }
    }

    /// <summary>Asks whether the server still answers. A network that is gone says nothing by itself.</summary>
    private async Task AskAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        var asked = TimeProvider.System.GetTimestamp();
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        command.CommandTimeout = TimeoutSeconds;
        await command.ExecuteScalarAsync(stopping);
        Volatile.Write(ref lastAnswerAt, asked);
    }

    /// <summary>The database of the site, with short timeouts and outside the pool, which would take the listening back.</summary>
    private async Task<string> ConnectionStringAsync(CancellationToken stopping)
    {
        await using var db = await databases.CreateDbContextAsync(stopping);
        return new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString())
        {
            Pooling = false,
            Timeout = TimeoutSeconds,
            CommandTimeout = TimeoutSeconds,
            CancellationTimeout = -1,
            ApplicationName = ApplicationName,
        }.ConnectionString;
    }

    private async Task DropWhileDisconnectedAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Heartbeat / 2);
        var dropped = TimeProvider.System.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stopping))
        {
            if (SinceLastAnswer < StaleAfter || TimeProvider.System.GetElapsedTime(dropped) < StaleAfter)
                continue;
            dropped = TimeProvider.System.GetTimestamp();
            changes.DispatchMissed();
        }
    }

    private void RecordAnswer() => Volatile.Write(ref lastAnswerAt, TimeProvider.System.GetTimestamp());

    private void RecordListening()
    {
        RecordAnswer();
        if (Trouble is not null)
            LogHeard();
        Trouble = null;
        Volatile.Write(ref isListening, 1);
    }

    /// <summary>
    /// Idle connections of the pool go to the same server and have probably ended as well: each would fail the next request that takes it.
    /// </summary>
    private void RecordLoss(Exception failed)
    {
        var isNew = Trouble is null;
        Volatile.Write(ref isListening, 0);
        Trouble = DatabaseFailureClassifier.CodeOf(failed);
        if (!isNew)
            return;
        LogLost(Trouble);
        using var db = databases.CreateDbContext();
        if (db.Database.GetDbConnection() is NpgsqlConnection pooled)
            NpgsqlConnection.ClearPool(pooled);
    }

    [LoggerMessage(LogLevel.Warning, "This replica does not hear what others change ({Failure}); it makes pages with comments and issues anew "
        + "every 4 seconds and tries to listen again")]
    private partial void LogLost(string failure);

    [LoggerMessage(LogLevel.Information, "This replica hears again what others change")]
    private partial void LogHeard();
}
