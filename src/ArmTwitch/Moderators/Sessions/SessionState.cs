using ArmTwitch.Data;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>A session as it stands at one moment.</summary>
/// <param name="Ended">Null while it is alive.</param>
/// <param name="Left">Until it ends by itself.</param>
/// <param name="EndsAnyway">Whether it ends then whatever is done, because the working day is over.</param>
internal sealed record SessionState(SessionEnd? Ended, TimeSpan Left, bool EndsAnyway)
{
    /// <summary>Of a secret that no row knows, after a restore for instance.</summary>
    public static readonly SessionState Forgotten = new(SessionEnd.SignedOut, TimeSpan.Zero, EndsAnyway: true);

    /// <summary>Whether the sign-in was a short while ago.</summary>
    public bool IsFresh { get; init; }

    /// <summary>Whether the row says already that the person is there.</summary>
    public bool IsActivityRecorded { get; init; }

    public string Name { get; init; } = "";

    public ModeratorRole Role { get; init; }
}
