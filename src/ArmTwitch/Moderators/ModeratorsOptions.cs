using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Moderators;

/// <summary>Limits of sessions, sign-ins and open screens.</summary>
public sealed class ModeratorsOptions
{
    /// <summary>Minutes without activity after which a session ends. A browser reports activity once a minute.</summary>
    [Range(2, 24 * 60)]
    public int IdleMinutes { get; init; } = 30;

    /// <summary>Hours after which a session ends even with activity.</summary>
    [Range(1, 7 * 24)]
    public int SessionHours { get; init; } = 12;

    /// <summary>Wrong passwords after which an account takes none from that network or known browser.</summary>
    [Range(1, 100)]
    public int Tries { get; init; } = 5;

    [Range(1, 24 * 60)]
    public int LockoutMinutes { get; init; } = 15;

    /// <summary>Codes of an authenticator app that are checked for one account in a day, right or wrong.</summary>
    [Range(5, 1000)]
    public int CodesInADay { get; init; } = 50;

    /// <summary>Open moderation screens, each of which uses memory on the server.</summary>
    [Range(1, 100_000)]
    public int Circuits { get; init; } = 200;
}
