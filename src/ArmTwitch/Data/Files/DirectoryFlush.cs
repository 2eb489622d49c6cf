using System.Runtime.InteropServices;

namespace ArmTwitch.Data.Files;

/// <summary>
/// Flushes a folder's entries to disk. Without it a file that was written and renamed may be gone after a power cut (fsync(2)).
/// </summary>
internal static class DirectoryFlush
{
    private const int ReadOnly = 0;

    /// <summary>
    /// Error numbers of fsync on a file system that cannot flush folders: EINVAL, and ENOTSUP on Linux and on macOS.
    /// </summary>
    private const int Invalid = 22, NotSupported = 95, NotSupportedOnMac = 45;

    /// <summary>Waits until the folder itself is on disk.</summary>
    /// <exception cref="IOException">There is no such folder, or the disk failed.</exception>
    public static void Fsync(string folder)
    {
        // Windows writes the entry together with the file.
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
