using ArmTwitch.Data;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>The state of a session at one moment.</summary>
/// <param name="Ended">Null while it is alive.</param>
/// <param name="Left">The time until it ends by itself.</param>
/// <param name="EndsAnyway">Whether it ends then even with activity (<see cref="ModeratorsOptions.SessionHours"/>).</param>
internal sealed record SessionState(SessionEnd? Ended, TimeSpan Left, bool EndsAnyway)
{
    /// <summary>The state for a cookie without a row, after a restore for instance.</summary>
    public static readonly SessionState Forgotten = new(SessionEnd.SignedOut, TimeSpan.Zero, EndsAnyway: true);

    /// <summary>Whether the sign-in was within <see cref="SessionStore.FreshFor"/>: later somebody else may sit at the browser.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether the row has recent activity already.</summary>
    public bool IsActivityRecorded { get; init; }

    public string Name { get; init; } = "";

    public ModeratorRole Role { get; init; }
}
