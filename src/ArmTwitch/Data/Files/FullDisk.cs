using Microsoft.Data.Sqlite;

namespace ArmTwitch.Data.Files;

/// <summary>Names the folder whose disk is full, where SQLite writes another file than the database of the site and does not say which.</summary>
public static class FullDisk
{
    /// <summary>SQLITE_FULL (sqlite.org/rescode.html).</summary>
    private const int Full = 13;

    /// <exception cref="IOException">The disk is full.</exception>
    public static async Task<T> NamingAsync<T>(string folder, Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception failed) when (Is(failed))
        {
            throw new IOException($"The disk of {folder} is full. Make room on it, or name another folder.", failed);
        }
    }

    private static bool Is(Exception failed) =>
        failed is SqliteException { SqliteErrorCode: Full } || (failed.InnerException is { } inner && Is(inner));
}
