using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Data;

/// <summary>Tells a database that does not do its work now from a mistake of ours.</summary>
public static class DatabaseFailure
{
    /// <summary>Whether it is locked, full, read only, gone or too slow.</summary>
    public static bool Is(Exception? failed) => failed switch
    {
        DbException or DbUpdateException or TimeoutException or IOException => true,
        // EF says so when trying again may help, for instance when the connection broke.
        InvalidOperationException => Is(failed.InnerException),
        _ => false,
    };

    /// <summary>The number under which the database's own documentation explains it; it holds nothing that was typed.</summary>
    public static string CodeOf(Exception? failed) => failed switch
    {
        SqliteException sqlite => $"SQLite {sqlite.SqliteExtendedErrorCode}",
        PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        { InnerException: { } cause } => CodeOf(cause),
        _ => failed?.GetType().Name ?? "",
    };
}
