using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ArmTwitch.Data;

/// <summary>
/// How every connection to the file behaves: what was answered is on disk (WAL with <c>synchronous=FULL</c>), a writer waits for the
/// one before it, and keys between tables hold.
/// </summary>
internal sealed class SqliteRules : DbConnectionInterceptor
{
    private const string Rules = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Rules;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Rules;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
