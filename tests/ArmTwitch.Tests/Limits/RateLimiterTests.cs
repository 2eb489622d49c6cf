using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Data.Retention;
using ArmTwitch.Limits;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Tests.Limits;

public sealed class RateLimiterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Hour = TimeSpan.FromHours(1);

    private static readonly RateLimit Three = new("three", new RateWindow(3, Hour)), One = new("one", new RateWindow(1, Hour));

    private static readonly RateLimit AlwaysOne = new("always one", new RateWindow(1, Hour)) { IsAlwaysOn = true };

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task What_is_over_the_limit_waits_until_the_first_one_leaves_the_window(DatabaseKind database)
    {
        using var site = Open(database);
        for (var number = 0; number < 3; number++)
        {
            Assert.Null(await TakeAsync(site, Three, "192.0.2.1"));
            site.Clock.Advance(Minute);
        }

        Assert.Equal(57 * Minute, await TakeAsync(site, Three, "192.0.2.200"));
        Assert.Null(await TakeAsync(site, Three, "192.0.3.1"));
        site.Clock.Advance(57 * Minute);

        Assert.Null(await TakeAsync(site, Three, "192.0.2.1"));
        Assert.Equal(Minute, await TakeAsync(site, Three, "192.0.2.1"));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Twelve_at_once_pass_a_limit_of_one_once(DatabaseKind database)
    {
        using var site = Open(database);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => TakeAsync(site, One, "192.0.2.1"), Stop)));

        Assert.Single(answers, answer => answer is null);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Each_of_twelve_at_once_takes_back_one_of_its_own(DatabaseKind database)
    {
        using var site = Open(database);
        var (limiter, twelve) = (site.Get<RateLimiter>(), new RateLimit("twelve", new RateWindow(12, Hour)));
        var keys = twelve.For(await site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse("192.0.2.1"), Stop));
        for (var number = 0; number < 12; number++)
            await limiter.TakeAsync(keys, Stop);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => limiter.RefundAsync(keys, Stop), Stop)));

        await using var db = site.Database();
        Assert.Equal(0, await db.Set<RateLimitEvent>().CountAsync(Stop));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Replicas_count_together(DatabaseKind database)
    {
        using var site = Open(database);
        using var other = new TestSite(settings: site.SameDatabase);
        other.Visit().Dispose();

        Assert.Null(await TakeAsync(site, One, "192.0.2.1"));

        Assert.NotNull(await TakeAsync(other, One, "192.0.2.1"));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task The_256_networks_of_one_48_do_four_times_as_much_as_one_of_them(DatabaseKind database)
    {
        using var site = Open(database);
        var passed = 0;
        for (var network = 0; network < 256; network++)
            passed += await TakeAsync(site, One, $"2001:db8:1:{network:x2}00::1") is null ? 1 : 0;

        Assert.Equal(4, passed);
        Assert.Null(await TakeAsync(site, One, "2001:db8:2::1"));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_window_reaches_over_midnight_though_the_key_is_another(DatabaseKind database)
    {
        using var site = Open(database);
        site.AwaitMidnight(10 * Minute);
        Assert.Null(await TakeAsync(site, One, "2001:db8::1"));

        site.Clock.Advance(20 * Minute);

        Assert.Equal(40 * Minute, await TakeAsync(site, One, "2001:db8::1"));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_key_is_forgotten_the_day_after_its_own_and_a_count_after_a_day(DatabaseKind database)
    {
        using var site = Open(database);
        await TakeAsync(site, One, "192.0.2.1");
        var first = await KeysAsync(site);
        site.Clock.Advance(TimeSpan.FromDays(1));
        await TakeAsync(site, One, "192.0.2.1");
        Assert.Equal(2, (await KeysAsync(site)).Count);

        site.Clock.Advance(TimeSpan.FromDays(1));
        await using var db = site.Database();
        var context = new RetentionContext(db, site.Get<WriteTransactionFactory>(), site.Clock.GetUtcNow());
        foreach (var rule in site.Get<IEnumerable<IRetentionRules>>().OfType<RateLimitRetentionRules>().Single().Rules)
            Assert.True(await rule.ApplyAsync(context, Stop) > 0, rule.Name);

        Assert.Empty((await KeysAsync(site)).Intersect(first));
        Assert.False(await db.Set<RateLimitEvent>().AnyAsync(Stop));
    }

    [Fact]
    public async Task The_same_network_has_another_hash_the_next_day()
    {
        using var site = Open(DatabaseKind.Sqlite);
        var today = await site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse("192.0.2.1"), Stop);
        site.Clock.Advance(TimeSpan.FromDays(1));
        var tomorrow = await site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse("192.0.2.99"), Stop);

        Assert.NotEqual(today.Narrow.Today, tomorrow.Narrow.Today);
        Assert.Equal(today.Narrow.Today, tomorrow.Narrow.Yesterday);
    }

    [Fact]
    public async Task What_was_refused_is_refused_again_without_the_database()
    {
        using var site = Open(DatabaseKind.Sqlite);
        var limiter = site.Get<RateLimiter>();
        var keys = One.For(await site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse("192.0.2.1"), Stop));
        await limiter.TakeAsync(keys, Stop);
        await limiter.TakeAsync(keys, Stop);

        using var turn = await site.Get<SqliteWriteLock>().AcquireAsync(Stop);

        Assert.Equal(Hour, await limiter.TakeAsync(keys, Stop));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task All_keys_must_have_room_and_none_is_counted_when_one_has_not(DatabaseKind database)
    {
        using var site = Open(database);
        var (limiter, comment, network) =
            (site.Get<RateLimiter>(), Guid.NewGuid(), await site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse("192.0.2.1"), Stop));
        Assert.Null(await limiter.TakeAsync(One.For(comment), Stop));

        Assert.NotNull(await limiter.TakeAsync([.. Three.For(network), .. One.For(comment)], Stop));

        for (var number = 0; number < 3; number++)
            Assert.Null(await limiter.TakeAsync(Three.For(network), Stop));
        Assert.NotNull(await limiter.TakeAsync(Three.For(network), Stop));
        await limiter.DeleteAsync(Three.For(network), Stop);
        Assert.Null(await limiter.TakeAsync(Three.For(network), Stop));
    }

    [Fact]
    public async Task Lifted_limits_count_nothing_but_what_always_holds()
    {
        using var site = new TestSite(settings: ("Limits:Enabled", "false"));
        site.Visit().Dispose();

        Assert.Null(await TakeAsync(site, One, "192.0.2.1"));
        Assert.Null(await TakeAsync(site, One, "192.0.2.1"));
        Assert.Null(await TakeAsync(site, AlwaysOne, "192.0.2.1"));
        Assert.NotNull(await TakeAsync(site, AlwaysOne, "192.0.2.1"));
        Assert.Null(site.Get<MemoryRateLimiter>().Take(One, IPAddress.Loopback));
        Assert.Null(site.Get<MemoryRateLimiter>().Take(One, IPAddress.Loopback));
    }

    [Fact]
    public void In_memory_a_network_begins_with_all_of_its_count_and_gets_it_back_evenly()
    {
        using var site = new TestSite();
        var limiter = site.Get<MemoryRateLimiter>();
        for (var number = 0; number < 3; number++)
            Assert.Null(limiter.Take(Three, IPAddress.Parse("192.0.2.1")));

        Assert.Equal(20 * Minute, limiter.Take(Three, IPAddress.Parse("::ffff:192.0.2.7")));
        Assert.Null(limiter.Take(One, IPAddress.Parse("192.0.2.1")));
        site.Clock.Advance(20 * Minute);
        Assert.Null(limiter.Take(Three, IPAddress.Parse("192.0.2.1")));
        Assert.Equal(20 * Minute, limiter.Take(Three, IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void In_memory_a_48_of_256_networks_does_four_times_as_much_as_one_of_them()
    {
        using var site = new TestSite();
        var limiter = site.Get<MemoryRateLimiter>();

        var passed = Enumerable.Range(0, 256).Count(network => limiter.Take(One, IPAddress.Parse($"2001:db8:1:{network:x2}00::1")) is null);

        Assert.Equal(4, passed);
    }

    [Fact]
    public void Only_an_IPv6_address_has_a_wide_network()
    {
        var (four, mapped, six) = (
            ClientNetwork.PrefixesOf(IPAddress.Parse("192.0.2.1")), ClientNetwork.PrefixesOf(IPAddress.Parse("::ffff:192.0.2.1")),
            ClientNetwork.PrefixesOf(IPAddress.Parse("2001:db8::1")));

        Assert.Equal((3, null, 3, null), (four.Narrow.Length, four.Wide?.Length, mapped.Narrow.Length, mapped.Wide?.Length));
        Assert.Equal((7, 6), (six.Narrow.Length, six.Wide!.Value.Length));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Networks_of_IPv4_do_not_share_a_limit(DatabaseKind database)
    {
        using var site = Open(database);

        for (var network = 0; network < 12; network++)
            Assert.Null(await TakeAsync(site, One, $"192.0.{network}.1"));
        Assert.All(
            Enumerable.Range(0, 12),
            network => Assert.Null(site.Get<MemoryRateLimiter>().Take(One, IPAddress.Parse($"192.0.{network}.1"))));
    }

    private static TestSite Open(DatabaseKind database)
    {
        var site = new TestSite(database: database);
        site.Visit().Dispose();
        return site;
    }

    private static async Task<TimeSpan?> TakeAsync(TestSite site, RateLimit limit, string from) =>
        await site.Get<RateLimiter>()
            .TakeAsync(limit.For(await site.Get<ClientNetworkHasher>().HashAsync(IPAddress.Parse(from), Stop)), Stop);

    private static async Task<List<string>> KeysAsync(TestSite site)
    {
        await using var db = site.Database();
        return (await db.Set<DailyKey>().AsNoTracking().ToListAsync(Stop)).ConvertAll(key => Convert.ToHexString(key.Value));
    }
}
