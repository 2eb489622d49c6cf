using System.Net;
using ArmTwitch.Data;
using ArmTwitch.Moderators;

namespace ArmTwitch.Tests.Moderators;

public sealed class SignInTriesTests
{
    private const string Ada = "ada@example.org";

    private static readonly IPAddress Home = IPAddress.Parse("192.0.2.1"), Stranger = IPAddress.Parse("198.51.100.1");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_stranger_elsewhere_locks_nobody_out(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);
        for (var number = 0; number < 5; number++)
            Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Stranger, null, Stop)).Answer);

        Assert.Equal(SignInAnswer.Refused, (await tries.TakeTurnAsync(Ada, Stranger, null, Stop)).Answer);
        Assert.Equal(SignInAnswer.Refused, (await tries.TakeTurnAsync("ADA@example.org", Stranger, null, Stop)).Answer);
        Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Home, null, Stop)).Answer);
        Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync("bob@example.org", Stranger, null, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_lock_ends_although_somebody_goes_on_trying(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);
        for (var minute = 0; minute < 16; minute++)
        {
            await tries.TakeTurnAsync(Ada, Stranger, null, Stop);
            site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Stranger, null, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Many_tries_at_once_do_not_get_past_the_limit(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);

        var turns = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => tries.TakeTurnAsync(Ada, Stranger, null, Stop)));

        Assert.InRange(turns.Count(turn => turn.Answer is SignInAnswer.Right), 0, 5);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_right_password_makes_the_wrong_ones_before_it_forgotten(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);
        for (var number = 0; number < 4; number++)
            await tries.TakeTurnAsync(Ada, Home, null, Stop);

        await tries.WasRightAsync(await tries.TakeTurnAsync(Ada, Home, null, Stop), Stop);

        for (var number = 0; number < 5; number++)
            Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Home, null, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_hundred_wrong_ones_from_everywhere_are_enough(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);
        for (var number = 0; number < SignInTries.MostFromEverywhere; number++)
            Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, IPAddress.Parse($"10.0.{number}.1"), null, Stop)).Answer);

        Assert.Equal(SignInAnswer.Refused, (await tries.TakeTurnAsync(Ada, Home, null, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_hundred_wrong_ones_leave_a_known_browser_its_own_five(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);
        for (var number = 0; number < SignInTries.MostFromEverywhere; number++)
            await tries.TakeTurnAsync(Ada, IPAddress.Parse($"10.0.{number}.1"), null, Stop);

        for (var number = 0; number < 5; number++)
            Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Home, [1, 2, 3], Stop)).Answer);
        Assert.Equal(SignInAnswer.Refused, (await tries.TakeTurnAsync(Ada, Home, [1, 2, 3], Stop)).Answer);
        Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Home, [4, 5, 6], Stop)).Answer);
    }

    [Fact]
    public async Task A_known_browser_without_a_try_left_has_those_of_a_stranger()
    {
        using var site = new ModeratorSite();
        var tries = TriesOf(site);
        for (var number = 0; number < 10; number++)
            Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Home, [1, 2, 3], Stop)).Answer);

        Assert.Equal(SignInAnswer.Refused, (await tries.TakeTurnAsync(Ada, Home, [1, 2, 3], Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task The_256_networks_of_one_48_lock_nobody_else_out(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);
        var tried = 0;
        for (var network = 0; network < 256; network++)
            tried += (await tries.TakeTurnAsync(Ada, IPAddress.Parse($"2001:db8:1:{network:x2}00::1"), null, Stop)).Answer is SignInAnswer.Right ? 1 : 0;

        Assert.Equal(20, tried);
        Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Home, null, Stop)).Answer);
    }

    [Fact]
    public async Task A_try_on_a_locked_account_counts_for_the_network_which_is_refused_then_without_the_database()
    {
        using var site = new ModeratorSite(settings: ("Limits:SignInsInTenMinutes", "8"));
        var tries = TriesOf(site);
        for (var number = 0; number < 8; number++)
            Assert.NotEqual(SignInAnswer.TooMany, (await tries.TakeTurnAsync(Ada, Stranger, null, Stop)).Answer);
        Assert.Equal(SignInAnswer.TooMany, (await tries.TakeTurnAsync(Ada, Stranger, null, Stop)).Answer);

        using var turn = await site.Site.Get<WriteGate>().EnterAsync(Stop);

        Assert.Equal(SignInAnswer.TooMany, (await tries.TakeTurnAsync(Ada, Stranger, null, Stop)).Answer);
    }

    [Fact]
    public async Task A_right_password_does_not_count_for_its_network()
    {
        using var site = new ModeratorSite(settings: ("Limits:SignInsInTenMinutes", "3"));
        var tries = TriesOf(site);
        for (var person = 0; person < 5; person++)
            await tries.WasRightAsync(await tries.TakeTurnAsync($"person{person}@example.org", Home, null, Stop), Stop);
        for (var number = 0; number < 3; number++)
            Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Home, null, Stop)).Answer);

        Assert.Equal(SignInAnswer.TooMany, (await tries.TakeTurnAsync(Ada, Home, null, Stop)).Answer);
    }

    private static SignInTries TriesOf(ModeratorSite site)
    {
        site.Visit();
        return site.Site.Get<SignInTries>();
    }
}
