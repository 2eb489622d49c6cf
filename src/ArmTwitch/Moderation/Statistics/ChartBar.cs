namespace ArmTwitch.Moderation.Statistics;

/// <summary>A bar of a chart.</summary>
/// <param name="Class">The class that gives the colour.</param>
/// <param name="Said">The value as it stands behind the bar.</param>
public sealed record ChartBar(string Name, string Class, double Value, string Said);
