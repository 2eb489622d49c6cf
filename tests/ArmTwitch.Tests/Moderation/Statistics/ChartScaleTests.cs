using ArmTwitch.Moderation.Statistics;

namespace ArmTwitch.Tests.Moderation.Statistics;

public sealed class ChartScaleTests
{
    [Theory]
    [InlineData(0, "0 1")]
    [InlineData(.4, "0 1")]
    [InlineData(3, "0 1 2 3")]
    [InlineData(5, "0 2 4 6")]
    [InlineData(40, "0 10 20 30 40")]
    [InlineData(41, "0 20 40 60")]
    [InlineData(1234, "0 500 1000 1500")]
    [InlineData(1_000_000, "0 500000 1000000")]
    public void An_axis_ends_at_or_above_the_highest_value_in_a_few_round_steps(double highest, string ticks) =>
        Assert.Equal(ticks, string.Join(' ', ChartScale.For(highest).Ticks));
}
