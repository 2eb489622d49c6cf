using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Reads what readers' pages show, and reads it again when PostgreSQL ended the connection meanwhile: to read twice does no harm. The next
/// connection waits for a server that restarts (<see cref="PostgresConnectionInterceptor"/>). Never to be used for anything that writes.
/// </summary>
internal static class DatabaseReads
{
    private const int Tries = 3;

    public static async Task<T> ReadAsync<T>(
        this IDbContextFactory<ArmTwitchDb> databases, Func<ArmTwitchDb, Task<T>> read, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var db = await databases.CreateDbContextAsync(cancellationToken);
                return await read(db);
            }
            catch (Exception failed) when (tries < Tries && IsEndOfConnection(failed))
            {
                // The connection is gone; the next one is another.
            }
        }
    }

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
