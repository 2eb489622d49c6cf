using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Waits a little for a PostgreSQL that restarts, or for the standby that takes over: opening a connection is tried again for
/// <see cref="Patience"/> after one that succeeded. Nothing else is tried again, because a statement whose answer is missing may have been
/// committed.
/// </summary>
public sealed class PostgresConnectionInterceptor : DbConnectionInterceptor
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// For so long Npgsql passes over a server that did not answer, or took no writes, when the connection string names several. Its own ten
    /// seconds would outlast <see cref="Patience"/>: requests would fail although the server is back.
    /// </summary>
    private const int HostRecheckSeconds = 1;

    private long openedAt = TimeProvider.System.GetTimestamp() - (TimeProvider.System.TimestampFrequency * 3600);
    private int waiting;

    /// <summary>Whether somebody waits now for a server that has just refused a connection.</summary>
    internal bool IsRestarting => Volatile.Read(ref waiting) > 0;

    /// <summary>The connection string of the settings, with what the retry needs where it names several servers.</summary>
    public static string Complete(string? connection)
    {
        var builder = new NpgsqlConnectionStringBuilder(connection);
        // Npgsql's own builder says of every key it knows that it is there.
        var isSaid = new DbConnectionStringBuilder { ConnectionString = connection }.Keys.Cast<string>().Any(
            key => key.Replace(" ", "", StringComparison.Ordinal).Equals("HostRecheckSeconds", StringComparison.OrdinalIgnoreCase));
        if (!isSaid && builder.Host?.Contains(',', StringComparison.Ordinal) is true)
            builder.HostRecheckSeconds = HostRecheckSeconds;
        return builder.ConnectionString;
    }

    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await connection.OpenAsync(cancellationToken);
                Volatile.Write(ref openedAt, TimeProvider.System.GetTimestamp());
                return InterceptionResult.Suppress();
            }
            catch (NpgsqlException failed) when (MayPass(failed) && IsWithinPatience(begun) && IsWithinPatience(Volatile.Read(ref openedAt)))
            {
                await PauseAsync(cancellationToken);
            }
        }
    }

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            await Task.Delay(Pause, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>
    /// With several hosts Npgsql does not call it transient that none of them is the primary yet. What a server itself says, such as a
    /// wrong password, does not pass.
    /// </summary>
    private static bool MayPass(NpgsqlException failed) => failed.IsTransient || failed is not PostgresException;

    /// <summary>Neither since the last success of anybody, nor for one request, longer than this.</summary>
    private static bool IsWithinPatience(long since) => TimeProvider.System.GetElapsedTime(since) < Patience;
}
