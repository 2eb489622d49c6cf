using ArmTwitch.Data;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators;

/// <summary>What is kept of moderators beside their accounts, and until when.</summary>
public sealed class ModeratorRetention(IOptions<ModeratorsOptions> options) : IRetention
{
    public IEnumerable<RetentionRule> Rules =>
    [
        new("invitations", $"{Invitations.Life.TotalHours} hours", ForgetInvitationsAsync),
        new("sessions", $"{SessionStore.RememberedFor.Days} day after the longest session", ForgetSessionsAsync),
    ];

    /// <summary>One that was used is kept no longer: its address stands in the account.</summary>
    private static Task<int> ForgetInvitationsAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var now = round.Now;
        return round.DeleteAsync(round.Db.Set<Invitation>().Where(invitation => invitation.ExpiresAt <= now), cancellationToken);
    }

    /// <summary>A session that is over is kept a while, so that the sign-in can say why it ended.</summary>
    private Task<int> ForgetSessionsAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var old = round.Now - TimeSpan.FromHours(options.Value.SessionHours) - SessionStore.RememberedFor;
        return round.DeleteAsync(round.Db.Set<ModeratorSession>().Where(session => session.BegunAt <= old), cancellationToken);
    }
}
