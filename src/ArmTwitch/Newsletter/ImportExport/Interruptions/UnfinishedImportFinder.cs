using ArmTwitch.Data;
using ArmTwitch.Moderators.Auditing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.ImportExport.Interruptions;

/// <summary>Finds the imports that have not come to their end: one that was killed with the program leaves nothing but its beginning.</summary>
public sealed class UnfinishedImportFinder(IDbContextFactory<ArmTwitchDb> databases, TimeProvider clock)
{
    /// <summary>For how long such an import is named.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    private const int MostEntries = 200;

    /// <summary>
    /// The newest first, one for each file. A file that was imported as a whole later is left out. Those that run, here or elsewhere, are among them.
    /// </summary>
    public async Task<IReadOnlyList<UnfinishedImport>> ListAsync(CancellationToken cancellationToken = default)
    {
        var since = clock.GetUtcNow() - Life;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var entries = await db.Set<AuditEntry>().AsNoTracking()
            .Where(entry => entry.At >= since && entry.SubjectId != null
                && (entry.Act == AuditAction.SubscriberImportStarted || entry.Act == AuditAction.SubscribersImported
                    || entry.Act == AuditAction.SubscriberImportBrokeOff))
            .OrderByDescending(entry => entry.Id).Take(MostEntries).ToListAsync(cancellationToken);
        var ends = entries.Where(entry => entry.Act is not AuditAction.SubscriberImportStarted).ToLookup(entry => entry.SubjectId);
        var (unfinished, hashes) = (new List<UnfinishedImport>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var begun in entries.Where(entry => entry.Act is AuditAction.SubscriberImportStarted))
        {
            var (end, hash) = (ends[begun.SubjectId].FirstOrDefault(), HashOf(begun));
            if (hashes.Add(hash) && end is not { Act: AuditAction.SubscribersImported })
                unfinished.Add(new(begun.At, begun.By, hash, end?.Detail));
        }

        return unfinished;
    }

    /// <summary>It stands at the end of the detail (<see cref="SubscriberTransferService"/>).</summary>
    private static string HashOf(AuditEntry begun) => begun.Detail?.Split(' ')[^1] ?? "";
}
