using System.Globalization;

namespace ArmTwitch.Benchmarks.Processes;

/// <summary>What Linux tells about processes and about the machine (proc(5)).</summary>
internal static class LinuxProcStatistics
{
    /// <summary>Linux counts CPU time in hundredths of a second for every program, whatever its own clock does.</summary>
    private const double TicksPerSecond = 100;

    // Places behind the name of the program, which stands in brackets and may hold spaces and brackets itself.
    private const int Parent = 1, OwnUser = 11, OwnSystem = 12, EndedUser = 13, EndedSystem = 14;

    /// <summary>CPU time of a process and of those it started and that still run.</summary>
    public static TimeSpan CpuOf(int process) => Sum(Family(process), OwnUser, OwnSystem);

    /// <summary>CPU time of this program and of those it started that have ended.</summary>
    public static TimeSpan CpuOfThisAndTheEnded() => Sum([Environment.ProcessId], OwnUser, OwnSystem, EndedUser, EndedSystem);

    /// <summary>CPU time that all cores together were busy since the machine started.</summary>
    public static TimeSpan CpuOfMachine()
    {
        // user nice system idle iowait irq softirq steal
        var times = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(Ticks).ToArray();
        return TimeSpan.FromSeconds((times.Sum() - times[3] - times[4]) / TicksPerSecond);
    }

    /// <summary>Memory of a process and of those it started, in bytes.</summary>
    public static long ResidentBytesOf(int process) =>
        Family(process).Select(id => ReadOrNothing($"/proc/{id}/statm")).Where(text => text.Length > 0)
            .Sum(text => Ticks(text.Split(' ')[1]) * Environment.SystemPageSize);

    /// <summary>
    /// What of that memory the system cannot drop: it is no part of a file, or has been changed since. In bytes, without what has been
    /// written to swap.
    /// </summary>
    public static long UndroppableBytesOf(int process) => Family(process)
        .SelectMany(id => ReadOrNothing($"/proc/{id}/status").Split('\n'))
        .Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal))
        .Sum(line => Ticks(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) * 1024);

    /// <summary>How many programs wanted a core in the last minute.</summary>
    public static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static TimeSpan Sum(IEnumerable<int> processes, params int[] places) =>
        TimeSpan.FromSeconds(
            processes.Select(Stat).Where(stat => stat.Length > 0).Sum(stat => places.Sum(place => Ticks(stat[place]))) / TicksPerSecond);

    private static List<int> Family(int process)
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0]))
            .Select(
                name => (Id: int.Parse(name!, CultureInfo.InvariantCulture), Stat: Stat(int.Parse(name!, CultureInfo.InvariantCulture))))
            .Where(other => other.Stat.Length > 0)
            .ToLookup(other => (int)Ticks(other.Stat[Parent]), other => other.Id);
        List<int> family = [process];
        for (var next = 0; next < family.Count; next++)
            family.AddRange(parents[family[next]]);
        return family;
    }

    /// <returns>The fields behind the name; none when the process has ended.</returns>
    private static string[] Stat(int process)
    {
        var text = ReadOrNothing($"/proc/{process}/stat");
        return text.Length is 0 ? [] : text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string ReadOrNothing(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static long Ticks(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
