using System.Globalization;
using ArmTwitch.Moderators.Auditing;

namespace ArmTwitch.Moderation.Auditing;

/// <summary>The filter of the audit in the query of an address. What is no filter asks for all.</summary>
internal static class AuditQuery
{
    /// <param name="to">The last day that is asked for.</param>
    public static AuditFilter Read(string? who, string? what, string? from, string? to) => new()
    {
        By = who?.Trim() is { Length: > 0 } name ? name : null,
        Kind = KebabCase.Find<AuditKind>(what),
        From = DayOf(from),
        Until = DayOf(to) is { } last && last < DateTimeOffset.MaxValue.AddDays(-1) ? last.AddDays(1) : null,
    };

    /// <returns>With the question mark; empty when all is asked for.</returns>
    public static string Write(string? who, string? what, string? from, string? to, AuditPosition? after)
    {
        var parts = new[] { ("who", who?.Trim()), ("what", what), ("from", from), ("to", to), ("after", after?.ToString()) }
            .Where(part => part.Item2 is { Length: > 0 }).Select(part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!)}");
        return string.Join('&', parts) is { Length: > 0 } query ? $"?{query}" : "";
    }

    private static DateTimeOffset? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : null;
}
