namespace ArmTwitch.Moderation.Statistics;

/// <summary>Values of one kind in a chart, drawn in one colour.</summary>
/// <param name="Class">The class that gives the colour.</param>
/// <param name="Values">One for each place on the other axis.</param>
public sealed record ChartSeries(string Name, string Class, IReadOnlyList<double> Values);
