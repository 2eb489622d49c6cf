using System.Buffers.Binary;
using ArmTwitch.Data.Files;

namespace ArmTwitch.Operations;

/// <summary>Keeps the newest backups of a folder.</summary>
internal static class BackupRotation
{
    /// <summary>Where SQLite's header holds the <c>application_id</c> (https://sqlite.org/fileformat2.html).</summary>
    private const int ApplicationId = 68;

    /// <summary>
    /// Deletes the oldest backups in the folder of a new one. Files with another ending stay, and so does what is no backup, or cannot be
    /// read.
    /// </summary>
    /// <param name="file">The new backup, which stays.</param>
    /// <param name="keep">How many are left, the new one included.</param>
    /// <returns>Sentences for the operator: what was deleted, and what could not be read or deleted.</returns>
    public static IReadOnlyList<string> DeleteOlder(string file, int keep)
    {
        var (newest, ending, lines) = (Path.GetFullPath(file), Path.GetExtension(file), new List<string>());
        var oldest = Directory.EnumerateFiles(Path.GetDirectoryName(newest)!)
            .Where(other => other != newest && Path.GetExtension(other) == ending && Try(other, lines, () => IsBackup(other)))
            .OrderByDescending(File.GetLastWriteTimeUtc).ThenByDescending(other => other, StringComparer.Ordinal)
            .Skip(keep - 1).ToList();
        foreach (var old in oldest.Where(old => Try(old, lines, () => Delete(old))))
            lines.Add($"{old} is deleted.");
        return lines;
    }

    /// <summary>One file that belongs to somebody else, or is gone, must not keep all the others for ever.</summary>
    private static bool Try(string file, List<string> lines, Func<bool> step)
    {
        try
        {
            return step();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            lines.Add($"Warning: {file} is passed over: {FileFailure.Describe(failed)}");
            return false;
        }
    }

    private static bool Delete(string file)
    {
        File.Delete(file);
        return true;
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
