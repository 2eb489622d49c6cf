using ArmTwitch.Data.Files;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// A lock on the database file: an open handle of a file beside it, which the system releases when the process ends. Programs that use
/// the database share it; a restore, which replaces the file, needs it exclusively.
/// </summary>
internal sealed class DatabaseFileLock : IDisposable
{
    private readonly FileStream held;

    private DatabaseFileLock(FileStream held) => this.held = held;

    /// <exception cref="IOException">A restore is replacing the file.</exception>
    public static DatabaseFileLock AcquireShared(string database) =>
        new(new FileStream(FileOf(database), OwnerOnlyFiles.Options(FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read)));

    /// <returns>Null while another program holds the lock.</returns>
    public static DatabaseFileLock? TryAcquireExclusive(string database)
    {
        try
        {
            return new DatabaseFileLock(
                new FileStream(FileOf(database), OwnerOnlyFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite)));
        }
        catch (IOException) when (File.Exists(FileOf(database)))
        {
            return null;
        }
    }

    public void Dispose() => held.Dispose();

    private static string FileOf(string database) => $"{database}-in-use";
}
