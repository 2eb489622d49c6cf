using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Data.Availability;

/// <summary>Decides whether an exception means that the database is not available now, or that this program has a bug.</summary>
public static class DatabaseFailureClassifier
{
    /// <summary>Result codes of SQLite (sqlite.org/rescode.html) for a corrupt file, and for a file that is no database.</summary>
    private const int Corrupt = 11, NotADatabase = 26;

    /// <summary>Result code for a file that cannot be opened.</summary>
    private const int CannotOpen = 14;

    /// <summary>Result codes for values that SQLite rejects.</summary>
    private const int TooBig = 18, Constraint = 19, Mismatch = 20;

    /// <summary>Extended codes: another write has just inserted the row, or deleted the one that it refers to.</summary>
    private const int ForeignKey = 787, PrimaryKey = 1555, Unique = 2067;

    /// <summary>Whether the database is locked, full, read-only, corrupt, unreachable or too slow.</summary>
    public static bool IsOutage(Exception? failed) => failed switch
    {
        // BadHttpRequestException is an IOException about the request.
        null or BadHttpRequestException => false,
        DbException or DbUpdateException when IsInvalidValue(failed) => false,
        DbException or DbUpdateException or TimeoutException or IOException or SocketException => true,
        // A pooled connection broke.
        ObjectDisposedException disposed => disposed.ObjectName is { } name
            && (name.Contains("Npgsql", StringComparison.Ordinal) || name.StartsWith("System.Net.", StringComparison.Ordinal)),
        // EF wraps transient failures in the first; data protection wraps failures to read its keys in the second.
        InvalidOperationException or CryptographicException => IsOutage(failed.InnerException),
        AggregateException several => several.InnerExceptions.All(IsOutage),
        _ => false,
    };

    /// <summary>
    /// Whether the database rejects a value: the next try would fail, too. A conflict with a row that another write has inserted is not
    /// meant: the next try finds that row.
    /// </summary>
    private static bool IsInvalidValue(Exception? failed) => failed switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation } => false,
        // Classes of SQLSTATE: 22 is "data exception", 23 "integrity constraint violation".
        PostgresException { SqlState: ['2', '2' or '3', ..] } => true,
        SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: not (ForeignKey or PrimaryKey or Unique) } => true,
        SqliteException { SqliteErrorCode: TooBig or Mismatch } => true,
        DbUpdateException => IsInvalidValue(failed.InnerException),
        _ => false,
    };

    /// <summary>Whether another write came first with the same row, or each waited for the other. The next try finds that row.</summary>
    public static bool IsConflict(Exception? failed) => failed switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected } => true,
        SqliteException { SqliteExtendedErrorCode: PrimaryKey or Unique } => true,
        DbUpdateException or InvalidOperationException => IsConflict(failed.InnerException),
        _ => false,
    };

    /// <summary>Whether the database file is corrupt. Waiting does not help.</summary>
    public static bool IsCorruption(Exception? failed) => failed switch
    {
        null => false,
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => true,
        _ => IsCorruption(failed.InnerException),
    };

    /// <summary>Whether no connection can be had. Nothing is known then about what the database holds.</summary>
    public static bool IsUnreachable(Exception? failed) => failed switch
    {
        null => false,
        SqliteException sqlite => sqlite.SqliteErrorCode is CannotOpen,
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => true,
        // Classes of SQLSTATE: connection, authorization, no such database, and of 57 the end and the start of a server.
        PostgresException { SqlState: ['0', '8', ..] or ['2', '8', ..] or ['3', 'D', ..] or ['5', '7', 'P', ..] } => true,
        PostgresException => false,
        SocketException or NpgsqlException { InnerException: null or IOException or TimeoutException } => true,
        _ => IsUnreachable(failed.InnerException),
    };

    /// <summary>The error code of the database, for its documentation. Unlike the message it holds no input.</summary>
    public static string CodeOf(Exception? failed) => failed switch
    {
        SqliteException sqlite => $"SQLite {sqlite.SqliteExtendedErrorCode}{(IsCorruption(sqlite) ? ", the file is corrupt" : "")}",
        PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        { InnerException: { } cause } => CodeOf(cause),
        _ => failed?.GetType().Name ?? "",
    };

    /// <returns>The code; null when the failure is no outage.</returns>
    public static string? CodeOfOutage(Exception failed) => IsOutage(failed) ? CodeOf(failed) : null;
}
