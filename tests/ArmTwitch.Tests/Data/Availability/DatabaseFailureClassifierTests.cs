using System.Net.Sockets;
using System.Security.Cryptography;
using ArmTwitch.Data.Availability;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Tests.Data.Availability;

public sealed class DatabaseFailureClassifierTests
{
    private static readonly SocketException Refused = new((int)SocketError.ConnectionRefused);

    public static TheoryData<Exception, bool, string> Shapes => new()
    {
        { new SqliteException("locked", 5, 261), true, "SQLite 261" },
        { new SqliteException("corrupt", 11, 267), true, "SQLite 267, the file is corrupt" },
        { new SqliteException("no database", 26, 26), true, "SQLite 26, the file is corrupt" },
        { new DbUpdateException("", new SqliteException("full", 13, 13)), true, "SQLite 13" },
        { new PostgresException("going down", "FATAL", "FATAL", "57P01"), true, "PostgreSQL 57P01" },
        { new PostgresException("a NUL in a text", "ERROR", "ERROR", "22021"), false, "PostgreSQL 22021" },
        { new DbUpdateException("", new PostgresException("a NUL in a text", "ERROR", "ERROR", "22021")), false, "PostgreSQL 22021" },
        { new PostgresException("null", "ERROR", "ERROR", "23502"), false, "PostgreSQL 23502" },
        { new DbUpdateException("", new PostgresException("somebody was faster", "ERROR", "ERROR", "23505")), true, "PostgreSQL 23505" },
        { new PostgresException("its parent is gone", "ERROR", "ERROR", "23503"), true, "PostgreSQL 23503" },
        { new DbUpdateException("", new SqliteException("null", 19, 1299)), false, "SQLite 1299" },
        { new DbUpdateException("", new SqliteException("somebody was faster", 19, 2067)), true, "SQLite 2067" },
        { new SqliteException("too big", 18, 18), false, "SQLite 18" },
        { new SqliteException("mismatch", 20, 20), false, "SQLite 20" },
        { new NpgsqlException("", Refused), true, "SocketException" },
        { new NpgsqlException("", new EndOfStreamException()), true, "EndOfStreamException" },
        { new InvalidOperationException("may be transient", new NpgsqlException("", Refused)), true, "SocketException" },
        { new InvalidOperationException("may be transient", new PostgresException("wrong password", "FATAL", "FATAL", "28P01")), true,
            "PostgreSQL 28P01" },
        { new InvalidOperationException("", new DbUpdateException("", new NpgsqlException("", new TimeoutException()))), true,
            "TimeoutException" },
        { new CryptographicException("no keys", new SqliteException("locked", 5, 5)), true, "SQLite 5" },
        { new CryptographicException("not ours"), false, "CryptographicException" },
        { new AggregateException(new TimeoutException()), true, "TimeoutException" },
        { Refused, true, "SocketException" },
        { new EndOfStreamException(), true, "EndOfStreamException" },
        { new ObjectDisposedException("NpgsqlConnection"), true, "ObjectDisposedException" },
        { new ObjectDisposedException("System.Net.Sockets.Socket"), true, "ObjectDisposedException" },
        { new ObjectDisposedException("TestSite"), false, "ObjectDisposedException" },
        { new InvalidOperationException("a mistake"), false, "InvalidOperationException" },
        { new BadHttpRequestException("a body that is no form"), false, "BadHttpRequestException" },
        { new AggregateException(new TimeoutException(), new ArgumentException("a mistake")), false, "TimeoutException" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_failure_of_the_database_is_told_from_a_mistake(Exception failed, bool isFailure, string code)
    {
        Assert.Equal(isFailure, DatabaseFailureClassifier.IsOutage(failed));
        Assert.Equal(code, DatabaseFailureClassifier.CodeOf(failed));
        Assert.Equal(isFailure ? code : null, DatabaseFailureClassifier.CodeOfOutage(failed));
    }

    [Theory]
    [InlineData("08006", true)]
    [InlineData("28P01", true)]
    [InlineData("3D000", true)]
    [InlineData("53300", true)]
    [InlineData("57P03", true)]
    [InlineData("53100", false)]
    [InlineData("57014", false)]
    [InlineData("42501", false)]
    public void A_database_without_a_connection_is_told_from_one_that_refuses_a_statement(string state, bool isUnreachable)
    {
        Assert.Equal(isUnreachable, DatabaseFailureClassifier.IsUnreachable(new PostgresException("", "FATAL", "FATAL", state)));
        Assert.True(DatabaseFailureClassifier.IsUnreachable(new InvalidOperationException("", new NpgsqlException("", Refused))));
        Assert.True(DatabaseFailureClassifier.IsUnreachable(new NpgsqlException("", new TimeoutException())));
        Assert.False(DatabaseFailureClassifier.IsUnreachable(new IOException("a restore replaces the file")));
    }
}
