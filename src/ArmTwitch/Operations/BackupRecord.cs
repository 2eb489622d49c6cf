using ArmTwitch.Data;
using ArmTwitch.Data.Files;

namespace ArmTwitch.Operations;

/// <summary>
/// When the last backup was written, as the time of a file in the data folder. A script that backs PostgreSQL up touches that file.
/// </summary>
public sealed class BackupRecord(DataFolder data, TimeProvider clock)
{
    private string File => Path.Combine(data.FullPath, "last-backup");

    /// <summary>Null when no backup is known.</summary>
    public DateTimeOffset? LastAt => System.IO.File.Exists(File) ? new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(File)) : null;

    /// <summary>Writes down that a backup has just been written.</summary>
    internal void Record()
    {
        OwnerOnlyFiles.MakeFile(File);
        System.IO.File.SetLastWriteTimeUtc(File, clock.GetUtcNow().UtcDateTime);
    }
}
