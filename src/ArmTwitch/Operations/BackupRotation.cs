using System.Buffers.Binary;

namespace ArmTwitch.Operations;

/// <summary>Keeps the newest backups of a folder.</summary>
internal static class BackupRotation
{
    /// <summary>Where SQLite's header holds the <c>application_id</c> (https://sqlite.org/fileformat2.html).</summary>
    private const int ApplicationId = 68;

    /// <summary>
    /// Deletes the oldest backups in the folder of a new one. Files with another ending stay, and so does what is no backup.
    /// </summary>
    /// <param name="file">The new backup, which stays.</param>
    /// <param name="keep">How many are left, the new one included.</param>
    /// <returns>What was deleted.</returns>
    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public static IReadOnlyList<string> DeleteOlder(string file, int keep)
    {
        var (newest, ending) = (Path.GetFullPath(file), Path.GetExtension(file));
        var oldest = Directory.EnumerateFiles(Path.GetDirectoryName(newest)!)
            .Where(other => other != newest && Path.GetExtension(other) == ending && IsBackup(other))
            .OrderByDescending(File.GetLastWriteTimeUtc).ThenByDescending(other => other, StringComparer.Ordinal)
            .Skip(keep - 1).ToList();
        oldest.ForEach(File.Delete);
        return oldest;
    }

    private static bool IsBackup(string file)
    {
        Span<byte> header = stackalloc byte[ApplicationId + sizeof(int)];
        using var begin = File.OpenRead(file);
        return begin.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            && header.StartsWith("SQLite format 3\0"u8)
            && BinaryPrimitives.ReadInt32BigEndian(header[ApplicationId..]) is BackupService.Mark;
    }
}
