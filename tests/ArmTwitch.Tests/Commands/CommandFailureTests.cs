using System.Net.Sockets;
using ArmTwitch.Commands;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ArmTwitch.Tests.Commands;

public sealed class CommandFailureTests
{
    private const int CannotOpen = 14, ReadOnly = 8, Busy = 5, Corrupt = 11;

    [Theory]
    [InlineData(ReadOnly, "may not write the database: give its file, those beside it and their folder to that user.")]
    [InlineData(CannotOpen, "may not write the database: give its file, those beside it and their folder to that user.")]
    [InlineData(Busy, "Another program is writing to the database. Try again in a moment.")]
    [InlineData(Corrupt, "The database file is corrupt (SQLite 11, the file is corrupt). Stop the site and restore a backup.")]
    public void What_hinders_the_database_file_is_told_with_what_to_do(int code, string words) => Assert.Contains(
        words, CommandFailure.Describe(new DbUpdateException("See the inner exception", new SqliteException("x", code))),
        StringComparison.Ordinal);

    [Fact]
    public void A_server_that_does_not_answer_is_told_with_its_address() => Assert.Equal(
        "The database does not answer, or refuses: Failed to connect to 127.0.0.1:5432 (Connection refused).",
        CommandFailure.Describe(new InvalidOperationException("EF's own words", new NpgsqlException(
            "Failed to connect to 127.0.0.1:5432", new SocketException((int)SocketError.ConnectionRefused)))));

    [Fact]
    public void A_file_is_never_called_the_database() => Assert.StartsWith(
        "Access to the path '/srv/x' is denied. The user ",
        CommandFailure.Describe(
            new UnauthorizedAccessException("Access to the path '/srv/x' is denied.", new IOException("Permission denied"))),
        StringComparison.Ordinal);

    [Fact]
    public void A_mistake_in_the_program_has_no_words() => Assert.Null(CommandFailure.Describe(new InvalidOperationException("x")));
}
