using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Data.Retention;
using ArmTwitch.Limits;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ArmTwitch.Tests.Data.Clocks;

/// <summary>A replica whose clock is wrong leaves alone what the others have just taken in.</summary>
public sealed class ClockComparisonTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, null)]
    [InlineData(5, null)]
    [InlineData(-5, null)]
    [InlineData(6, "6 minutes ahead of")]
    [InlineData(-6, "6 minutes behind")]
    [InlineData(-180, "3 hours behind")]
    [InlineData(400 * 24 * 60, "400 days ahead of")]
    public async Task More_than_five_minutes_are_a_difference(int minutes, string? expected)
    {
        using var log = new CapturedLog();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var clocks = new ClockComparison(
            new ProgramClock(new FakeTimeProvider(Noon)), new FakeTimeProvider(Noon.AddMinutes(minutes)), factory.CreateLogger<ClockComparison>());

        Assert.Equal(expected, await clocks.FindDifferenceAsync(Stop));
        Assert.Equal(expected is null, await clocks.AgreeAsync(Stop));
        Assert.Equal(expected is null ? 0 : 1, log.Lines.Count);
    }

    [Fact]
    public async Task The_log_says_once_that_the_clocks_differ_and_once_that_they_agree_again()
    {
        using var log = new CapturedLog();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var (here, there) = (new FakeTimeProvider(Noon), new FakeTimeProvider(Noon));
        var clocks = new ClockComparison(new ProgramClock(there), here, factory.CreateLogger<ClockComparison>());
        await clocks.AgreeAsync(Stop);

        here.Advance(TimeSpan.FromHours(2));
        await clocks.AgreeAsync(Stop);
        here.Advance(TimeSpan.FromHours(1));
        await clocks.AgreeAsync(Stop);
        there.Advance(TimeSpan.FromHours(3));
        await clocks.AgreeAsync(Stop);
        await clocks.AgreeAsync(Stop);

        Assert.Equal(
            [
                "The clock of this machine is 2 hours ahead of that of PostgreSQL. Until they agree, this program deletes nothing that is "
                    + "over and sends no scheduled issue. Set the clocks of both machines by NTP",
                "The clock of this machine agrees with that of PostgreSQL again",
            ],
            log.Lines);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public async Task A_time_of_the_database_is_told_by_the_own_clock(int minutes)
    {
        var here = new FakeTimeProvider(Noon.AddMinutes(minutes));
        var clocks = new ClockComparison(new ProgramClock(new FakeTimeProvider(Noon)), here, NullLogger<ClockComparison>.Instance);
        await clocks.AgreeAsync(Stop);

        Assert.Equal((Noon, here.GetUtcNow()), (clocks.SharedNow, clocks.OwnTimeOf(Noon)));
    }

    [Theory]
    [MemberData(nameof(TestDatabases.Both), MemberType = typeof(TestDatabases))]
    public async Task Nothing_is_deleted_while_the_clocks_differ(DatabaseKind kind)
    {
        var there = new FakeTimeProvider(Noon);
        using var site = new TestSite(database: kind).With(services => services.AddSingleton<IDatabaseClock>(new ProgramClock(there)));
        using var visitor = site.Visit();
        await using var db = site.Database();
        db.Add(new RateLimitEvent { Key = [1], At = Noon });
        await db.SaveChangesAsync(Stop);

        site.Clock.SetUtcNow(Noon.AddDays(400));
        await site.Get<RetentionService>().ApplyRulesAsync(Stop);
        Assert.Equal(1, await db.Set<RateLimitEvent>().CountAsync(Stop));

        there.SetUtcNow(Noon.AddDays(400));
        await site.Get<RetentionService>().ApplyRulesAsync(Stop);
        Assert.Equal(0, await db.Set<RateLimitEvent>().CountAsync(Stop));
    }

    [Fact]
    public async Task The_clock_of_PostgreSQL_is_asked_and_health_says_by_how_much_they_differ()
    {
        using var site = new TestSite(database: DatabaseKind.Postgres)
            .With(services => services.AddSingleton<IDatabaseClock, PostgresClock>());
        using var visitor = site.Visit();
        site.Clock.SetUtcNow(TimeProvider.System.GetUtcNow().AddDays(400.5));

        var report = await site.Get<HealthCheckService>().CheckHealthAsync(check => check.Name is "clock", Stop);

        var entry = Assert.Single(report.Entries).Value;
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.StartsWith(
            "The clock of this machine is 400 days ahead of that of PostgreSQL.", entry.Description, StringComparison.Ordinal);
    }
}
