namespace ArmTwitch.Moderation;

/// <summary>How long something has waited, in words. Both forms count whole hours and days, so that two screens agree.</summary>
internal static class WaitingAge
{
    /// <summary>For a row of a list.</summary>
    public static string Short(TimeSpan age) =>
        age.TotalMinutes < 1 ? "under 1 min"
        : age.TotalHours < 1 ? $"{(int)age.TotalMinutes} min"
        : age.TotalDays < 1 ? $"{(int)age.TotalHours} h"
        : Plural.Of((int)age.TotalDays, "day");

    /// <summary>For a sentence.</summary>
    public static string Long(TimeSpan age) =>
        age.TotalMinutes < 1 ? "less than a minute"
        : age.TotalHours < 1 ? Plural.Of((int)age.TotalMinutes, "minute")
        : age.TotalDays < 1 ? Plural.Of((int)age.TotalHours, "hour")
        : Plural.Of((int)age.TotalDays, "day");
}
