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
            Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Stranger, Stop)).Answer);

        Assert.Equal(SignInAnswer.Refused, (await tries.TakeTurnAsync(Ada, Stranger, Stop)).Answer);
        Assert.Equal(SignInAnswer.Refused, (await tries.TakeTurnAsync("ADA@example.org", Stranger, Stop)).Answer);
        Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Home, Stop)).Answer);
        Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync("bob@example.org", Stranger, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_lock_ends_although_somebody_goes_on_trying(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);
        for (var minute = 0; minute < 16; minute++)
        {
            await tries.TakeTurnAsync(Ada, Stranger, Stop);
            site.Site.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Stranger, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task Many_tries_at_once_do_not_get_past_the_limit(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);

        var turns = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => tries.TakeTurnAsync(Ada, Stranger, Stop)));

        Assert.InRange(turns.Count(turn => turn.Answer is SignInAnswer.Right), 0, 5);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_right_password_makes_the_wrong_ones_before_it_forgotten(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);
        for (var number = 0; number < 4; number++)
            await tries.TakeTurnAsync(Ada, Home, Stop);

        await tries.WasRightAsync(await tries.TakeTurnAsync(Ada, Home, Stop), Stop);

        for (var number = 0; number < 5; number++)
            Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, Home, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(Databases.Both), MemberType = typeof(Databases))]
    public async Task A_hundred_wrong_ones_from_everywhere_are_enough(DatabaseKind database)
    {
        using var site = new ModeratorSite(database);
        var tries = TriesOf(site);
        for (var number = 0; number < SignInTries.MostFromEverywhere; number++)
            Assert.Equal(SignInAnswer.Right, (await tries.TakeTurnAsync(Ada, IPAddress.Parse($"10.0.{number}.1"), Stop)).Answer);

        Assert.Equal(SignInAnswer.Refused, (await tries.TakeTurnAsync(Ada, Home, Stop)).Answer);
    }

    private static SignInTries TriesOf(ModeratorSite site)
    {
        site.Visit();
        return site.Site.Get<SignInTries>();
    }
}
