using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Moderators.SigningIn;

namespace ArmTwitch.Tests.Moderators.SigningIn;

public sealed class PasswordAttemptLimiterTests
{
    private const string Ada = "ada@example.org";

    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1"), Stranger = IPAddress.Parse("198.51.100.1");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_stranger_elsewhere_locks_nobody_out(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var limiter = LimiterOf(site);
        for (var number = 0; number < 5; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync(Ada, Stranger, null, Cancel)).Outcome);

        Assert.Equal(PasswordAttemptOutcome.Refused, (await limiter.TryTakeAttemptAsync(Ada, Stranger, null, Cancel)).Outcome);
        Assert.Equal(PasswordAttemptOutcome.Refused, (await limiter.TryTakeAttemptAsync("ADA@example.org", Stranger, null, Cancel)).Outcome);
        Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync(Ada, Home, null, Cancel)).Outcome);
        Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync("bob@example.org", Stranger, null, Cancel)).Outcome);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_lock_ends_although_attempts_go_on(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var limiter = LimiterOf(site);
        for (var minute = 0; minute < 16; minute++)
        {
            await limiter.TryTakeAttemptAsync(Ada, Stranger, null, Cancel);
            site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync(Ada, Stranger, null, Cancel)).Outcome);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Many_attempts_at_once_do_not_pass_the_limit(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var limiter = LimiterOf(site);

        var attempts = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => limiter.TryTakeAttemptAsync(Ada, Stranger, null, Cancel)));

        Assert.InRange(attempts.Count(attempt => attempt.Outcome is PasswordAttemptOutcome.Right), 0, 5);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_right_password_resets_the_count(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var limiter = LimiterOf(site);
        for (var number = 0; number < 4; number++)
            await limiter.TryTakeAttemptAsync(Ada, Home, null, Cancel);

        await limiter.RecordSuccessAsync(await limiter.TryTakeAttemptAsync(Ada, Home, null, Cancel), Cancel);

        for (var number = 0; number < 5; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync(Ada, Home, null, Cancel)).Outcome);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task After_a_hundred_attempts_from_everywhere_none_is_allowed(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var limiter = LimiterOf(site);
        for (var number = 0; number < PasswordAttemptLimiter.MostFromEverywhere; number++)
            Assert.Equal(
                PasswordAttemptOutcome.Right,
                (await limiter.TryTakeAttemptAsync(Ada, IPAddress.Parse($"10.0.{number}.1"), null, Cancel)).Outcome);

        Assert.Equal(PasswordAttemptOutcome.Refused, (await limiter.TryTakeAttemptAsync(Ada, Home, null, Cancel)).Outcome);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task After_a_hundred_attempts_a_known_browser_still_has_five(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var limiter = LimiterOf(site);
        for (var number = 0; number < PasswordAttemptLimiter.MostFromEverywhere; number++)
            await limiter.TryTakeAttemptAsync(Ada, IPAddress.Parse($"10.0.{number}.1"), null, Cancel);

        for (var number = 0; number < 5; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync(Ada, Home, [1, 2, 3], Cancel)).Outcome);
        Assert.Equal(PasswordAttemptOutcome.Refused, (await limiter.TryTakeAttemptAsync(Ada, Home, [1, 2, 3], Cancel)).Outcome);
        Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync(Ada, Home, [4, 5, 6], Cancel)).Outcome);
    }

    [Fact]
    public async Task A_known_browser_without_attempts_left_is_treated_as_unknown()
    {
        using var site = new ModeratorTestSite();
        var limiter = LimiterOf(site);
        for (var number = 0; number < 10; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync(Ada, Home, [1, 2, 3], Cancel)).Outcome);

        Assert.Equal(PasswordAttemptOutcome.Refused, (await limiter.TryTakeAttemptAsync(Ada, Home, [1, 2, 3], Cancel)).Outcome);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task The_256_networks_of_one_48_lock_nobody_else_out(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var limiter = LimiterOf(site);
        var tried = 0;
        for (var network = 0; network < 256; network++)
            tried += (await limiter.TryTakeAttemptAsync(Ada, IPAddress.Parse($"2001:db8:1:{network:x2}00::1"), null, Cancel)).Outcome
                    is PasswordAttemptOutcome.Right
                ? 1
                : 0;

        Assert.Equal(20, tried);
        Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync(Ada, Home, null, Cancel)).Outcome);
    }

    [Fact]
    public async Task Attempts_on_a_locked_account_count_and_a_blocked_network_needs_no_write()
    {
        using var site = new ModeratorTestSite(settings: ("Limits:SignInsInTenMinutes", "8"));
        var limiter = LimiterOf(site);
        for (var number = 0; number < 8; number++)
            Assert.NotEqual(PasswordAttemptOutcome.TooMany, (await limiter.TryTakeAttemptAsync(Ada, Stranger, null, Cancel)).Outcome);
        Assert.Equal(PasswordAttemptOutcome.TooMany, (await limiter.TryTakeAttemptAsync(Ada, Stranger, null, Cancel)).Outcome);

        using var held = await site.Site.Get<SqliteWriteLock>().AcquireAsync(Cancel);

        Assert.Equal(PasswordAttemptOutcome.TooMany, (await limiter.TryTakeAttemptAsync(Ada, Stranger, null, Cancel)).Outcome);
    }

    [Fact]
    public async Task A_right_password_does_not_count_for_its_network()
    {
        using var site = new ModeratorTestSite(settings: ("Limits:SignInsInTenMinutes", "3"));
        var limiter = LimiterOf(site);
        for (var person = 0; person < 5; person++)
            await limiter.RecordSuccessAsync(await limiter.TryTakeAttemptAsync($"person{person}@example.org", Home, null, Cancel), Cancel);
        for (var number = 0; number < 3; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await limiter.TryTakeAttemptAsync(Ada, Home, null, Cancel)).Outcome);

        Assert.Equal(PasswordAttemptOutcome.TooMany, (await limiter.TryTakeAttemptAsync(Ada, Home, null, Cancel)).Outcome);
    }

    private static PasswordAttemptLimiter LimiterOf(ModeratorTestSite site)
    {
        site.Visit();
        return site.Site.Get<PasswordAttemptLimiter>();
    }
}
