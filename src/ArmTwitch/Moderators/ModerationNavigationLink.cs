using ArmTwitch.Data;

namespace ArmTwitch.Moderators;

/// <summary>An entry of the navigation on the moderation screens. A room adds its own as a singleton.</summary>
/// <param name="Order">Smaller stands first.</param>
/// <param name="AtLeast">The role from which on it is shown; the page itself has to refuse the others.</param>
public sealed record ModerationNavigationLink(string Title, string Address, int Order, ModeratorRole AtLeast = ModeratorRole.Moderator);
