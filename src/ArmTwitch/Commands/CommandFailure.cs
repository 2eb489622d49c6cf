using System.Data.Common;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Files;
using Microsoft.Data.Sqlite;

namespace ArmTwitch.Commands;

/// <summary>Words for somebody whose command the database or the file system does not let through.</summary>
internal static class CommandFailure
{
    /// <returns>Sentences with what to do; null when the exception is a mistake in the program.</returns>
    public static string? Describe(Exception failed)
    {
        if (DatabaseFailureClassifier.IsCorruption(failed))
            return $"The database file is corrupt ({DatabaseFailureClassifier.CodeOf(failed)}). Stop the site and restore a backup.";
        if (!DatabaseFailureClassifier.IsOutage(failed) && failed is not UnauthorizedAccessException)
            return null;
        var reported = Reported(failed);
        return FileFailure.Describe(reported) ?? DescribeDatabase(reported);
    }

    private static string DescribeDatabase(Exception reported)
    {
        // Result codes of SQLite (sqlite.org/rescode.html).
        const int Busy = 5, Locked = 6, ReadOnly = 8, Full = 13, CannotOpen = 14;
        return reported switch
        {
            SqliteException { SqliteErrorCode: ReadOnly or CannotOpen } => $"The user {Environment.UserName} may not write the database: "
                + "give its file, those beside it and their folder to that user. 'config check' names the folder.",
            SqliteException { SqliteErrorCode: Busy or Locked } => "Another program is writing to the database. Try again in a moment.",
            SqliteException { SqliteErrorCode: Full } => "The disk of the database is full. Make room on it, and try again.",
            _ => $"The database does not answer, or refuses: {reported.Message.TrimEnd('.')}{CauseOf(reported)}.",
        };
    }

    /// <summary>What the driver of the database or the file system said, which EF wraps in words that say nothing.</summary>
    private static Exception Reported(Exception failed) => failed switch
    {
        DbException or IOException or UnauthorizedAccessException or { InnerException: null } => failed,
        _ => Reported(failed.InnerException),
    };

    private static string CauseOf(Exception reported) =>
        reported.GetBaseException() is var cause && cause != reported ? $" ({cause.Message.TrimEnd('.')})" : "";
}
