using ArmTwitch.Data;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail;

/// <summary>Looks for mails that are due, again and again.</summary>
public sealed partial class MailWorker(
    Database database, MailSender sender, IHostApplicationLifetime lifetime, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host tells its services one after the other, and only when the web server has let its last visitor go.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var stopping = either.Token;
        try
        {
            await database.WhenReadyAsync(Timeout.InfiniteTimeSpan, stopping);
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
            do
                await GuardAsync(() => sender.SendAllAsync(stopping), stopping);
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to stop; what was on its way is finished.
        }
    }

    private async Task GuardAsync(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            LogFailed(failed.GetType().Name);
        }
    }

    /// <summary>The message of a failed statement may hold what was in it; its kind does not.</summary>
    [LoggerMessage(LogLevel.Error, "A round of sending mails failed ({Kind}); the next one follows")]
    private partial void LogFailed(string kind);
}
