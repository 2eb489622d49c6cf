using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Sending;

/// <summary>
/// Stops all sending after a fault that every mail would meet. It opens for longer each time, up to five minutes, and no mail uses up a try
/// meanwhile.
/// </summary>
public sealed class MailCircuitBreaker(IOptions<MailOptions> options, TimeProvider clock)
{
    private const int MostDoublings = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock change = new();
    private int failures, unknowns, connections, connectionsAtUnknown;
    private TimeSpan pause;
    private long openedAt;

    /// <summary>What is wrong, for operators; null while mails leave.</summary>
    public string? Fault { get; private set; }

    public bool IsOpen => Fault is not null && clock.GetElapsedTime(openedAt) < pause;

    /// <summary>
    /// Whether the fault was the answer to a mail. Then a new connection does not prove that it is over; only an accepted mail does.
    /// </summary>
    public bool IsRefusing { get; private set; }

    /// <summary>Whether a mail was accepted since the last trip, or since the start.</summary>
    public bool HasAccepted { get; private set; }

    /// <summary>How often it opened. A mail that began before the last trip says nothing about the time after it.</summary>
    public int Trips { get; private set; }

    /// <param name="isRefusal">Whether the fault is the answer to a mail.</param>
    /// <returns>For how long it is open.</returns>
    public TimeSpan Trip(string fault, bool isRefusal = false)
    {
        lock (change)
        {
            pause = TimeSpan.FromSeconds(options.Value.PollSeconds * Math.Pow(2, Math.Min(failures++, MostDoublings)));
            pause = pause < LongestPause ? pause : LongestPause;
            (Fault, IsRefusing, HasAccepted) = (fault, isRefusal, false);
            Trips++;
            openedAt = clock.GetTimestamp();
            return pause;
        }
    }

    /// <summary>Counts a new connection.</summary>
    /// <returns>Its number, for <see cref="CountUnknown"/>.</returns>
    public int NumberConnection()
    {
        lock (change)
            return ++connections;
    }

    /// <summary>
    /// A connection ended with its first mail unknown. Connections that were open at the same time count as one: the link broke once.
    /// </summary>
    /// <param name="connection">Its number.</param>
    /// <returns>How often that has happened since a mail was accepted; 0 when this one does not count.</returns>
    public int CountUnknown(int connection)
    {
        lock (change)
        {
            if (unknowns > 0 && connection <= connectionsAtUnknown)
                return 0;
            connectionsAtUnknown = connections;
            return ++unknowns;
        }
    }

    /// <summary>A mail was accepted.</summary>
    /// <param name="tripsBefore"><see cref="Trips"/> when the mail began.</param>
    /// <inheritdoc cref="Reset" path="/returns"/>
    public bool Accept(int tripsBefore)
    {
        lock (change)
        {
            unknowns = 0;
            if (tripsBefore != Trips)
                return false;
            HasAccepted = true;
            return Reset();
        }
    }

    /// <returns>True when there had been a fault.</returns>
    public bool Reset()
    {
        lock (change)
        {
            var hadFault = Fault is not null;
            (failures, Fault, IsRefusing) = (0, null, false);
            return hadFault;
        }
    }
}
