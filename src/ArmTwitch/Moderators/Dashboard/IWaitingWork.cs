using ArmTwitch.Data;

namespace ArmTwitch.Moderators.Dashboard;

/// <summary>What waits for a person in one feature. Each feature registers its own; the dashboard asks all of them.</summary>
public interface IWaitingWork
{
    /// <summary>The part of the navigation that leads to it. Of what is equally urgent, the first group comes first.</summary>
    ModerationNavigationGroup Group { get; }

    /// <summary>The lowest role that can do the work.</summary>
    ModeratorRole AtLeast { get; }

    /// <summary>Every kind of work, also one of which nothing waits now.</summary>
    /// <param name="moderator">Whoever looks, of <see cref="AtLeast"/>.</param>
    Task<IReadOnlyList<WaitingWork>> FindAsync(CurrentModerator moderator, CancellationToken cancellationToken = default);
}
