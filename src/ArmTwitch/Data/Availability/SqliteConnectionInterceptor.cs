using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Sets up every connection: commits are on disk (WAL with <c>synchronous=FULL</c>), writes wait for each other, foreign keys are checked,
/// deleted data is overwritten (<c>secure_delete</c>). Reports corruption of the file.
/// </summary>
internal sealed class SqliteConnectionInterceptor(DatabaseCorruptionMonitor corruption) : DbConnectionInterceptor, IDbCommandInterceptor
{
    private const string Journal = "PRAGMA journal_mode=WAL;",
        Settings = "PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;";

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
    /// EF checks with a read-only connection whether the file exists; such a connection cannot switch the journal to WAL.
    /// </summary>
    private static DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = new SqliteConnectionStringBuilder(connection.ConnectionString).Mode is SqliteOpenMode.ReadOnly
            ? Settings
            : Journal + Settings;
        return command;
    }
}
