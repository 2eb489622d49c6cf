using ArmTwitch.Data.Retention;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Sessions;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>How long invitations and sessions are kept.</summary>
public sealed class ModeratorRetentionRules(IOptions<ModeratorsOptions> options) : IRetentionRules
{
    public IEnumerable<RetentionRule> Rules =>
    [
        new("invitations", $"{InvitationService.Life.TotalHours} hours", DeleteInvitationsAsync),
        new("sessions", $"{SessionStore.RememberedFor.Days} day after the longest session", DeleteSessionsAsync),
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
}
