using ArmTwitch.Data.Files;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// That a program works on the file of the database: a lock on a file beside it, which ends with its holder. Any number share it; who
/// exchanges the file has it alone.
/// </summary>
internal sealed class DatabaseFileLock : IDisposable
{
    private readonly FileStream held;

    private DatabaseFileLock(FileStream held) => this.held = held;

    /// <exception cref="IOException">Somebody is exchanging the file.</exception>
    public static DatabaseFileLock AcquireShared(string database) =>
        new(new FileStream(FileOf(database), OwnerOnlyFiles.Options(FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read)));

    /// <returns>Null while somebody else works on it.</returns>
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
