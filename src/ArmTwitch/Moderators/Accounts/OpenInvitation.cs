using ArmTwitch.Data;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>A link that somebody could still use.</summary>
/// <param name="Email">Null for the first admin.</param>
/// <param name="Inviter">The name of the admin who made it; null when it was made on the machine.</param>
public sealed record OpenInvitation(Guid Id, string? Email, ModeratorRole Role, string? Inviter, DateTimeOffset ExpiresAt);
