using ArmTwitch.Data;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>An invitation that can still be used.</summary>
/// <param name="Email">Null for the first admin.</param>
/// <param name="Inviter">The name of the admin who made it; null when a command or the program made it.</param>
public sealed record OpenInvitation(Guid Id, string? Email, ModeratorRole Role, string? Inviter, DateTimeOffset ExpiresAt);
