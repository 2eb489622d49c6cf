using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace ArmTwitch.Moderators.Auditing;

/// <summary>Tables of the audit as CSV (RFC 4180).</summary>
internal static class AuditCsv
{
    /// <summary>A spreadsheet would run a cell that begins like a formula, so it is escaped with an apostrophe.</summary>
    private static readonly CsvConfiguration Settings =
        new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    public static CsvWriter WriterFor(TextWriter output) => new(output, Settings, leaveOpen: true);

    public static Task WriteRowAsync(this CsvWriter csv, IEnumerable<object?> row)
    {
        foreach (var cell in row)
            csv.WriteField(cell is DateTimeOffset time ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) : cell);
        return csv.NextRecordAsync();
    }
}
