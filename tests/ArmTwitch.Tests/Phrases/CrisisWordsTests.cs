namespace ArmTwitch.Tests.Phrases;

/// <summary>Words of a crisis that are said indirectly, and words of fear, tiredness and exaggeration that are no crisis.</summary>
public sealed class CrisisWordsTests
{
    [Theory]
    [InlineData("i have a plan and a date. please dont tell my wife", true)]
    [InlineData("ive been counting my tablets again tonight", true)]
    [InlineData("ive been stockpiling my meds for months", true)]
    [InlineData("by the time anyone reads this i'll be gone", true)]
    [InlineData("i'm sorry everyone. goodbye.", true)]
    [InlineData("my friend posted goodbye on facebook and isnt answering, she has twitches like us", true)]
    [InlineData("my mum said she doesnt want to live anymore, she is 71 and twitching all over", true)]
    [InlineData("they would be better off with the insurance money", true)]
    [InlineData("if the emg is bad im not sticking around for the end", true)]
    [InlineData("i cant keep myself safe tonight", true)]
    [InlineData("my head keeps telling me to jump", true)]
    [InlineData("theres a rope in the garage and i cant stop looking at it", true)]
    [InlineData("cant see myself making it to next year", true)]
    [InlineData("mate of mine keeps saying hes going to do himself in", true)]
    [InlineData("i took all of my sleeping tablets an hour ago", true)]
    [InlineData("dead tired after work and this twitch is killing me", false)]
    [InlineData("dying to know what your emg showed", false)]
    [InlineData("i could kill for a good night's sleep", false)]
    [InlineData("the gp made a plan and a date for the next check", false)]
    [InlineData("i count my steps and tablets of magnesium every morning", false)]
    [InlineData("i can't go on holiday because of the appointments", false)]
    [InlineData("overdosed on caffeine yesterday, 6 espressos, and my eyelid went mad", false)]
    [InlineData("i want to disappear into bed with a book", false)]
    [InlineData("my leg doesnt want to wake up in the morning", false)]
    [InlineData("the leaflet warns about suicidal thoughts and i have them every night", true)]
    [InlineData("overdosed on caffeine\nnow my eyelid twitches", false)]
    [InlineData("医生说没事可是我的手臂一直跳已经三个月了我每天晚上都睡不着觉也吃不下饭工作也丢了家里人都不理解我我真的很想死", true)]
    [InlineData("i thought i was going to die but it was only a panic attack", false)]
    [InlineData("am i going to die of als", false)]
    [InlineData("no other way out of the wait list than to pay", false)]
    [InlineData("sent a goodbye card to my old boss", false)]
    [InlineData("im done with coffee, goodbye coffee", false)]
    public void A_crisis_is_seen_and_an_exaggeration_is_not_taken_for_one(string comment, bool isCrisis) =>
        Assert.Equal(isCrisis, SentenceFile.IsSeenInComment(comment));
}
