using ArmTwitch.Data;

namespace ArmTwitch.Feedback;

/// <summary>Tidies up every hour.</summary>
public sealed partial class FeedbackTidying(FeedbackService feedback, Database database, TimeProvider clock, ILogger<FeedbackTidying> logger)
    : TimedRounds(TimeSpan.FromHours(1), database, clock)
{
    protected override Task GoRoundAsync(CancellationToken stoppingToken) => feedback.TidyAsync(stoppingToken);

    protected override void Tell(Exception failed) => LogFailed(failed);

    [LoggerMessage(LogLevel.Error, "Old answers could not be deleted; trying again in an hour")]
    private partial void LogFailed(Exception failed);
}
