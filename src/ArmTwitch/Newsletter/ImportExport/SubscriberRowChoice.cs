using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>
/// Tells which row of an address counts: the one that ends the subscription, wherever it stands in the file; else the first one.
/// </summary>
/// <remarks>It holds hashes: a million addresses would take much more memory.</remarks>
internal sealed class SubscriberRowChoice
{
    private readonly Dictionary<UInt128, SubscriberState> endings = [];
    private readonly HashSet<UInt128> seen = [];

    /// <summary>Notes how a subscription ends. Call it for every row before the first <see cref="Find"/>.</summary>
    public void Note(Subscriber row)
    {
        if (row.EndedAt is null)
            return;
        var hash = HashOf(row);
        // A complaint is more than a bounce, and that more than leaving.
        if (!endings.TryGetValue(hash, out var other) || other < row.State)
            endings[hash] = row.State;
    }

    /// <returns>Why the row does not count; null when it does.</returns>
    public SubscriberImportOutcome? Find(Subscriber row)
    {
        var hash = HashOf(row);
        return endings.TryGetValue(hash, out var ending) && ending != row.State ? SubscriberImportOutcome.Contradicted
            : seen.Add(hash) ? null
            : SubscriberImportOutcome.Twice;
    }

    private static UInt128 HashOf(Subscriber row) => MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(row.Key!)));
}
