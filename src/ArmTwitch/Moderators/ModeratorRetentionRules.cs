using ArmTwitch.Data.Retention;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Sessions;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>What is kept of moderators beside their accounts, and until when.</summary>
public sealed class ModeratorRetentionRules(IOptions<ModeratorsOptions> options) : IRetentionRules
{
    public IEnumerable<RetentionRule> Rules =>
    [
        new("invitations", $"{InvitationService.Life.TotalHours} hours", DeleteInvitationsAsync),
        new("sessions", $"{SessionStore.RememberedFor.Days} day after the longest session", DeleteSessionsAsync),
    ];

    /// <summary>One that was used is kept no longer: its address stands in the account.</summary>
    private static Task<int> DeleteInvitationsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var now = context.Now;
        return context.DeleteAsync(context.Db.Set<Invitation>().Where(invitation => invitation.ExpiresAt <= now), cancellationToken);
    }

    /// <summary>A session that is over is kept a while, so that the sign-in can say why it ended.</summary>
    private Task<int> DeleteSessionsAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var old = context.Now - TimeSpan.FromHours(options.Value.SessionHours) - SessionStore.RememberedFor;
        return context.DeleteAsync(context.Db.Set<ModeratorSession>().Where(session => session.BegunAt <= old), cancellationToken);
    }
}
