using ArmTwitch.Comments.Flags;
using ArmTwitch.Phrases;

namespace ArmTwitch.Tests.Phrases;

/// <summary>Sentences of despair, and harmless ones that sound like them: a table of kind, language and sentence.</summary>
/// <param name="name">Of a file in this folder.</param>
internal sealed class SentenceFile(string name)
{
    private readonly string[][] sentences =
    [
        .. from line in File.ReadLines(Path.Combine(RepositoryPaths.Root, "tests", "ArmTwitch.Tests", "Phrases", name))
            where !line.StartsWith('#')
            select line.Replace("\\n", "\n", StringComparison.Ordinal).Split('\t'),
    ];

    /// <summary>Those of a kind; a line break is written as a backslash and an n.</summary>
    public IReadOnlyList<string> Of(string kind)
    {
        var some = sentences.Where(one => one[0] == kind).Select(one => one[2]).ToList();
        Assert.InRange(some.Count, 60, 1000);
        return some;
    }

    public static bool IsSeenInComment(string sentence) => FlagRules.IsCrisis("Ada", sentence);

    public static bool IsSeenInSearch(string sentence)
    {
        var plain = AccentFolding.Fold(sentence);
        return CrisisPhrases.All.MayBeIn(plain) || (DisguisedWords.Read(plain) is { Text: var text } && CrisisPhrases.All.MayBeIn(text));
    }
}
