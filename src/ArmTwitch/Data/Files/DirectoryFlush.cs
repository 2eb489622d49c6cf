using System.Runtime.InteropServices;

namespace ArmTwitch.Data.Files;

/// <summary>
/// Brings the names in a folder to disk. A file that was written and renamed may otherwise be gone after a power cut (fsync(2)).
/// </summary>
internal static class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>
    /// Error numbers of fsync on a file system that has no such thing for folders: EINVAL, and ENOTSUP of Linux and of macOS.
    /// </summary>
    private const int Invalid = 22, NotSupported = 95, NotSupportedOnMac = 45;

    /// <summary>Waits until the folder itself is on disk.</summary>
    /// <exception cref="IOException">It is not there, or its disk does not take it.</exception>
    public static void Fsync(string folder)
    {
        // Windows writes names with the file, and has no such call.
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(folder, ReadOnly);
        if (handle < 0)
            throw new IOException($"{folder} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        try
        {
            if (Flush(handle) is not 0 && Marshal.GetLastPInvokeError() is not (Invalid or NotSupported or NotSupportedOnMac))
                throw new IOException($"{folder} cannot be brought to disk: {Marshal.GetLastPInvokeErrorMessage()}");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
