using ArmTwitch.Data;
using ArmTwitch.Moderators;

namespace ArmTwitch.Moderation.Deciding;

/// <summary>Who decides on a comment.</summary>
/// <param name="Id">The moderator; null for the command line, which has no account.</param>
/// <param name="Name">As colleagues know the moderator; it stands in the audit for good.</param>
/// <param name="Session">The session in which the moderator decides; a decision counts only while it is not over.</param>
public sealed record Decider(Guid? Id, string Name, ModeratorRole Role, byte[]? Session = null)
{
    public static readonly Decider CommandLine = new(null, "command line", ModeratorRole.Admin);

    public static Decider Of(CurrentModerator person) => new(person.Id, person.Name, person.Role, person.Session);
}
