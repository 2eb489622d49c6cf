using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ArmTwitch;

/// <summary>
/// What the program reports metrics and traces with. Nothing is measured until somebody listens (<c>Hosting/Telemetry</c>). No label holds
/// an address, a typed word or a token.
/// </summary>
public static class SiteTelemetry
{
    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "ArmTwitch";

    public static readonly Meter Meter = new(Name);

    /// <summary>Bounds for what takes between a millisecond and ten seconds. Without them a histogram counts in whole seconds.</summary>
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10],
    };

    /// <summary>A histogram of durations in seconds.</summary>
    public static Histogram<double> Durations(string name, string description) =>
        Meter.CreateHistogram(name, "s", description, tags: null, Seconds);

    public static readonly ActivitySource Activities = new(Name);
}
