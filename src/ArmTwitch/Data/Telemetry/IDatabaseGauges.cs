namespace ArmTwitch.Data.Telemetry;

/// <summary>Figures that a room reads from the database for the operator's metrics, such as how many mails wait.</summary>
public interface IDatabaseGauges
{
    IReadOnlyList<DatabaseGauge> Gauges { get; }

    /// <summary>Reads all of <see cref="Gauges"/>. Called every quarter of a minute, so it has to be cheap at any size.</summary>
    Task<IReadOnlyList<GaugeReading>> ReadAsync(ArmTwitchDb db, CancellationToken cancellationToken);
}

/// <param name="Name">As OpenTelemetry writes names, such as <c>armtwitch.mail.waiting</c>.</param>
/// <param name="Unit">A UCUM unit, or what is counted in braces.</param>
/// <param name="Description">One sentence.</param>
public sealed record DatabaseGauge(string Name, string Unit, string Description);

/// <param name="Gauge">The gauge that it is a value of.</param>
/// <param name="Value">In the unit of the gauge.</param>
/// <param name="Label">The one label and its value; null for none.</param>
public sealed record GaugeReading(DatabaseGauge Gauge, double Value, KeyValuePair<string, object?>? Label = null);
