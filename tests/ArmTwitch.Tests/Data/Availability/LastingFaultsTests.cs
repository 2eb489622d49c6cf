using ArmTwitch.Data.Availability;
using Microsoft.Extensions.Time.Testing;

namespace ArmTwitch.Tests.Data.Availability;

/// <summary>A fault that lasts for a night fills no log, and is not forgotten either.</summary>
public sealed class LastingFaultsTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly LastingFaults faults;

    public LastingFaultsTests() => faults = new LastingFaults(clock);

    [Fact]
    public void A_fault_that_lasts_has_a_line_when_it_begins_and_one_an_hour()
    {
        var lines = 0;
        for (var minute = 0; minute < 180; minute++, clock.Advance(TimeSpan.FromMinutes(1)))
            lines += faults.IsWorthALine("mails", "57P01") ? 1 : 0;

        Assert.Equal(3, lines);
    }

    [Fact]
    public void Another_reason_and_another_fault_have_lines_of_their_own()
    {
        Assert.True(faults.IsWorthALine("mails", "57P01"));
        Assert.True(faults.IsWorthALine("mails", "28P01"));
        Assert.True(faults.IsWorthALine("bounces", "28P01"));
        Assert.False(faults.IsWorthALine("mails", "28P01"));
    }

    [Fact]
    public void A_fault_ends_once_and_may_begin_again()
    {
        Assert.False(faults.TryEnd("mails"));

        Assert.True(faults.IsWorthALine("mails", "57P01"));
        Assert.True(faults.TryEnd("mails"));

        Assert.False(faults.TryEnd("mails"));
        Assert.True(faults.IsWorthALine("mails", "57P01"));
    }
}
