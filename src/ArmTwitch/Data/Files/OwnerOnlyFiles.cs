namespace ArmTwitch.Data.Files;

/// <summary>
/// Files and folders that only the program's user can read, whatever its umask: they hold people's texts and addresses.
/// </summary>
public static class OwnerOnlyFiles
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite, OwnFolder = OwnFile | UnixFileMode.UserExecute;

    /// <summary>Options with which a new file is private from the start.</summary>
    public static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnFile;
        return options;
    }

    /// <summary>Creates a folder, or makes an existing one private.</summary>
    /// <returns>False when other users can still read it, because it belongs to one of them.</returns>
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

    /// <summary>Creates an empty file, or makes an existing one private.</summary>
    /// <inheritdoc cref="MakeFolder" path="/returns"/>
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
            // A shared folder such as /tmp has to stay shared.
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
