using ArmTwitch.Data;

namespace ArmTwitch.Moderators;

/// <summary>An entry of the navigation on the moderation screens. A room adds its own as a singleton.</summary>
/// <param name="Group">The heading that it stands below.</param>
/// <param name="Order">The smallest of its group comes first.</param>
/// <param name="AtLeast">The lowest role that sees the link. The page itself has to refuse the others.</param>
public sealed record ModerationNavigationLink(
    string Title, string Address, ModerationNavigationGroup Group, int Order, ModeratorRole AtLeast = ModeratorRole.Moderator);
