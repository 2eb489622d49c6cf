using System.Globalization;

namespace ArmTwitch.Moderators.Auditing;

/// <summary>Where an entry stands in the audit: the newest first, and within one moment by source and number.</summary>
/// <param name="Source">See <see cref="IAuditSource.Order"/>.</param>
/// <param name="Id">The number of the entry in its source.</param>
public readonly record struct AuditPosition(DateTimeOffset At, int Source, long Id)
{
    /// <returns>Null when the text is none; it may come from anybody.</returns>
    public static AuditPosition? Parse(string? text) =>
        text?.Split('-') is [var at, var source, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
        && int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var order)
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(new DateTimeOffset(ticks, TimeSpan.Zero), order, number)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}-{Source}-{Id}");
}
