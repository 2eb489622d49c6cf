using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Pages.Store;

/// <summary>
/// Finished pages by the exact spelling of their address. A page is made once, whatever the crowd that asks for it, and
/// forgotten when something it depends on changes.
/// </summary>
public sealed class PageStore(IOptions<PagesOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Channel<string> toPack = Channel.CreateBounded<string>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });
    private long bytes;
    private long drops;

    /// <summary>Counts the drops so far. A page whose making began before a drop is not kept.</summary>
    public long Drops => Volatile.Read(ref drops);

    /// <summary>Bytes of finished pages, all codings together.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    public int Count => entries.Count;

    /// <summary>Addresses of pages that wait to be packed tighter; only addresses, so that a page can go while it waits.</summary>
    public ChannelReader<string> AwaitingCompression => toPack.Reader;

    /// <param name="target">The request target exactly as it came.</param>
    /// <returns>The finished page of that very spelling; null when there is none yet.</returns>
    public StoredPage? Find(string target) =>
        entries.TryGetValue(target, out var entry) && entry.Finished is { } page && IsFresh(entry) ? entry.Use(page, clock) : null;

    /// <summary>The page of the recipe: the one kept, or else one made now and kept from here on.</summary>
    /// <param name="recipe">Which page, and how to make it.</param>
    /// <param name="dropsBefore"><see cref="Drops"/> from before anything for the recipe was read.</param>
    public async Task<StoredPage> GetAsync(PageDefinition recipe, long dropsBefore)
    {
        var entry = entries.GetOrAdd(recipe.Address, NewEntry);
        if (!IsFresh(entry) || (entry.Finished is null && entry.DropsBefore != dropsBefore))
        {
            Remove(entry);
            entry = entries.GetOrAdd(recipe.Address, NewEntry);
        }

        try
        {
            var page = entry.Use(await entry.Page.Value, clock);
            if (Drops == entry.DropsBefore && entry.TrySetPage(page))
                UpdateSize(entry, page);
            else if (entry.Finished is null)
                Remove(entry);
            return page;
        }
        catch
        {
            Remove(entry);
            throw;
        }

        Entry NewEntry(string address) => new(recipe, dropsBefore);
    }

    /// <summary>Forgets every page that depends on one of these.</summary>
    public void Drop(params IReadOnlyCollection<string> dependencies)
    {
        Interlocked.Increment(ref drops);
        foreach (var entry in entries.Values.Where(entry => entry.Recipe.DependsOn.Any(dependencies.Contains)))
            Remove(entry);
    }

    public void DropAll()
    {
        Interlocked.Increment(ref drops);
        foreach (var entry in entries.Values)
            Remove(entry);
    }

    private bool IsFresh(Entry entry) => entry.Recipe.FreshUntil is not { } end || clock.GetUtcNow() < end;

    private void UpdateSize(Entry entry, StoredPage page)
    {
        toPack.Writer.TryWrite(entry.Recipe.Address);
        var total = Interlocked.Add(ref bytes, page.Size);
        if (!entries.TryGetValue(entry.Recipe.Address, out var kept) || kept != entry)
            Interlocked.Add(ref bytes, -entry.ReleaseBytes());
        else if (total > options.Value.MaxBytes)
            Evict();
    }

    /// <summary>Takes the pages asked for longest ago, until a tenth is free again.</summary>
    private void Evict()
    {
        foreach (var entry in entries.Values.Where(entry => entry.Finished is not null).OrderBy(entry => entry.UsedAt).ToList())
        {
            if (Bytes <= options.Value.MaxBytes / 10 * 9)
                return;
            Remove(entry);
        }
    }

    private void Remove(Entry entry)
    {
        if (entries.TryRemove(new KeyValuePair<string, Entry>(entry.Recipe.Address, entry)))
            Interlocked.Add(ref bytes, -entry.ReleaseBytes());
    }

    private sealed class Entry(PageDefinition recipe, long dropsBefore)
    {
        private long counted;
        private volatile StoredPage? finished;
        private long usedAt;

        public PageDefinition Recipe => recipe;

        /// <summary><see cref="Drops"/> from before anything for the page was read.</summary>
        public long DropsBefore => dropsBefore;

        public Lazy<Task<StoredPage>> Page { get; } = new(() => Task.Run(recipe.MakeAsync));

        public StoredPage? Finished => finished;

        public long UsedAt => Volatile.Read(ref usedAt);

        /// <returns>True for the first caller, which has to account for the page.</returns>
        public bool TrySetPage(StoredPage page)
        {
            if (Interlocked.CompareExchange(ref finished, page, null) is not null)
                return false;
            Volatile.Write(ref counted, page.Size);
            return true;
        }

        /// <returns>The bytes that were counted for the page.</returns>
        public long ReleaseBytes() => Interlocked.Exchange(ref counted, 0);

        /// <summary>Notes the use, to the second: a busy page would otherwise be written to by every core at every request.</summary>
        public StoredPage Use(StoredPage page, TimeProvider clock)
        {
            var second = clock.GetTimestamp() / clock.TimestampFrequency;
            if (Volatile.Read(ref usedAt) != second)
                Volatile.Write(ref usedAt, second);
            return page;
        }
    }
}
