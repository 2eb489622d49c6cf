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

    /// <summary>Makes an audit entry.</summary>
    /// <param name="before">The comment as it stood.</param>
    internal CommentDecision Record(
        Comment before, DecisionKind kind, CommentStatus after, DateTimeOffset at, AuditDetails details) => new()
        {
            CommentId = before.Id,
            Revision = before.Revision,
            Kind = kind,
            ModeratorId = Id,
            By = Name,
            Code = details.Code,
            Before = before.Status,
            After = after,
            At = at,
            WaitedSeconds = before.IsWaiting ? (at - before.WaitingSince).TotalSeconds : null,
            Flags = details.Rules,
        };
}

/// <param name="Rules">The rules that had found something, each as <c>id@version</c>.</param>
internal sealed record AuditDetails(string? Code, string Rules = "");
