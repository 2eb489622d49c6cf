using System.Globalization;

namespace ArmTwitch.Newsletter.Screens;

/// <summary>Says times in the time zone of whoever looks, with UTC beside it.</summary>
/// <param name="Zone">Null when it is not known; then there is UTC alone.</param>
public sealed record LocalClock(TimeZoneInfo? Zone)
{
    public static readonly LocalClock Utc = new((TimeZoneInfo?)null);

    /// <summary>Such as "Europe/Berlin"; UTC when no other zone is known.</summary>
    public string Name => IsUtc ? "UTC" : Zone!.Id;

    private bool IsUtc => Zone is null || Zone.Id is "UTC" or "Etc/UTC" || (Zone.BaseUtcOffset == TimeSpan.Zero && !Zone.SupportsDaylightSavingTime);

    /// <summary>Such as "30 Nov 2026, 13:00 (12:00 UTC)".</summary>
    public string Say(DateTimeOffset? at)
    {
        if (at is not { } time)
            return "";
        if (IsUtc)
            return IssueLabels.Time(time) + " UTC";
        var local = TimeZoneInfo.ConvertTime(time, Zone!);
        var utc = local.Date == time.UtcDateTime.Date ? time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture) : IssueLabels.Time(time);
        return $"{local.DateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} ({utc} UTC)";
    }

    /// <summary>Such as "13:00", with UTC behind it only where no other zone is known.</summary>
    public string SayTime(DateTimeOffset at) =>
        (IsUtc ? at.UtcDateTime : TimeZoneInfo.ConvertTime(at, Zone!).DateTime).ToString("HH:mm", CultureInfo.InvariantCulture)
        + (IsUtc ? " UTC" : "");

    /// <summary>The moment of a local time.</summary>
    /// <returns>Null for a time that the clocks skip when summer begins. Of one that comes twice, the second.</returns>
    public DateTimeOffset? Read(DateTime local)
    {
        var time = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return IsUtc ? new DateTimeOffset(time, TimeSpan.Zero)
            : Zone!.IsInvalidTime(time) ? null
            : new DateTimeOffset(time, Zone.GetUtcOffset(time));
    }
}
