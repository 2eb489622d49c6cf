using ArmTwitch.Phrases;

namespace ArmTwitch.Tests.Phrases;

public sealed class CrisisPlanPhrasesTests
{
    [Theory]
    [InlineData("I want to kill myself. Nobody would miss me.", false)]
    [InlineData("suicidal", false)]
    [InlineData("I feel that life is not worth living", false)]
    [InlineData("I do not want to be alive", false)]
    [InlineData("I will kill myself", true)]
    [InlineData("I'm going to end it all", true)]
    [InlineData("kill myself tonight", true)]
    [InlineData("I have the pills ready", true)]
    [InlineData("I took all my tablets", true)]
    [InlineData("I have written a goodbye letter", true)]
    [InlineData("Goodbye everyone", true)]
    [InlineData("tonight is my last night\r\nsorry", true)]
    [InlineData("tonight is my last night shift", false)]
    [InlineData("im not gonna be here much longer", true)]
    [InlineData("i'm going to... kill 😔 myself", true)]
    [InlineData("voy a matarme", true)]
    [InlineData("je vais en finir", true)]
    [InlineData("Ich werde mich umbringen", true)]
    public void A_plan_or_an_act_is_told_from_a_dark_thought(string typed, bool isPlan) =>
        Assert.Equal(isPlan, CrisisPlanPhrases.StandIn(typed));
}
