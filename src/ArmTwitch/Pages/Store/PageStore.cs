using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Pages.Store;

/// <summary>
/// Rendered pages by their canonical address. A page is rendered once, however many requests wait for it, and dropped when something it
/// depends on changes.
/// </summary>
public sealed class PageStore(IOptions<PagesOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Channel<(string, DateTimeOffset)> toCompress = Channel.CreateBounded<(string, DateTimeOffset)>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });
    private long bytes;
    private long drops;

    /// <summary>How many drops there were. A page whose data was read before a drop may be stale, so it is not stored.</summary>
    public long Drops => Volatile.Read(ref drops);

    /// <summary>The size of all stored pages in all codings, in bytes.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    public int Count => entries.Count;

    /// <summary>
    /// Pages that wait for better compression, and since when they are stored. Addresses only, so that a waiting page can be evicted.
    /// </summary>
    public ChannelReader<(string Address, DateTimeOffset StoredAt)> AwaitingCompression => toCompress.Reader;

    /// <param name="target">The raw request target.</param>
    /// <returns>The stored page with exactly this address; null when there is none.</returns>
    public StoredPage? Find(string target) =>
        entries.TryGetValue(target, out var entry) && entry.Finished is { } page && IsFresh(entry) ? entry.Use(page, clock) : null;

    /// <returns>The page with this address that has been stored since then; null when it was dropped, or made anew later.</returns>
    public StoredPage? FindSince(string address, DateTimeOffset storedAt) =>
        entries.TryGetValue(address, out var entry) && entry.StoredAt <= storedAt ? entry.Finished : null;

    /// <summary>The stored page; made and stored if there is none.</summary>
    /// <param name="dropsBefore"><see cref="Drops"/> from before any data of the page was read.</param>
    public async Task<StoredPage> GetAsync(PageDefinition definition, long dropsBefore)
    {
        var entry = entries.GetOrAdd(definition.Address, NewEntry);
        if (!IsFresh(entry) || (entry.Finished is null && entry.DropsBefore != dropsBefore))
        {
            Remove(entry);
            entry = entries.GetOrAdd(definition.Address, NewEntry);
        }

        try
        {
            var page = entry.Use(await entry.Page.Value, clock);
            if (Drops == entry.DropsBefore && entry.TrySetPage(page, clock.GetUtcNow()))
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

        Entry NewEntry(string address) => new(definition, dropsBefore);
    }

    /// <summary>Removes every page that has one of these dependencies.</summary>
    public void Drop(params IReadOnlyCollection<string> dependencies) => DropWhere(dependencies.Contains);

    /// <summary>Removes every page that has a dependency like this.</summary>
    public void DropWhere(Func<string, bool> isMeant)
    {
        Interlocked.Increment(ref drops);
        foreach (var entry in entries.Values.Where(entry => entry.Definition.DependsOn.Any(isMeant)))
            Remove(entry);
    }

    public void DropAll()
    {
        Interlocked.Increment(ref drops);
        foreach (var entry in entries.Values)
            Remove(entry);
    }

    private bool IsFresh(Entry entry) => entry.Definition.FreshUntil is not { } end || clock.GetUtcNow() < end;

    private void UpdateSize(Entry entry, StoredPage page)
    {
        toCompress.Writer.TryWrite((entry.Definition.Address, entry.StoredAt));
        var total = Interlocked.Add(ref bytes, page.Size);
        if (!entries.TryGetValue(entry.Definition.Address, out var kept) || kept != entry)
            Interlocked.Add(ref bytes, -entry.ReleaseBytes());
        else if (total > options.Value.MaxBytes)
            Evict();
    }

    /// <summary>Removes the least recently used pages until a tenth of the size limit is free.</summary>
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
        if (entries.TryRemove(new KeyValuePair<string, Entry>(entry.Definition.Address, entry)))
            Interlocked.Add(ref bytes, -entry.ReleaseBytes());
    }

    private sealed class Entry(PageDefinition definition, long dropsBefore)
    {
        private long counted;
        private volatile StoredPage? finished;
        private long usedAt;

        public PageDefinition Definition => definition;

        /// <summary><see cref="Drops"/> from before any data of the page was read.</summary>
        public long DropsBefore => dropsBefore;

        public Lazy<Task<StoredPage>> Page { get; } = new(() => Task.Run(definition.MakeAsync));

        public StoredPage? Finished => finished;

        public long UsedAt => Volatile.Read(ref usedAt);

        public DateTimeOffset StoredAt { get; private set; } = DateTimeOffset.MaxValue;

        /// <returns>True for the first caller, which must count the page's bytes.</returns>
        public bool TrySetPage(StoredPage page, DateTimeOffset now)
        {
            if (Interlocked.CompareExchange(ref finished, page, null) is not null)
                return false;
            StoredAt = now;
            Volatile.Write(ref counted, page.Size);
            return true;
        }

        /// <returns>The bytes that were counted for the page.</returns>
        public long ReleaseBytes() => Interlocked.Exchange(ref counted, 0);

        /// <summary>Records the use to the second: more often, the cores would contend for the cache line of a busy page.</summary>
        public StoredPage Use(StoredPage page, TimeProvider clock)
        {
            var second = clock.GetTimestamp() / clock.TimestampFrequency;
            if (Volatile.Read(ref usedAt) != second)
                Volatile.Write(ref usedAt, second);
            return page;
        }
    }
}
