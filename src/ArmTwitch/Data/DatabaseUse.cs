namespace ArmTwitch.Data;

/// <summary>
/// That a program works on the file of the database: a lock on a file beside it, which ends with its holder. Any number share it; who
/// exchanges the file has it alone.
/// </summary>
internal sealed class DatabaseUse : IDisposable
{
    private readonly FileStream held;

    private DatabaseUse(FileStream held) => this.held = held;

    /// <exception cref="IOException">Somebody is exchanging the file.</exception>
    public static DatabaseUse Share(string database) => new(new FileStream(FileOf(database), PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read)));

    /// <returns>Null while somebody else works on it.</returns>
    public static DatabaseUse? TryTakeAlone(string database)
    {
        try
        {
            return new DatabaseUse(new FileStream(FileOf(database), PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite)));
        }
        catch (IOException) when (File.Exists(FileOf(database)))
        {
            return null;
        }
    }

    public void Dispose() => held.Dispose();

    private static string FileOf(string database) => $"{database}-in-use";
}
