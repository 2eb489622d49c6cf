using ArmTwitch.Data;

namespace ArmTwitch.Moderators;

/// <summary>What is kept of moderators beside their accounts, and until when.</summary>
public sealed class ModeratorRetention : IRetention
{
    private static readonly TimeSpan TryLife = TimeSpan.FromDays(1);

    public IEnumerable<RetentionRule> Rules =>
    [
        new("invitations", $"{Invitations.Life.TotalHours} hours", ForgetInvitationsAsync),
        new("sign-in-tries", $"{TryLife.Days} day", ForgetTriesAsync),
    ];

    /// <summary>One that was used is kept no longer: its address stands in the account.</summary>
    private static Task<int> ForgetInvitationsAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var now = round.Now;
        return round.DeleteAsync(round.Db.Set<Invitation>().Where(invitation => invitation.ExpiresAt <= now), cancellationToken);
    }

    private static Task<int> ForgetTriesAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var old = round.Now - TryLife;
        return round.DeleteAsync(round.Db.Set<SignInTry>().Where(one => one.At <= old), cancellationToken);
    }
}
