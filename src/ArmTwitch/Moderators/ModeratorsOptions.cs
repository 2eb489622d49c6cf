using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Moderators;

/// <summary>How long a moderator stays signed in, and how many screens may be open at once.</summary>
public sealed class ModeratorsOptions
{
    /// <summary>Minutes without a sign of life after which a session ends. A browser tells of one once a minute.</summary>
    [Range(2, 24 * 60)]
    public int IdleMinutes { get; init; } = 30;

    /// <summary>Hours after which a session ends however busy it is.</summary>
    [Range(1, 7 * 24)]
    public int SessionHours { get; init; } = 12;

    /// <summary>Wrong passwords after which an account takes none from that network or in that known browser.</summary>
    [Range(1, 100)]
    public int Tries { get; init; } = 5;

    [Range(1, 24 * 60)]
    public int LockoutMinutes { get; init; } = 15;

    /// <summary>Codes of an authenticator app that are looked at for one account in a day, right or wrong.</summary>
    [Range(5, 1000)]
    public int CodesInADay { get; init; } = 50;

    /// <summary>Open moderation screens, each of which holds memory on the server.</summary>
    [Range(1, 100_000)]
    public int Circuits { get; init; } = 200;
}
