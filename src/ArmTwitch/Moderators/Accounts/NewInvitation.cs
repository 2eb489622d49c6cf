namespace ArmTwitch.Moderators.Accounts;

/// <summary>An invitation that was just made.</summary>
/// <param name="Link">Shown once: only its hash is kept.</param>
/// <param name="HasReplaced">Whether an open invitation to the same address ended with it.</param>
public sealed record NewInvitation(string Link, bool HasReplaced);
