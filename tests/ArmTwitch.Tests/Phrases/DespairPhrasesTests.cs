using ArmTwitch.Comments.Flags;
using ArmTwitch.Phrases;

namespace ArmTwitch.Tests.Phrases;

/// <summary>
/// Means of harm, hopelessness and farewell as people write them, and sentences that only sound like it (<c>signs-of-despair.tsv</c>).
/// </summary>
public sealed class DespairPhrasesTests
{
    private static readonly string[][] Sentences =
    [
        .. from line in File.ReadLines(
                Path.Combine(RepositoryPaths.Root, "tests", "ArmTwitch.Tests", "Phrases", "signs-of-despair.tsv"))
            where !line.StartsWith('#')
            select line.Split('\t'),
    ];

    [Fact]
    public void Who_has_the_means_or_no_hope_is_seen_in_a_comment() =>
        Assert.DoesNotContain(Of("despair"), sentence => !FlagRules.IsCrisis("Ada", sentence));

    [Fact]
    public void Who_has_the_means_or_no_hope_is_seen_in_a_search() =>
        Assert.Empty(
            from sentence in Of("despair")
            let plain = AccentFolding.Fold(sentence)
            where !CrisisPhrases.All.MayBeIn(plain) && !CrisisPhrases.All.MayBeIn(DisguisedWords.Read(plain)?.Text ?? plain)
            select sentence);

    [Fact]
    public void A_rope_a_plan_or_a_burden_alone_is_not_taken_for_it() =>
        Assert.DoesNotContain(Of("harmless"), sentence => FlagRules.IsCrisis("Ada", sentence));

    private static List<string> Of(string kind)
    {
        var some = Sentences.Where(one => one[0] == kind).Select(one => one[2]).ToList();
        Assert.InRange(some.Count, 60, 1000);
        return some;
    }
}
