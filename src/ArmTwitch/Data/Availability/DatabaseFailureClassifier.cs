using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Data.Availability;

/// <summary>Tells a database that does not do its work now from a mistake of ours.</summary>
public static class DatabaseFailureClassifier
{
    /// <summary>Result codes of SQLite (sqlite.org/rescode.html): a page that cannot be right, and a file that is no database.</summary>
    private const int Corrupt = 11, NotADatabase = 26;

    /// <summary>What SQLite answers to values that it does not take.</summary>
    private const int TooBig = 18, Constraint = 19, Mismatch = 20;

    /// <summary>Extended codes: somebody else has just written the row, or deleted the one that it belongs to.</summary>
    private const int ForeignKey = 787, PrimaryKey = 1555, Unique = 2067;

    /// <summary>Whether it is locked, full, read only, damaged, gone or too slow.</summary>
    public static bool IsOutage(Exception? failed) => failed switch
    {
        // What somebody sent could not be read. It is an IOException too.
        null or BadHttpRequestException => false,
        DbException or DbUpdateException when IsInvalidValue(failed) => false,
        DbException or DbUpdateException or TimeoutException or IOException or SocketException => true,
        // A connection that broke while somebody else was using the pool.
        ObjectDisposedException disposed => disposed.ObjectName is { } name
            && (name.Contains("Npgsql", StringComparison.Ordinal) || name.StartsWith("System.Net.", StringComparison.Ordinal)),
        // EF says so when trying again may help, for instance when the connection broke; data protection, when it cannot read its keys.
        InvalidOperationException or CryptographicException => IsOutage(failed.InnerException),
        AggregateException several => several.InnerExceptions.All(IsOutage),
        _ => false,
    };

    /// <summary>
    /// Whether the database works and does not take what it was given: the next try would meet the same. What meets another writer's row
    /// is something else, and over at the next try.
    /// </summary>
    private static bool IsInvalidValue(Exception? failed) => failed switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation } => false,
        // Class 22 is "data exception", class 23 "integrity constraint violation".
        PostgresException { SqlState: ['2', '2' or '3', ..] } => true,
        SqliteException { SqliteErrorCode: Constraint, SqliteExtendedErrorCode: not (ForeignKey or PrimaryKey or Unique) } => true,
        SqliteException { SqliteErrorCode: TooBig or Mismatch } => true,
        DbUpdateException => IsInvalidValue(failed.InnerException),
        _ => false,
    };

    /// <summary>Whether the file holds what SQLite cannot have written. Waiting does not help.</summary>
    public static bool IsCorruption(Exception? failed) => failed switch
    {
        null => false,
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => true,
        _ => IsCorruption(failed.InnerException),
    };

    /// <summary>The number under which the database's own documentation explains it; it holds nothing that was typed.</summary>
    public static string CodeOf(Exception? failed) => failed switch
    {
        SqliteException sqlite => $"SQLite {sqlite.SqliteExtendedErrorCode}{(IsCorruption(sqlite) ? ", the file is corrupt" : "")}",
        PostgresException postgres => $"PostgreSQL {postgres.SqlState}",
        { InnerException: { } cause } => CodeOf(cause),
        _ => failed?.GetType().Name ?? "",
    };

    /// <summary>The same for a failure that may be about anything.</summary>
    /// <returns>Null when it is not the database.</returns>
    public static string? CodeOfOutage(Exception failed) => IsOutage(failed) ? CodeOf(failed) : null;
}
