using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Moderators.SigningIn;

namespace ArmTwitch.Tests.Moderators.SigningIn;

public sealed class PasswordAttemptLimiterTests
{
    private const string Ada = "ada@example.org";

    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1"), Stranger = IPAddress.Parse("198.51.100.1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_stranger_elsewhere_locks_nobody_out(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var attempts = TriesOf(site);
        for (var number = 0; number < 5; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync(Ada, Stranger, null, Stop)).Answer);

        Assert.Equal(PasswordAttemptOutcome.Refused, (await attempts.TryTakeAttemptAsync(Ada, Stranger, null, Stop)).Answer);
        Assert.Equal(PasswordAttemptOutcome.Refused, (await attempts.TryTakeAttemptAsync("ADA@example.org", Stranger, null, Stop)).Answer);
        Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync(Ada, Home, null, Stop)).Answer);
        Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync("bob@example.org", Stranger, null, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_lock_ends_although_somebody_goes_on_trying(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var attempts = TriesOf(site);
        for (var minute = 0; minute < 16; minute++)
        {
            await attempts.TryTakeAttemptAsync(Ada, Stranger, null, Stop);
            site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync(Ada, Stranger, null, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Many_tries_at_once_do_not_get_past_the_limit(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var attempts = TriesOf(site);

        var turns = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => attempts.TryTakeAttemptAsync(Ada, Stranger, null, Stop)));

        Assert.InRange(turns.Count(turn => turn.Answer is PasswordAttemptOutcome.Right), 0, 5);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_right_password_makes_the_wrong_ones_before_it_forgotten(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var attempts = TriesOf(site);
        for (var number = 0; number < 4; number++)
            await attempts.TryTakeAttemptAsync(Ada, Home, null, Stop);

        await attempts.RecordSuccessAsync(await attempts.TryTakeAttemptAsync(Ada, Home, null, Stop), Stop);

        for (var number = 0; number < 5; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync(Ada, Home, null, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_hundred_wrong_ones_from_everywhere_are_enough(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var attempts = TriesOf(site);
        for (var number = 0; number < PasswordAttemptLimiter.MostFromEverywhere; number++)
            Assert.Equal(
                PasswordAttemptOutcome.Right,
                (await attempts.TryTakeAttemptAsync(Ada, IPAddress.Parse($"10.0.{number}.1"), null, Stop)).Answer);

        Assert.Equal(PasswordAttemptOutcome.Refused, (await attempts.TryTakeAttemptAsync(Ada, Home, null, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task A_hundred_wrong_ones_leave_a_known_browser_its_own_five(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var attempts = TriesOf(site);
        for (var number = 0; number < PasswordAttemptLimiter.MostFromEverywhere; number++)
            await attempts.TryTakeAttemptAsync(Ada, IPAddress.Parse($"10.0.{number}.1"), null, Stop);

        for (var number = 0; number < 5; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync(Ada, Home, [1, 2, 3], Stop)).Answer);
        Assert.Equal(PasswordAttemptOutcome.Refused, (await attempts.TryTakeAttemptAsync(Ada, Home, [1, 2, 3], Stop)).Answer);
        Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync(Ada, Home, [4, 5, 6], Stop)).Answer);
    }

    [Fact]
    public async Task A_known_browser_without_a_try_left_has_those_of_a_stranger()
    {
        using var site = new ModeratorTestSite();
        var attempts = TriesOf(site);
        for (var number = 0; number < 10; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync(Ada, Home, [1, 2, 3], Stop)).Answer);

        Assert.Equal(PasswordAttemptOutcome.Refused, (await attempts.TryTakeAttemptAsync(Ada, Home, [1, 2, 3], Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task The_256_networks_of_one_48_lock_nobody_else_out(DatabaseKind database)
    {
        using var site = new ModeratorTestSite(database);
        var attempts = TriesOf(site);
        var tried = 0;
        for (var network = 0; network < 256; network++)
            tried += (await attempts.TryTakeAttemptAsync(Ada, IPAddress.Parse($"2001:db8:1:{network:x2}00::1"), null, Stop)).Answer
                    is PasswordAttemptOutcome.Right
                ? 1
                : 0;

        Assert.Equal(20, tried);
        Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync(Ada, Home, null, Stop)).Answer);
    }

    [Fact]
    public async Task A_try_on_a_locked_account_counts_for_the_network_which_is_refused_then_without_the_database()
    {
        using var site = new ModeratorTestSite(settings: ("Limits:SignInsInTenMinutes", "8"));
        var attempts = TriesOf(site);
        for (var number = 0; number < 8; number++)
            Assert.NotEqual(PasswordAttemptOutcome.TooMany, (await attempts.TryTakeAttemptAsync(Ada, Stranger, null, Stop)).Answer);
        Assert.Equal(PasswordAttemptOutcome.TooMany, (await attempts.TryTakeAttemptAsync(Ada, Stranger, null, Stop)).Answer);

        using var turn = await site.Site.Get<SqliteWriteLock>().AcquireAsync(Stop);

        Assert.Equal(PasswordAttemptOutcome.TooMany, (await attempts.TryTakeAttemptAsync(Ada, Stranger, null, Stop)).Answer);
    }

    [Fact]
    public async Task A_right_password_does_not_count_for_its_network()
    {
        using var site = new ModeratorTestSite(settings: ("Limits:SignInsInTenMinutes", "3"));
        var attempts = TriesOf(site);
        for (var person = 0; person < 5; person++)
            await attempts.RecordSuccessAsync(await attempts.TryTakeAttemptAsync($"person{person}@example.org", Home, null, Stop), Stop);
        for (var number = 0; number < 3; number++)
            Assert.Equal(PasswordAttemptOutcome.Right, (await attempts.TryTakeAttemptAsync(Ada, Home, null, Stop)).Answer);

        Assert.Equal(PasswordAttemptOutcome.TooMany, (await attempts.TryTakeAttemptAsync(Ada, Home, null, Stop)).Answer);
    }

    private static PasswordAttemptLimiter TriesOf(ModeratorTestSite site)
    {
        site.Visit();
        return site.Site.Get<PasswordAttemptLimiter>();
    }
}
