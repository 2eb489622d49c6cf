using System.Globalization;

namespace ArmTwitch.Benchmarks.Growth;

/// <summary>One figure at several sizes of the site.</summary>
/// <param name="Of">What the site has more and more of, such as "articles".</param>
/// <param name="What">The figure, with its unit.</param>
/// <param name="Format">How its values are written.</param>
internal sealed record GrowthCurve(string Of, string What, string Format, IReadOnlyList<GrowthPoint> Points)
{
    /// <summary>
    /// The slope of the line through the points where both scales are logarithmic: 0 does not grow, 1 grows as the site does, 2 as its
    /// square.
    /// </summary>
    public double Exponent
    {
        get
        {
            var points = Points.Select(point => (X: Math.Log(point.Size), Y: Math.Log(point.Value))).ToList();
            var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
            return points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
        }
    }

    public bool Holds => Points.All(point => !(point.Value > point.Bound));

    /// <summary>The cells of a row: the figure, each value with what it may be at most, and the exponent.</summary>
    public string[] Row() =>
    [
        What,
        .. Points.Select(point => point.Bound is { } bound ? $"{Text(point.Value)} (≤ {Text(bound)})" : Text(point.Value)),
        Exponent.ToString("0.00", CultureInfo.InvariantCulture),
        Holds ? "holds" : "falls short",
    ];

    private string Text(double value) => value.ToString(Format, CultureInfo.InvariantCulture);
}

/// <param name="Bound">What the value may be at most; null when nothing was promised for this size.</param>
internal readonly record struct GrowthPoint(int Size, double Value, double? Bound = null);
