using ArmTwitch.Data;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Mail;

/// <summary>Looks for mails that are due, again and again.</summary>
public sealed partial class MailWorker(
    Database database, MailSender sender, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await database.WhenReadyAsync(Timeout.InfiniteTimeSpan, stoppingToken);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        try
        {
            do
                await SendAllAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop; what was on its way is finished.
        }
    }

    private async Task SendAllAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await sender.SendNextAsync(stoppingToken))
                stoppingToken.ThrowIfCancellationRequested();
        }
        catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(failed.GetType().Name);
        }
        finally
        {
            await sender.RestAsync();
        }
    }

    /// <summary>The message of a failed statement may hold what was in it; its kind does not.</summary>
    [LoggerMessage(LogLevel.Error, "A round of sending mails failed ({Kind}); the next one follows")]
    private partial void LogFailed(string kind);
}
