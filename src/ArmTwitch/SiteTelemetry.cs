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

    public static readonly ActivitySource Activities = new(Name);
}
