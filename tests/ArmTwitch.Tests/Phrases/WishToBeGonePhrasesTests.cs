using ArmTwitch.Comments.Flags;
using ArmTwitch.Phrases;

namespace ArmTwitch.Tests.Phrases;

/// <summary>Wishes to be gone that do not say "die", and sentences that only sound like them (<c>wishes-to-be-gone.tsv</c>).</summary>
public sealed class WishToBeGonePhrasesTests
{
    private static readonly string[][] Sentences =
    [
        .. from line in File.ReadLines(
                Path.Combine(RepositoryPaths.Root, "tests", "ArmTwitch.Tests", "Phrases", "wishes-to-be-gone.tsv"))
            where !line.StartsWith('#')
            select line.Replace("\\n", "\n", StringComparison.Ordinal).Split('\t'),
    ];

    [Fact]
    public void Who_wishes_not_to_wake_or_not_to_be_here_is_seen_in_a_comment() =>
        Assert.DoesNotContain(Of("despair"), sentence => !FlagRules.IsCrisis("Ada", sentence));

    [Fact]
    public void Who_wishes_not_to_wake_or_not_to_be_here_is_seen_in_a_search() =>
        Assert.DoesNotContain(Of("despair"), sentence => !IsSeenInSearch(AccentFolding.Fold(sentence)));

    [Fact]
    public void A_wish_that_the_twitch_was_gone_is_not_taken_for_one() =>
        Assert.DoesNotContain(Of("harmless"), sentence => FlagRules.IsCrisis("Ada", sentence));

    [Theory]
    [InlineData("My arm twitches. I wish I wasn't here anymore.\nThank you", "wish I wasn't here anymore.")]
    [InlineData("ojalá no despertara mañana", "ojalá no despertara mañana")]
    [InlineData("I hope I don't wake up\nMy arm twitches", "hope I don't wake up")]
    [InlineData("I hope I don't wake up 😔\nMy arm twitches", "hope I don't wake up 😔")]
    [InlineData("I hope I don't wake up\r\n😔", "hope I don't wake up")]
    [InlineData("I just want to… 😔 dieee\nsorry", "want to… 😔 dieee")]
    public void The_words_that_were_seen_are_quoted(string text, string words) =>
        Assert.Equal(words, Assert.Single(FlagRules.FindFlags("Ada", text, [CrisisRule.Rule])).Words);

    private static bool IsSeenInSearch(string plain) =>
        CrisisPhrases.All.MayBeIn(plain) || (DisguisedWords.Read(plain) is { Text: var text } && CrisisPhrases.All.MayBeIn(text));

    private static List<string> Of(string kind)
    {
        var some = Sentences.Where(one => one[0] == kind).Select(one => one[2]).ToList();
        Assert.InRange(some.Count, 60, 1000);
        return some;
    }
}
