using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Moderators;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>Who decides on a comment.</summary>
/// <param name="Id">The moderator; null for the command line, which has no account.</param>
/// <param name="Name">The name that colleagues see; the audit log keeps it.</param>
/// <param name="Session">The session in which the moderator decides; a decision counts only while it is not over.</param>
public sealed record Decider(Guid? Id, string Name, ModeratorRole Role, byte[]? Session = null)
{
    public static readonly Decider CommandLine = new(null, "command line", ModeratorRole.Admin);

    public static Decider Of(CurrentModerator person) => new(person.Id, person.Name, person.Role, person.Session);

    /// <summary>Makes an audit entry of something other than a decision on a reader's text.</summary>
    /// <param name="before">The comment as it stood.</param>
    internal CommentDecision Record(Comment before, DecisionKind kind, CommentStatus after, DateTimeOffset at, string code) => new()
    {
        CommentId = before.Id,
        Revision = before.Revision,
        Kind = kind,
        ModeratorId = Id,
        By = Name,
        Code = code,
        Before = before.Status,
        After = after,
        At = at,
        Flags = "",
    };
}
