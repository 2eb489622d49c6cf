namespace ArmTwitch.Tests.Phrases;

/// <summary>
/// Means of harm, hopelessness and farewell as people write them, and sentences that only sound like it (<c>signs-of-despair.tsv</c>).
/// </summary>
public sealed class DespairPhrasesTests
{
    private static readonly SentenceFile Sentences = new("signs-of-despair.tsv");

    [Fact]
    public void Who_has_the_means_or_no_hope_is_seen_in_a_comment() =>
        Assert.DoesNotContain(Sentences.Of("despair"), sentence => !SentenceFile.IsSeenInComment(sentence));

    [Fact]
    public void Who_has_the_means_or_no_hope_is_seen_in_a_search() =>
        Assert.DoesNotContain(Sentences.Of("despair"), sentence => !SentenceFile.IsSeenInSearch(sentence));

    [Fact]
    public void A_rope_a_plan_or_a_burden_alone_is_not_taken_for_it() =>
        Assert.DoesNotContain(Sentences.Of("harmless"), SentenceFile.IsSeenInComment);
}
