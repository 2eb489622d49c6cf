using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.Spam;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Comments.Flags;

/// <summary>Has every rule look at a comment before it is stored.</summary>
public sealed class CommentFlagger(SpamScorer scorer)
{
    /// <summary>The rule of a flag that says: the field that people do not see was filled in.</summary>
    public const string HoneypotField = "trap-field";

    /// <summary>The rule of a flag that says: the writer was asked about private details and kept them.</summary>
    public const string ConfirmedPersonalData = "kept-private-details";

    private const int LongestWords = 200;

    /// <param name="text">As it was typed. The rules look at the words that readers would see, the score at all of it.</param>
    /// <param name="draft">What the writer sent; null when an old comment is looked at again.</param>
    /// <returns>The level is that of the most urgent flag; the score is from 0 to 1.</returns>
    public (IReadOnlyList<Flag> Flags, FlagLevel Level, double SpamScore) FlagComment(string name, string text, CommentDraft? draft)
    {
        var words = CommentTextCleaner.Clean(text);
        List<Flag> flags = [.. FlagRules.FindFlags(name, words), .. FormFlags(words, draft)];
        return (flags, flags.Select(flag => flag.Level).DefaultIfEmpty(FlagLevel.Ordinary).Min(), scorer.Score(name, text));
    }

    /// <summary>
    /// What in a writer's words against a refusal cannot wait. Readers never see them, so the rules of the house do not look at them.
    /// </summary>
    public static IReadOnlyList<Flag> FlagAppeal(string? appeal) =>
        appeal is null
            ? []
            : [.. FlagRules.FindFlags("", CommentTextCleaner.Clean(appeal)).Where(flag => flag.Level is not FlagLevel.Ordinary)];

    private static IEnumerable<Flag> FormFlags(string text, CommentDraft? draft)
    {
        if (draft is { Website.Length: > 0 })
            yield return new Flag(
                HoneypotField, 1, FlagLevel.Ordinary, Truncate(CommentTextCleaner.CleanName(draft.Website)),
                "A field that people do not see was filled in. Programs do that, and some browsers that fill in forms.");
        if (draft is { Keep: true })
        {
            var kept = PersonalDataDetector.Find(text).Select(part => text.Substring(part.Start, part.Length)).Distinct().ToList();
            if (kept.Count > 0)
                yield return new Flag(
                    ConfirmedPersonalData, 1, FlagLevel.Ordinary, Truncate(string.Join(" · ", kept)),
                    "The writer was told that this may be private and sent it all the same.");
        }
    }

    private static string Truncate(string words) =>
        words.Length <= LongestWords ? words : $"{CommentTextCleaner.Excerpt(words, LongestWords - 1).TrimEnd()}…";
}
