using ArmTwitch.Data;

namespace ArmTwitch.Moderators.Auditing;

/// <summary>Adds audit entries to the transaction of an act: what was done has an entry, and what was not done has none.</summary>
public sealed class AuditTrail(TimeProvider clock)
{
    /// <param name="db">The context of the act, which saves the entry.</param>
    /// <param name="by">Null for the command line.</param>
    /// <param name="subject">The account, invitation, subscriber, draft or import; null for another act on many.</param>
    /// <param name="subjectName">The display name of an account.</param>
    /// <param name="detail">Words of the program, or the subject line of a draft; never an address.</param>
    /// <param name="at">Null for now.</param>
    public void Add(
        ArmTwitchDb db, CurrentModerator? by, AuditAction act, Guid? subject = null, string? subjectName = null, string? detail = null,
        DateTimeOffset? at = null) =>
        db.Add(new AuditEntry
        {
            Act = act,
            By = by?.Name ?? AuditEntry.CommandLine,
            ModeratorId = by?.Id,
            SubjectId = subject,
            SubjectName = subjectName,
            Detail = detail is { Length: > AuditEntry.MaxDetailLength } ? detail[..AuditEntry.MaxDetailLength] : detail,
            At = at ?? clock.GetUtcNow(),
        });
}
