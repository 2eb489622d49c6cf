namespace ArmTwitch.Moderation.Statistics;

/// <summary>The value axis of a chart: from 0 to a round number, with a few round numbers between.</summary>
public sealed record ChartScale(double Top, IReadOnlyList<double> Ticks)
{
    private const int MostSteps = 4;

    private static readonly int[] Factors = [1, 2, 5, 10];

    /// <param name="highest">The highest value that is drawn.</param>
    /// <returns>An axis that ends at or above it, in steps of 1, 2 or 5 times a power of ten.</returns>
    public static ChartScale For(double highest)
    {
        var step = 1d;
        for (var power = 1d; step * MostSteps < highest; power *= 10)
            step = Factors.Select(factor => factor * power).FirstOrDefault(one => one * MostSteps >= highest, 10 * power);
        var steps = Math.Max(1, (int)Math.Ceiling(highest / step));
        return new ChartScale(steps * step, [.. Enumerable.Range(0, steps + 1).Select(at => at * step)]);
    }
}
