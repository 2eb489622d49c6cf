using ArmTwitch.Data;

namespace ArmTwitch.Moderation;

/// <summary>Who decides on a comment.</summary>
/// <param name="Id">The moderator; null for the command line, which has no account.</param>
/// <param name="Name">As colleagues know the moderator; it stands in the audit for good.</param>
public sealed record Decider(Guid? Id, string Name, ModeratorRole Role)
{
    public static readonly Decider CommandLine = new(null, "command line", ModeratorRole.Admin);
}
