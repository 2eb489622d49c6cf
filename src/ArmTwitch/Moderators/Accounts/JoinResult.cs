namespace ArmTwitch.Moderators.Accounts;

/// <param name="RecoveryCodes">To be shown once; nobody can read them again.</param>
public sealed record JoinResult(JoinOutcome Outcome, Guid? ModeratorId = null, IReadOnlyList<string>? RecoveryCodes = null);

public enum JoinOutcome
{
    Joined,
    NoInvitation,
    AddressTaken,
}
