namespace ArmTwitch.Data.Files;

/// <summary>
/// Files and folders for the program's own user alone, whatever umask it was started with: they hold people's words and addresses.
/// </summary>
public static class OwnerOnlyFiles
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite, OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>How to open a file that is made private if it is not there yet.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnFile;
        return options;
    }

    /// <summary>Makes a folder, or closes one that is there to others.</summary>
    /// <returns>False when others may go on reading it, because it belongs to somebody else.</returns>
    public static bool MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return true;
        }

        Directory.CreateDirectory(folder, OwnFolder);
        return TryRestrict(folder, OwnFolder);
    }

    /// <summary>Makes a file that is not there yet, and closes one that is there to others.</summary>
    /// <returns>False when others may go on reading it, because it belongs to somebody else.</returns>
    public static bool MakeFile(string file)
    {
        if (!File.Exists(file))
            new FileStream(file, Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite)).Dispose();
        return OperatingSystem.IsWindows() || TryRestrict(file, OwnFile);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static bool TryRestrict(string path, UnixFileMode mode)
    {
        try
        {
            var now = File.GetUnixFileMode(path);
            // A folder such as /tmp is everybody's, and has to stay so.
            if (now.HasFlag(UnixFileMode.StickyBit))
                return false;
            if (now != mode)
                File.SetUnixFileMode(path, mode);
            return true;
        }
        catch (Exception refused) when (refused is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
