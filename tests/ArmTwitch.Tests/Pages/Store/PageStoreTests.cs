using System.Security.Cryptography;
using ArmTwitch.Pages.Store;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ArmTwitch.Tests.Pages.Store;

public sealed class PageStoreTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly PageStore store;
    private int made;

    public PageStoreTests() => store = new PageStore(Options.Create(new PagesOptions { MaxBytes = 1_000_000 }), clock);

    [Fact]
    public async Task A_page_is_made_once_and_then_found()
    {
        Assert.Null(store.Find("/a"));

        var page = await store.GetAsync(Recipe("/a"), store.Drops);

        Assert.Same(page, store.Find("/a"));
        Assert.Same(page, await store.GetAsync(Recipe("/a"), store.Drops));
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task A_crowd_that_asks_at_once_has_the_page_made_once()
    {
        using var gate = new ManualResetEventSlim();
        var crowd = Enumerable.Range(0, 200).Select(_ => store.GetAsync(Recipe("/a", wait: gate), store.Drops)).ToList();

        gate.Set();
        var pages = await Task.WhenAll(crowd);

        Assert.Equal(1, made);
        Assert.Single(pages.Distinct());
    }

    [Fact]
    public async Task Dropping_a_dependency_drops_exactly_what_depends_on_it()
    {
        await store.GetAsync(Recipe("/a", dependsOn: ["x"]), store.Drops);
        await store.GetAsync(Recipe("/b", dependsOn: ["x", "y"]), store.Drops);
        await store.GetAsync(Recipe("/c", dependsOn: ["z"]), store.Drops);

        store.Drop("x");

        Assert.Null(store.Find("/a"));
        Assert.Null(store.Find("/b"));
        Assert.NotNull(store.Find("/c"));
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public async Task A_page_whose_making_began_before_a_drop_is_not_kept()
    {
        var begun = store.Drops;
        store.Drop("x");

        await store.GetAsync(Recipe("/a", dependsOn: ["x"]), begun);

        Assert.Null(store.Find("/a"));
        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public async Task A_page_dropped_while_it_is_made_is_not_kept()
    {
        using var gate = new ManualResetEventSlim();
        var making = store.GetAsync(Recipe("/a", dependsOn: ["x"], wait: gate), store.Drops);

        store.Drop("x");
        gate.Set();
        await making;

        Assert.Null(store.Find("/a"));
        Assert.Equal(0, store.Bytes);
    }

    [Fact]
    public async Task A_page_ends_by_the_clock()
    {
        await store.GetAsync(Recipe("/a", freshFor: TimeSpan.FromDays(1)), store.Drops);

        clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.NotNull(store.Find("/a"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(store.Find("/a"));
        await store.GetAsync(Recipe("/a"), store.Drops);

        Assert.Equal(2, made);
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public async Task A_failure_is_told_to_everybody_who_waits_and_not_kept()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => store.GetAsync(new PageDefinition("/a", [], () => throw new InvalidOperationException()), store.Drops));

        Assert.Equal(0, store.Count);
        Assert.NotNull(await store.GetAsync(Recipe("/a"), store.Drops));
    }

    [Fact]
    public async Task The_pages_asked_for_longest_ago_go_when_the_bytes_run_out()
    {
        for (var i = 0; i < 30; i++)
        {
            await store.GetAsync(Recipe($"/{i}", size: 40_000), store.Drops);
            Assert.NotNull(store.Find($"/{i}"));
            clock.Advance(TimeSpan.FromSeconds(1));
            store.Find("/0");
        }

        Assert.InRange(store.Bytes, 1, 1_000_000);
        Assert.NotNull(store.Find("/0"));
        Assert.Null(store.Find("/1"));
        Assert.NotNull(store.Find("/29"));
    }

    [Fact]
    public void A_page_is_kept_packed_alone()
    {
        var page = new StoredPage(new byte[100_000], PageKind.Html);

        Assert.InRange(page.Size, 1, 1000);
    }

    [Fact]
    public async Task Bytes_return_to_zero_when_everything_is_dropped_in_a_storm()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var readers = Enumerable.Range(0, 4).Select(reader => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await store.GetAsync(Recipe($"/{i % 7}", dependsOn: ["x"]), store.Drops);
        })).ToList();
        while (!stop.IsCancellationRequested)
            store.Drop("x");
        await Task.WhenAll(readers);

        store.Drop("x");

        Assert.Equal(0, store.Count);
        Assert.Equal(0, store.Bytes);
    }

    private PageDefinition Recipe(
        string address, IReadOnlyCollection<string>? dependsOn = null, ManualResetEventSlim? wait = null, TimeSpan? freshFor = null,
        int size = 1000) => new(
            address,
            dependsOn ?? [],
            () =>
            {
                wait?.Wait(TimeSpan.FromSeconds(10));
                Interlocked.Increment(ref made);
                return Task.FromResult(new StoredPage(Noise(size), PageKind.Html));
            },
            freshFor is { } time ? clock.GetUtcNow() + time : null);

    /// <summary>What no coding makes shorter.</summary>
    private static byte[] Noise(int size) =>
        [.. Enumerable.Range(0, (size / 32) + 1).SelectMany(part => SHA256.HashData(BitConverter.GetBytes(part))).Take(size)];
}
