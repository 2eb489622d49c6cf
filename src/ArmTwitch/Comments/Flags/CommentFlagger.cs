using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Comments.Flags;

/// <summary>Runs all rules on a comment before it is stored.</summary>
public sealed class CommentFlagger(SpamScorer scorer)
{
    /// <summary>Rule of the flag for personal data that the author was warned of and sent all the same; stored under this name.</summary>
    public const string ConfirmedPersonalData = "kept-private-details";

    /// <param name="text">As it was typed. The rules get the text that readers would see, the spam score the whole.</param>
    /// <param name="draft">The form; null when an existing comment is checked again.</param>
    /// <returns>The level of the most urgent flag, and a score from 0 to 1.</returns>
    public (IReadOnlyList<Flag> Flags, FlagLevel Level, double SpamScore) FlagComment(string name, string text, CommentDraft? draft)
    {
        var words = CommentTextCleaner.Clean(text);
        List<Flag> flags = [.. FlagRules.FindFlags(name, words), .. FormFlags(words, draft)];
        return (flags, flags.Select(flag => flag.Level).DefaultIfEmpty(FlagLevel.Ordinary).Min(), scorer.Score(name, text));
    }

    /// <summary>
    /// Finds what is urgent in an appeal. Readers never see an appeal, so flags for the comment rules are left out.
    /// </summary>
    public static IReadOnlyList<Flag> FlagAppeal(string? appeal) =>
        appeal is null
            ? []
            : [.. FlagRules.FindFlags("", CommentTextCleaner.Clean(appeal)).Where(flag => flag.Level is not FlagLevel.Ordinary)];

    private static IEnumerable<Flag> FormFlags(string text, CommentDraft? draft)
    {
        if (HoneypotRule.Check(draft) is { } filled)
            yield return filled;
        if (draft is { Keep: true })
        {
            var kept = PersonalDataDetector.Find(text).Select(part => text.Substring(part.Start, part.Length)).Distinct().ToList();
            if (kept.Count > 0)
                yield return new Flag(
                    ConfirmedPersonalData, 1, FlagLevel.Ordinary, Flag.Truncate(string.Join(" · ", kept)),
                    "The author was told that this may be private and sent it all the same.");
        }
    }
}
