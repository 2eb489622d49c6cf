using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Pages;

/// <summary>
/// Finished pages by the exact spelling of their address. A page is made once, whatever the crowd that asks for it, and
/// forgotten when something it depends on changes.
/// </summary>
public sealed class PageStore(IOptions<PagesOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Channel<string> toPack = Channel.CreateBounded<string>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite });
    private long bytes;
    private long drops;

    /// <summary>Counts the drops so far. A page whose making began before a drop is not kept.</summary>
    public long Drops => Volatile.Read(ref drops);

    /// <summary>Bytes of finished pages, all codings together.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    public int Count => entries.Count;

    /// <summary>Addresses of pages that wait to be packed tighter; only addresses, so that a page can go while it waits.</summary>
    public ChannelReader<string> ToPack => toPack.Reader;

    /// <param name="target">The request target exactly as it came.</param>
    /// <returns>The finished page of that very spelling; null when there is none yet.</returns>
    public StoredPage? Find(string target) =>
        entries.TryGetValue(target, out var entry) && entry.Finished is { } page && IsFresh(entry) ? entry.Use(page, clock) : null;

    /// <summary>The page of the recipe: the one kept, or else one made now and kept from here on.</summary>
    /// <param name="recipe">Which page, and how to make it.</param>
    /// <param name="dropsBefore"><see cref="Drops"/> from before anything for the recipe was read.</param>
    public async Task<StoredPage> GetAsync(PageRecipe recipe, long dropsBefore)
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
            if (Drops == entry.DropsBefore && entry.Keep(page))
                Account(entry, page);
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

    private void Account(Entry entry, StoredPage page)
    {
        toPack.Writer.TryWrite(entry.Recipe.Address);
        var total = Interlocked.Add(ref bytes, page.Size);
        if (!entries.TryGetValue(entry.Recipe.Address, out var kept) || kept != entry)
            Interlocked.Add(ref bytes, -entry.Forget());
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
            Interlocked.Add(ref bytes, -entry.Forget());
    }

    private sealed class Entry(PageRecipe recipe, long dropsBefore)
    {
        private long counted;
        private volatile StoredPage? finished;
        private long usedAt;

        public PageRecipe Recipe => recipe;

        /// <summary><see cref="Drops"/> from before anything for the page was read.</summary>
        public long DropsBefore => dropsBefore;

        public Lazy<Task<StoredPage>> Page { get; } = new(() => Task.Run(recipe.MakeAsync));

        public StoredPage? Finished => finished;

        public long UsedAt => Volatile.Read(ref usedAt);

        /// <returns>True for the first caller, which has to account for the page.</returns>
        public bool Keep(StoredPage page)
        {
            if (Interlocked.CompareExchange(ref finished, page, null) is not null)
                return false;
            Volatile.Write(ref counted, page.Size);
            return true;
        }

        /// <returns>The bytes that were counted for the page.</returns>
        public long Forget() => Interlocked.Exchange(ref counted, 0);

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

/// <summary>Which page, what it depends on and how it is made.</summary>
/// <param name="Address">The one spelling of the page's address, with its query if it has one.</param>
/// <param name="DependsOn">Names of what the page shows, as given to <see cref="PageStore.Drop"/>.</param>
/// <param name="MakeAsync">Makes the page; called at most once.</param>
/// <param name="FreshUntil">When the page stops being true by the clock alone.</param>
public sealed record PageRecipe(string Address, IReadOnlyCollection<string> DependsOn, Func<Task<StoredPage>> MakeAsync, DateTimeOffset? FreshUntil = null);
