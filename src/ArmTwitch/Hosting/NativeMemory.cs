using System.Runtime.InteropServices;

namespace ArmTwitch.Hosting;

/// <summary>What the C library keeps of memory that compression and SQLite have given back.</summary>
internal static class NativeMemory
{
    private const int ArenaMax = -8, Arenas = 2;

    /// <summary>
    /// Sets M_ARENA_MAX (mallopt(3)). By default glibc keeps memory for later in up to eight places for each processor, and the threads of
    /// the pool soon have one each.
    /// </summary>
    /// <remarks>It does nothing with another C library.</remarks>
    public static void KeepInFewPlaces()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = SetOption(ArenaMax, Arenas);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
