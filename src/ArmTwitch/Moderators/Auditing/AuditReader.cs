using System.Globalization;
using ArmTwitch.Data;

namespace ArmTwitch.Moderators.Auditing;

/// <summary>Reads what all rooms have recorded, the newest first, page by page.</summary>
public sealed class AuditReader(IEnumerable<IAuditSource> sources)
{
    /// <summary>Entries on one page.</summary>
    public const int PageSize = 50;

    private const int Batch = 500;

    private static readonly string[] Columns = ["at", "by", "what", "subject", "detail", "address"];

    /// <returns>What the entries that a role sees are about; several sources may tell of one kind.</returns>
    public IReadOnlyList<AuditKind> KindsFor(ModeratorRole role) =>
        [.. SourcesFor(role).SelectMany(source => source.Kinds).Distinct().Order()];

    /// <param name="role">Of whoever looks.</param>
    /// <param name="after">The last entry of the page before; null for the first page.</param>
    /// <returns>The entries, and whether there are more.</returns>
    public async Task<(IReadOnlyList<AuditLine> Lines, bool HasMore)> ListAsync(
        AuditFilter filter, ModeratorRole role, AuditPosition? after = null, int most = PageSize,
        CancellationToken cancellationToken = default)
    {
        var lines = new List<AuditLine>();
        foreach (var source in SourcesFor(role).Where(one => filter.Kind is not { } kind || one.Kinds.Contains(kind)))
            lines.AddRange(await source.ListAsync(filter, after, most + 1, cancellationToken));
        lines.Sort(Compare);
        return (lines.Count > most ? lines[..most] : lines, lines.Count > most);
    }

    /// <summary>Writes all entries of the filter, the newest first, as CSV (RFC 4180).</summary>
    public async Task WriteCsvAsync(
        AuditFilter filter, ModeratorRole role, TextWriter output, CancellationToken cancellationToken = default)
    {
        await using var csv = AuditCsv.WriterFor(output);
        await csv.WriteRowAsync(Columns);
        var (after, hasMore) = ((AuditPosition?)null, true);
        while (hasMore)
        {
            (var lines, hasMore) = await ListAsync(filter, role, after, Batch, cancellationToken);
            foreach (var line in lines.SelectMany(line => line.Parts.Count is 0 ? [line] : line.Parts))
            {
                var at = line.Position.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
                await csv.WriteRowAsync([at, line.By, line.What, SubjectOf(line), line.Detail, line.SubjectAddress]);
                after = line.Position;
            }
        }
    }

    private IEnumerable<IAuditSource> SourcesFor(ModeratorRole role) => sources.Where(one => one.AtLeast <= role);

    private static string? SubjectOf(AuditLine line) => line.SubjectPlace is { } place ? $"{line.Subject} on {place}" : line.Subject;

    private static int Compare(AuditLine one, AuditLine other)
    {
        var byTime = other.Position.At.CompareTo(one.Position.At);
        var bySource = one.Position.Source.CompareTo(other.Position.Source);
        return byTime is not 0 ? byTime : bySource is not 0 ? bySource : other.Position.Id.CompareTo(one.Position.Id);
    }
}
