using System.Globalization;

namespace ArmTwitch.Benchmarks.Measurement;

/// <summary>The middle of several measurements, and how far they lie apart.</summary>
internal readonly record struct MeasurementSpread(double Median, double Least, double Most)
{
    public static MeasurementSpread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var (below, above) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        return new MeasurementSpread((below + above) / 2, sorted[0], sorted[^1]);
    }

    public static MeasurementSpread Of<T>(IEnumerable<T> measured, Func<T, double> value) => Of(measured.Select(value));

    /// <summary>Median (least–most), each in the format.</summary>
    public string Show(string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{Text(Median, format)} ({Text(Least, format)}–{Text(Most, format)})");

    public string ShowMedian(string format) => Text(Median, format);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
