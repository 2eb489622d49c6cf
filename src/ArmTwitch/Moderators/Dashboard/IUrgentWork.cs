namespace ArmTwitch.Moderators.Dashboard;

/// <summary>Work that cannot wait until somebody looks at the dashboard. The frame of every moderation screen counts it.</summary>
public interface IUrgentWork
{
    /// <returns>What every moderator may do, with a count of 0 when none of it waits.</returns>
    Task<WaitingWork> CountUrgentAsync(CancellationToken cancellationToken = default);
}
