using ArmTwitch.Moderators;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.ImportExport.Interruptions;

namespace ArmTwitch.Newsletter.ImportScreens;

/// <summary>
/// The imports that editors began on the screen of this program and that run, or ended in the last hour: whoever comes back to the screen
/// finds them. They are kept in memory alone, because a report names people; what is left of an import after that is in the audit.
/// </summary>
public sealed class SubscriberImportRuns(SubscriberTransferService transfer, TimeProvider clock)
{
    /// <summary>How long one that has ended is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly Lock changing = new();
    private readonly List<SubscriberImportRun> runs = [];

    /// <summary>Raised when an import has begun, moved on or ended; on any thread.</summary>
    public event Action? Changed;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<SubscriberImportRun> List()
    {
        lock (changing)
            return [.. runs.AsEnumerable().Reverse()];
    }

    /// <summary>Imports a file as <see cref="SubscriberTransferService.ImportAsync"/> does, and can be followed meanwhile.</summary>
    /// <param name="name">What the file is called.</param>
    /// <param name="progress">Is told how many of how many rows are done.</param>
    /// <returns>Null when the editor is none any more; nothing was imported.</returns>
    public async Task<SubscriberImportReport?> ImportAsync(
        SubscriberImportFile file, string name, CurrentModerator by, IProgress<SubscriberImportProgress> progress)
    {
        var run = new SubscriberImportRun(name, file.Hash, by, clock.GetUtcNow(), progress, () => Changed?.Invoke());
        lock (changing)
            runs.Add(run);
        Changed?.Invoke();
        try
        {
            run.Report = await transfer.ImportAsync(file, by, run);
        }
        catch (SubscriberImportBrokenOffException broken)
        {
            run.Trouble = broken.Message;
            throw;
        }
        finally
        {
            // Nobody may come to look: the names in the report go all the same.
            run.Expiry = clock.CreateTimer(_ => Remove([run]), null, KeptFor, Timeout.InfiniteTimeSpan);
            run.EndedAt = clock.GetUtcNow();
            Changed?.Invoke();
        }

        // One that broke off is made good by importing its file again.
        Remove([.. List().Where(other => run.Report is null ? other == run : other.Trouble is not null && other.Hash == run.Hash)]);
        return run.Report;
    }

    /// <summary>Drops what an editor has seen of their own imports that have ended.</summary>
    public void PutAway(CurrentModerator by) => Remove([.. List().Where(run => run.By.Id == by.Id && run.EndedAt is not null)]);

    private void Remove(IReadOnlyCollection<SubscriberImportRun> some)
    {
        lock (changing)
            runs.RemoveAll(some.Contains);
        foreach (var run in some)
            run.Expiry?.Dispose();
        Changed?.Invoke();
    }
}
