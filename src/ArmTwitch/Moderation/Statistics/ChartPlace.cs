namespace ArmTwitch.Moderation.Statistics;

/// <summary>A place on the axis of a chart that has no values.</summary>
/// <param name="Title">Its values in words, shown where the pointer rests.</param>
/// <param name="Name">What stands below it; null for nothing.</param>
public sealed record ChartPlace(string Title, string? Name);
