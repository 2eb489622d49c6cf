using System.Runtime.InteropServices;

namespace ArmTwitch.Hosting;

/// <summary>The scheduling policy of the program's threads.</summary>
internal static class ThreadScheduling
{
    private const int Self = 0, Batch = 3;

    /// <summary>
    /// Sets SCHED_BATCH (sched(7)), which keeps a thread that becomes ready from preempting one that runs. Otherwise the thread that polls
    /// for requests preempts those that answer, and pages cost a quarter more (docs/performance.md).
    /// </summary>
    /// <remarks>
    /// Threads inherit the policy, so this must be called before the server starts. It does nothing on other systems or when refused.
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
            // Another C library.
        }
    }

    [DllImport("libc", EntryPoint = "sched_setscheduler"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetScheduler(int process, int policy, ref int priority);
}
