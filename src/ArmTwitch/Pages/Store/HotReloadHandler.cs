using System.Reflection.Metadata;
using ArmTwitch.Pages.Store;

[assembly: MetadataUpdateHandler(typeof(HotReloadHandler))]

namespace ArmTwitch.Pages.Store;

/// <summary>
/// Empties the page store after an edit of an asset, or of a component under <c>dotnet watch</c>, so that the next load shows it.
/// </summary>
internal sealed class HotReloadHandler(PageStore store)
{
    private static int updates;

    private (int Updates, DateTime EditedAt) seen = Now;

    private static (int Updates, DateTime EditedAt) Now => (Volatile.Read(ref updates), EmbeddedAssets.EditedAt);

    /// <summary>The runtime calls it once <c>dotnet watch</c> has changed the running program.</summary>
    internal static void UpdateApplication(Type[]? changed) => Interlocked.Increment(ref updates);

    public void DropPagesAfterEdit()
    {
        var now = Now;
        lock (store)
        {
            if (now == seen)
                return;
            seen = now;
        }

        store.DropAll();
    }
}
