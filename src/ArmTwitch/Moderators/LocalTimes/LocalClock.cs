using System.Globalization;
using ArmTwitch.Moderators.Layout;
using Microsoft.JSInterop;

namespace ArmTwitch.Moderators.LocalTimes;

/// <summary>Says times in the time zone of whoever looks, with UTC beside it.</summary>
/// <param name="Zone">Null when it is not known; then there is UTC alone.</param>
public sealed record LocalClock(TimeZoneInfo? Zone)
{
    public static readonly LocalClock Utc = new((TimeZoneInfo?)null);

    /// <summary>Such as "Europe/Berlin"; UTC when no other zone is known.</summary>
    public string Name => IsUtc ? "UTC" : Zone!.Id;

    /// <summary>Whether there is nothing to say beside UTC.</summary>
    public bool IsUtc => Zone is null || Zone.Id is "UTC" or "Etc/UTC" || (Zone.BaseUtcOffset == TimeSpan.Zero && !Zone.SupportsDaylightSavingTime);

    /// <summary>Asks a browser for its time zone. Call it once the page is rendered.</summary>
    /// <returns><see cref="Utc"/> when it does not tell.</returns>
    public static async Task<LocalClock> OfAsync(IJSRuntime browser)
    {
        try
        {
            await using var module = await browser.InvokeAsync<IJSObjectReference?>("import", ModerationAssets.Address("clock.js"));
            return module is not null && await module.InvokeAsync<string?>("zone") is { } id
                && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? new LocalClock(zone) : Utc;
        }
        catch (Exception failed) when (failed is JSException or JSDisconnectedException or OperationCanceledException)
        {
            return Utc;
        }
    }

    /// <summary>Such as "30 Nov 2026, 13:00 (12:00 UTC)".</summary>
    public string Say(DateTimeOffset? at)
    {
        if (at is not { } time)
            return "";
        if (IsUtc)
            return Write(time.UtcDateTime) + " UTC";
        var local = TimeZoneInfo.ConvertTime(time, Zone!);
        var utc = local.Date == time.UtcDateTime.Date ? time.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture) : Write(time.UtcDateTime);
        return $"{Write(local.DateTime)} ({utc} UTC)";
    }

    /// <summary>Such as "30 Nov 2026, 13:00", where the text says whose time it is.</summary>
    public string SayLocal(DateTimeOffset at) => Write(IsUtc ? at.UtcDateTime : TimeZoneInfo.ConvertTime(at, Zone!).DateTime);

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

    private static string Write(DateTime time) => time.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
