namespace ArmTwitch.Moderators.Auditing;

/// <summary>What an <see cref="AuditEntry"/> tells. Decisions on comments and steps of issues have records of their own.</summary>
public enum AuditAction
{
    ModeratorInvited,
    InvitationRevoked,
    ModeratorJoined,
    ModeratorRoleChanged,
    ModeratorRemoved,
    SessionEnded,
    SessionsEnded,
    SecondFactorReset,
    SubscriberUnsubscribed,
    SubscriberErased,
    ConfirmationResent,
    SubscriberImportStarted,
    SubscribersImported,
    SubscribersExported,

    /// <summary>It was never scheduled, so it has no steps of its own. Its subject line is the detail.</summary>
    IssueDraftDeleted,
}
