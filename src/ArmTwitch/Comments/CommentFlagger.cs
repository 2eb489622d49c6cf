namespace ArmTwitch.Comments;

/// <summary>Has every rule look at a comment before it is stored.</summary>
public sealed class CommentFlagger
{
    public (IReadOnlyList<CommentFlag> Flags, double SpamScore) Look(string name, string text, CommentDraft? draft) => ([], 0);
}
