using ArmTwitch.Comments.Flags;

namespace ArmTwitch.Tests.Phrases;

/// <summary>Wishes to be gone that do not say "die", and sentences that only sound like them (<c>wishes-to-be-gone.tsv</c>).</summary>
public sealed class WishToBeGonePhrasesTests
{
    private static readonly SentenceFile Sentences = new("wishes-to-be-gone.tsv");

    [Fact]
    public void Who_wishes_not_to_wake_or_not_to_be_here_is_seen_in_a_comment() =>
        Assert.DoesNotContain(Sentences.Of("despair"), sentence => !SentenceFile.IsSeenInComment(sentence));

    [Fact]
    public void Who_wishes_not_to_wake_or_not_to_be_here_is_seen_in_a_search() =>
        Assert.DoesNotContain(Sentences.Of("despair"), sentence => !SentenceFile.IsSeenInSearch(sentence));

    [Fact]
    public void A_wish_that_the_twitch_was_gone_is_not_taken_for_one() =>
        Assert.DoesNotContain(Sentences.Of("harmless"), SentenceFile.IsSeenInComment);

    [Theory]
    [InlineData("My arm twitches. I wish I wasn't here anymore.\nThank you", "wish I wasn't here anymore.")]
    [InlineData("ojalá no despertara mañana", "ojalá no despertara mañana")]
    [InlineData("I hope I don't wake up\nMy arm twitches", "hope I don't wake up")]
    [InlineData("I hope I don't wake up 😔\nMy arm twitches", "hope I don't wake up 😔")]
    [InlineData("I hope I don't wake up\r\n😔", "hope I don't wake up")]
    [InlineData("I just want to… 😔 dieee\nsorry", "want to… 😔 dieee")]
    public void The_words_that_were_seen_are_quoted(string text, string words) =>
        Assert.Equal(words, Assert.Single(FlagRules.FindFlags("Ada", text, [CrisisRule.Rule])).Words);
}
