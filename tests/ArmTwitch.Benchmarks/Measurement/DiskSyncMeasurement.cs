using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ArmTwitch.Benchmarks.Measurement;

/// <summary>
/// What one durable write costs on a disk at least: one thread appends 4 KiB to a file and has the system put its data there
/// (fdatasync(2), which spares the file's times), again and again.
/// </summary>
internal static class DiskSyncMeasurement
{
    private const int Block = 4096;

    /// <returns>How many a second.</returns>
    /// <exception cref="BenchmarkException">The system refused.</exception>
    public static double PerSecond(string folder, int seconds)
    {
        var path = Path.Combine(folder, $"sync-{Guid.NewGuid():N}");
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        var block = RandomNumberGenerator.GetBytes(Block);
        var (time, count) = (Stopwatch.StartNew(), 0L);
        while (time.Elapsed.TotalSeconds < seconds)
        {
            RandomAccess.Write(file, block, count * Block);
            if (NativeMethods.SyncData(file) is not 0)
                throw new BenchmarkException($"fdatasync failed: {Marshal.GetLastPInvokeErrorMessage()}");
            count++;
        }

        return count / time.Elapsed.TotalSeconds;
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int SyncData(SafeFileHandle file);
    }
}
