using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Waits a little for a PostgreSQL that restarts, or for the standby that takes over: opening a connection is tried again for
/// <see cref="Patience"/> after one that succeeded. Nothing else is tried again, because a statement whose answer is missing may have been
/// committed.
/// </summary>
internal sealed class PostgresConnectionInterceptor : DbConnectionInterceptor
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private long openedAt = TimeProvider.System.GetTimestamp() - (TimeProvider.System.TimestampFrequency * 3600);

    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                await connection.OpenAsync(cancellationToken);
                Volatile.Write(ref openedAt, TimeProvider.System.GetTimestamp());
                return InterceptionResult.Suppress();
            }
            catch (NpgsqlException failed) when (MayPass(failed) && IsPatient)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    /// <summary>
    /// With several hosts Npgsql does not call it transient that none of them is the primary yet. What a server itself says, such as a
    /// wrong password, does not pass.
    /// </summary>
    private static bool MayPass(NpgsqlException failed) => failed.IsTransient || failed is not PostgresException;

    private bool IsPatient => TimeProvider.System.GetElapsedTime(Volatile.Read(ref openedAt)) < Patience;
}
