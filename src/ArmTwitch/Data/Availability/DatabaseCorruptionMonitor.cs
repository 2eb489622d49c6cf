namespace ArmTwitch.Data.Availability;

/// <summary>Remembers that the database file is corrupt. Only an operator can repair that.</summary>
internal sealed partial class DatabaseCorruptionMonitor(ILogger<DatabaseCorruptionMonitor> logger)
{
    private int isFound;

    /// <summary>Whether corruption was found since the start.</summary>
    public bool IsFound => Volatile.Read(ref isFound) is not 0;

    public void Report(Exception failed, string file)
    {
        if (DatabaseFailureClassifier.IsCorruption(failed) && Interlocked.Exchange(ref isFound, 1) is 0)
            LogDamage(file, DatabaseFailureClassifier.CodeOf(failed));
    }

    [LoggerMessage(LogLevel.Critical, "The database file {File} is damaged ({Code}). Articles are served; comments and the newsletter "
        + "are not. Stop the site and restore a backup")]
    private partial void LogDamage(string file, string code);
}
