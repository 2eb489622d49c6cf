using ArmTwitch.Comments.Posting;
using ArmTwitch.Comments.TextCleaning;

namespace ArmTwitch.Comments.Flags;

/// <summary>Flags a comment whose form came with text in the field that people do not see.</summary>
internal static class HoneypotRule
{
    /// <summary>The rule's name in stored flags.</summary>
    public const string Id = "trap-field";

    /// <returns>Null when the field is empty, or there is no form because an existing comment is checked again.</returns>
    public static Flag? Check(CommentDraft? draft) =>
        draft is { Honeypot.Length: > 0 }
            ? new Flag(
                Id, 1, FlagLevel.Ordinary, Flag.Truncate(CommentTextCleaner.CleanName(draft.Honeypot)),
                "A field that people do not see was filled in. Programs do that, and some browsers that fill in forms.")
            : null;
}
