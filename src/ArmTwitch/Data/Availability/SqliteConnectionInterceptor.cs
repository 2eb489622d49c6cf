using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// How every connection to the file behaves: what was answered is on disk (WAL with <c>synchronous=FULL</c>), a writer waits for the
/// one before it, keys between tables hold, what is deleted is overwritten, and a file that is damaged is noticed.
/// </summary>
internal sealed class SqliteConnectionInterceptor(DatabaseCorruptionMonitor corruption) : DbConnectionInterceptor, IDbCommandInterceptor
{
    private const string Journal = "PRAGMA journal_mode=WAL;",
        Rules = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection);
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException failed)
        {
            corruption.Report(failed, connection.DataSource);
            throw;
        }
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection);
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (SqliteException failed)
        {
            corruption.Report(failed, connection.DataSource);
            throw;
        }
    }

    void IDbCommandInterceptor.CommandFailed(DbCommand command, CommandErrorEventData eventData) =>
        corruption.Report(eventData.Exception, command.Connection?.DataSource ?? "");

    Task IDbCommandInterceptor.CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken)
    {
        corruption.Report(eventData.Exception, command.Connection?.DataSource ?? "");
        return Task.CompletedTask;
    }

    /// <summary>
    /// EF asks whether the file exists over a connection that may not write, nor change the journal of a file that is not in WAL yet.
    /// </summary>
    private static DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = new SqliteConnectionStringBuilder(connection.ConnectionString).Mode is SqliteOpenMode.ReadOnly
            ? Rules
            : Journal + Rules;
        return command;
    }
}
