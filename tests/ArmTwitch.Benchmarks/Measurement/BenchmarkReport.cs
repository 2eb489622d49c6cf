using System.Globalization;
using System.Runtime.InteropServices;

namespace ArmTwitch.Benchmarks.Measurement;

/// <summary>What a benchmark prints: progress on standard error, the result as Markdown on standard output.</summary>
internal static class BenchmarkReport
{
    public static void Progress(FormattableString text) => Console.Error.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The day and the machine, without which a figure says nothing.</summary>
    public static void Machine(string more = "") =>
        Line($"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}{more}\n");

    public static void Table(string[] heads, IEnumerable<string[]> rows)
    {
        Row(heads);
        Row([.. heads.Select(_ => "---")]);
        foreach (var row in rows)
            Row(row);
        Console.WriteLine();
    }

    /// <returns>The exit code: 0 when every target holds, otherwise 1.</returns>
    public static int Against(params IReadOnlyCollection<PerformanceTarget> targets)
    {
        foreach (var target in targets)
            Line($"- {target.What}: {target.Measured.Show(target.Format)}, target {(target.IsCeiling ? "at most" : "at least")} {target.Bound.ToString(target.Format, CultureInfo.InvariantCulture)}: {(target.Holds ? "holds" : "falls short")}");
        return targets.All(target => target.Holds) ? 0 : 1;
    }

    private static void Row(string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}

/// <summary>What a figure ought to be. The median decides.</summary>
internal sealed record PerformanceTarget(string What, MeasurementSpread Measured, double Bound, bool IsCeiling, string Format = "0.00")
{
    public bool Holds => IsCeiling ? Measured.Median <= Bound : Measured.Median >= Bound;
}
