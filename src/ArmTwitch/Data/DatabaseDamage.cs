namespace ArmTwitch.Data;

/// <summary>Notices a database file that is corrupt, whoever meets it first. Only an operator can put that right.</summary>
internal sealed partial class DatabaseDamage(ILogger<DatabaseDamage> logger)
{
    private int isFound;

    /// <summary>Whether a part of the file could not be read since the start.</summary>
    public bool IsFound => Volatile.Read(ref isFound) is not 0;

    public void Notice(Exception failed, string file)
    {
        if (DatabaseFailure.IsDamage(failed) && Interlocked.Exchange(ref isFound, 1) is 0)
            LogDamage(file, DatabaseFailure.CodeOf(failed));
    }

    [LoggerMessage(LogLevel.Critical, "The database file {File} is damaged ({Code}). Articles are served; comments and the newsletter are not. Stop the site and restore a backup")]
    private partial void LogDamage(string file, string code);
}
