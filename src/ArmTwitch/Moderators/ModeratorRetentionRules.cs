using ArmTwitch.Data.Retention;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>How long invitations and sessions are kept.</summary>
public sealed class ModeratorRetentionRules(IOptions<ModeratorsOptions> options) : IRetentionRules
{
    public IEnumerable<RetentionRule> Rules =>
    [
        new("invitations", $"{InvitationService.Life.TotalHours} hours", DeleteInvitationsAsync),
        new("sessions", $"{SessionStore.RememberedFor.Days} day after the longest session", DeleteSessionsAsync),
        new("account-audit-names", $"{AuditEntry.NameLife.Days} days after the act, or as long as the account exists", DeleteNamesAsync),
    ];

    /// <summary>Used invitations are deleted too: the account has the address.</summary>
    private static Task<int> DeleteInvitationsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var now = context.Now;
        return context.DeleteAsync(context.Db.Set<Invitation>().Where(invitation => invitation.ExpiresAt <= now), cancellationToken);
    }

    /// <summary>An ended session is kept for a while, so that the sign-in page can say why it ended.</summary>
    private Task<int> DeleteSessionsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var old = context.Now - TimeSpan.FromHours(options.Value.SessionHours) - SessionStore.RememberedFor;
        return context.DeleteAsync(context.Db.Set<ModeratorSession>().Where(session => session.BegunAt <= old), cancellationToken);
    }

    /// <summary>Names of people without an account, whoever they were: who did it, and whom it was done to.</summary>
    private static Task<int> DeleteNamesAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var (db, old) = (context.Db, context.Now - AuditEntry.NameLife);
        var entries = db.Set<AuditEntry>().Where(entry => entry.At <= old);
        return context.WriteAsync(
            async () => await entries.Where(entry => entry.ModeratorId != null && entry.By != AuditEntry.Former
                    && !db.Users.Any(moderator => moderator.Id == entry.ModeratorId))
                    .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.By, AuditEntry.Former), cancellationToken)
                + await entries.Where(entry => entry.SubjectName != null && entry.SubjectName != AuditEntry.Former
                    && !db.Users.Any(moderator => moderator.Id == entry.SubjectId))
                    .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.SubjectName, AuditEntry.Former), cancellationToken),
            cancellationToken);
    }
}
