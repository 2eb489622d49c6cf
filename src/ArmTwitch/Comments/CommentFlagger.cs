using ArmTwitch.Comments.Flags;
using ArmTwitch.Comments.Spam;

namespace ArmTwitch.Comments;

/// <summary>Has every rule look at a comment before it is stored.</summary>
public sealed class CommentFlagger(SpamScore spam)
{
    /// <summary>The rule of a flag that says: the field that people do not see was filled in.</summary>
    public const string TrapField = "trap-field";

    /// <summary>The rule of a flag that says: the writer was asked about private details and kept them.</summary>
    public const string KeptPrivateDetails = "kept-private-details";

    private const int LongestWords = 200;

    /// <param name="text">As it was typed. The rules look at the words that readers would see, the score at all of it.</param>
    /// <param name="draft">What the writer sent; null when an old comment is looked at again.</param>
    /// <returns>The level is that of the most urgent flag; the score is from 0 to 1.</returns>
    public (IReadOnlyList<Flag> Flags, FlagLevel Level, double SpamScore) Look(string name, string text, CommentDraft? draft)
    {
        var words = CommentText.Clean(text);
        List<Flag> flags = [.. FlagRules.Look(name, words), .. OfTheForm(words, draft)];
        return (flags, flags.Select(flag => flag.Level).DefaultIfEmpty(FlagLevel.Ordinary).Min(), spam.Of(name, text));
    }

    /// <summary>What in a writer's words against a refusal cannot wait. Readers never see them, so the rules of the house do not look at them.</summary>
    public static IReadOnlyList<Flag> LookAtAppeal(string? appeal) =>
        appeal is null ? [] : [.. FlagRules.Look("", CommentText.Clean(appeal)).Where(flag => flag.Level is not FlagLevel.Ordinary)];

    private static IEnumerable<Flag> OfTheForm(string text, CommentDraft? draft)
    {
        if (draft is { Website.Length: > 0 })
            yield return new Flag(TrapField, 1, FlagLevel.Ordinary, Shortened(CommentText.CleanName(draft.Website)), "A field that people do not see was filled in. Programs do that, and some browsers that fill in forms.");
        if (draft is { Keep: true })
        {
            var kept = PersonalData.FindIn(text).Select(part => text.Substring(part.Start, part.Length)).Distinct().ToList();
            if (kept.Count > 0)
                yield return new Flag(KeptPrivateDetails, 1, FlagLevel.Ordinary, Shortened(string.Join(" · ", kept)), "The writer was told that this may be private and sent it all the same.");
        }
    }

    private static string Shortened(string words) => words.Length <= LongestWords ? words : $"{CommentText.Start(words, LongestWords - 1).TrimEnd()}…";
}
