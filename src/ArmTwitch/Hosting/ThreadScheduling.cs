using System.Runtime.InteropServices;

namespace ArmTwitch.Hosting;

/// <summary>How the kernel shares the processor among the threads of the site.</summary>
internal static class ThreadScheduling
{
    private const int Self = 0, Batch = 3;

    /// <summary>
    /// Asks Linux to let a thread of ours finish before another that has just become ready (SCHED_BATCH, sched(7)). Otherwise the thread
    /// that hears of requests interrupts those that answer, request by request, and pages cost a quarter more (docs/performance.md).
    /// </summary>
    /// <remarks>
    /// Threads hand it on to those that they start, so it has to come before the server. Elsewhere, and where it is refused, nothing
    /// changes.
    /// </remarks>
    public static void PreferThroughput()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var priority = 0;
        try
        {
            _ = SetScheduler(Self, Batch, ref priority);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system with another C library.
        }
    }

    [DllImport("libc", EntryPoint = "sched_setscheduler"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int process, int policy, ref int priority);
}
