namespace ArmTwitch.Moderators.Auditing;

/// <summary>What an <see cref="AuditEntry"/> tells. Decisions on comments and steps of issues have records of their own.</summary>
public enum AuditAction
{
    ModeratorInvited,
    InvitationRevoked,

    /// <summary>Ended by a later invitation to the same address.</summary>
    InvitationReplaced,

    /// <summary>The subject is the invitation; whoever did it is the person whom it let in.</summary>
    InvitationAccepted,
    ModeratorJoined,
    ModeratorRoleChanged,
    ModeratorRemoved,
    SessionEnded,
    SessionsEnded,
    SecondFactorReset,
    SubscriberUnsubscribed,
    SubscriberErased,
    ConfirmationResent,

    /// <summary>The subject is the import, here and in the entry of its end.</summary>
    SubscriberImportStarted,
    SubscribersImported,

    /// <summary>The end of an import that failed half-way. The detail says how far it came.</summary>
    SubscriberImportBrokeOff,

    /// <summary>The detail says which import, and of how many people.</summary>
    SubscriberImportTakenBack,
    SubscribersExported,

    /// <summary>It was never scheduled, so it has no steps of its own. Its subject line is the detail.</summary>
    IssueDraftDeleted,
}
