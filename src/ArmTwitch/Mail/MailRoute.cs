using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail;

/// <summary>Whether mails can leave. After trouble it stays shut for a while, each time for longer, and no mail pays for it.</summary>
public sealed class MailRoute(IOptions<MailOptions> options, TimeProvider clock)
{
    private const int MostDoublings = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock change = new();
    private int failures;
    private TimeSpan pause;
    private long shutAt;

    /// <summary>What is wrong; null while mails leave.</summary>
    public string? Trouble { get; private set; }

    public bool IsShut => Trouble is not null && clock.GetElapsedTime(shutAt) < pause;

    /// <returns>How long nobody is to try.</returns>
    public TimeSpan Shut(string trouble)
    {
        lock (change)
        {
            pause = TimeSpan.FromSeconds(options.Value.PollSeconds * Math.Pow(2, Math.Min(failures++, MostDoublings)));
            pause = pause < LongestPause ? pause : LongestPause;
            Trouble = trouble;
            shutAt = clock.GetTimestamp();
            return pause;
        }
    }

    /// <returns>True when it had been shut.</returns>
    public bool Open()
    {
        lock (change)
        {
            var wasShut = Trouble is not null;
            (failures, Trouble) = (0, null);
            return wasShut;
        }
    }
}

/// <summary>A mail server that is down is worth a look; the site serves on, and mails wait.</summary>
internal sealed class MailHealth(MailRoute route) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(route.Trouble is { } trouble ? HealthCheckResult.Degraded($"Mails wait. {trouble}") : HealthCheckResult.Healthy());
}
