using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail.Sending;

/// <summary>Whether mails can leave. After trouble it stays shut for a while, each time for longer, and no mail pays for it.</summary>
public sealed class MailCircuitBreaker(IOptions<MailOptions> options, TimeProvider clock)
{
    private const int MostDoublings = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock change = new();
    private int failures, doubts, connections, connectionsAtDoubt;
    private TimeSpan pause;
    private long shutAt;

    /// <summary>What is wrong; null while mails leave.</summary>
    public string? Trouble { get; private set; }

    public bool IsOpen => Trouble is not null && clock.GetElapsedTime(shutAt) < pause;

    /// <summary>
    /// Whether the trouble was the answer to a mail. A connection does not show that it is over; a mail that is taken does.
    /// </summary>
    public bool IsRefusing { get; private set; }

    /// <summary>Whether a mail was taken since the start, and since the route was last shut.</summary>
    public bool HasTaken { get; private set; }

    /// <summary>How often it was shut. Of a mail that was begun before, the end says nothing about the route since.</summary>
    public int Trips { get; private set; }

    /// <param name="isRefusal">Whether the trouble is the answer to a mail.</param>
    /// <returns>How long nobody is to try.</returns>
    public TimeSpan Trip(string trouble, bool isRefusal = false)
    {
        lock (change)
        {
            pause = TimeSpan.FromSeconds(options.Value.PollSeconds * Math.Pow(2, Math.Min(failures++, MostDoublings)));
            pause = pause < LongestPause ? pause : LongestPause;
            (Trouble, IsRefusing, HasTaken) = (trouble, isRefusal, false);
            Trips++;
            shutAt = clock.GetTimestamp();
            return pause;
        }
    }

    /// <summary>A connection was opened.</summary>
    /// <returns>Its number, for <see cref="Doubt"/>.</returns>
    public int NumberConnection()
    {
        lock (change)
            return ++connections;
    }

    /// <summary>A new connection ended with the first mail on it in doubt. Those that were open together when the link broke count as one.</summary>
    /// <param name="connection">Its number.</param>
    /// <returns>How often that has happened since a mail was taken; 0 when this one does not count.</returns>
    public int Doubt(int connection)
    {
        lock (change)
        {
            if (doubts > 0 && connection <= connectionsAtDoubt)
                return 0;
            connectionsAtDoubt = connections;
            return ++doubts;
        }
    }

    /// <summary>A mail was taken.</summary>
    /// <param name="tripsBefore">What <see cref="Trips"/> was when it was begun.</param>
    /// <inheritdoc cref="Reset" path="/returns"/>
    public bool Accept(int tripsBefore)
    {
        lock (change)
        {
            doubts = 0;
            if (tripsBefore != Trips)
                return false;
            HasTaken = true;
            return Reset();
        }
    }

    /// <returns>True when it had been shut.</returns>
    public bool Reset()
    {
        lock (change)
        {
            var wasShut = Trouble is not null;
            (failures, Trouble, IsRefusing) = (0, null, false);
            return wasShut;
        }
    }
}
