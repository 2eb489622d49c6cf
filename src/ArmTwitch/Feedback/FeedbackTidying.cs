using System.Data.Common;
using ArmTwitch.Data;

namespace ArmTwitch.Feedback;

/// <summary>Tidies up every hour.</summary>
public sealed partial class FeedbackTidying(FeedbackService feedback, Database database, TimeProvider clock, ILogger<FeedbackTidying> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!database.IsReady)
                continue;
            try
            {
                await feedback.TidyAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is DbException or InvalidOperationException or TimeoutException)
            {
                LogFailed(failed);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "Old answers could not be deleted; trying again in an hour")]
    private partial void LogFailed(Exception failed);
}
