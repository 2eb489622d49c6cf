using System.Collections.Concurrent;

namespace ArmTwitch.Data.Availability;

/// <summary>
/// Decides which lines of a fault that lasts are written: one when it begins, one when its reason changes, and one an hour as a reminder.
/// A line for each try would bury everything else.
/// </summary>
internal sealed class LastingFaults(TimeProvider clock)
{
    private static readonly TimeSpan Reminder = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (string Reason, long LoggedAt)> faults = new(StringComparer.Ordinal);

    /// <param name="what">What has failed.</param>
    /// <param name="reason">A code or a type: words that differ at each try would be written each time.</param>
    /// <returns>Whether this failure is to be logged.</returns>
    public bool IsWorthALine(string what, string reason)
    {
        if (faults.TryGetValue(what, out var last) && last.Reason == reason && clock.GetElapsedTime(last.LoggedAt) < Reminder)
            return false;
        faults[what] = (reason, clock.GetTimestamp());
        return true;
    }

    /// <returns>False when it had not failed.</returns>
    public bool TryEnd(string what) => faults.TryRemove(what, out _);
}
