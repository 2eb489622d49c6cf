using ArmTwitch.Moderators.LocalTimes;

namespace ArmTwitch.Tests.Moderators.LocalTimes;

public sealed class LocalClockTests
{
    private static readonly LocalClock Berlin = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    [Theory]
    [InlineData("2026-11-30T12:00:00Z", "30 Nov 2026, 13:00 (12:00 UTC)")]
    [InlineData("2026-07-01T12:00:00Z", "1 Jul 2026, 14:00 (12:00 UTC)")]
    [InlineData("2026-12-31T23:30:00Z", "1 Jan 2027, 00:30 (31 Dec 2026, 23:30 UTC)")]
    public void A_time_is_said_as_the_editor_has_it_with_utc_beside_it(string at, string words) =>
        Assert.Equal(words, Berlin.Say(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Without_a_zone_there_is_utc_alone()
    {
        var noon = new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(("30 Nov 2026, 12:00 UTC", "12:00 UTC", "UTC"), (LocalClock.Utc.Say(noon), LocalClock.Utc.SayTime(noon), LocalClock.Utc.Name));
        Assert.Equal(noon, LocalClock.Utc.Read(noon.DateTime));
    }

    [Fact]
    public void A_time_that_is_chosen_becomes_the_moment_it_means_there()
    {
        Assert.Equal(
            new DateTimeOffset(2026, 12, 24, 9, 0, 0, TimeSpan.Zero), Berlin.Read(new DateTime(2026, 12, 24, 10, 0, 0, DateTimeKind.Local)));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 8, 0, 0, TimeSpan.Zero), Berlin.Read(new DateTime(2026, 7, 1, 10, 0, 0)));
    }

    [Fact]
    public void A_time_that_the_clocks_skip_is_none() => Assert.Null(Berlin.Read(new DateTime(2027, 3, 28, 2, 30, 0)));
}
