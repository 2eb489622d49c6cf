using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Newsletter.Issues;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter;

/// <summary>Processes sign-ups, moves issues on and reads bounces, in every round.</summary>
public sealed partial class NewsletterWorker(
    DatabaseInitializer database, SignUpProcessor processor, IssueScheduler scheduler, BounceFolderReader bounces,
    IOptions<NewsletterOptions> options, TimeProvider clock, ILogger<NewsletterWorker> logger)
    : PeriodicService(TimeSpan.FromSeconds(options.Value.PollSeconds), database, clock, isAtOnce: true)
{
    protected override ILogger Logger => logger;

    protected override async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await TryPartAsync("sign-ups", ProcessSignUpsAsync, stoppingToken);
        await TryPartAsync("issues", scheduler.AdvanceAsync, stoppingToken);
        await TryPartAsync("bounces", bounces.ReadAsync, stoppingToken);
    }

    protected override void LogFailure(Exception failed) => LogFailed("work", DatabaseFailureClassifier.CodeOf(failed));

    private async Task ProcessSignUpsAsync(CancellationToken stoppingToken)
    {
        while (await processor.ProcessNextAsync(stoppingToken))
            stoppingToken.ThrowIfCancellationRequested();
    }

    private Task TryPartAsync(string what, Func<CancellationToken, Task> work, CancellationToken stoppingToken) =>
        TryAsync(what, work, failed => LogFailed(what, DatabaseFailureClassifier.CodeOf(failed)), stoppingToken);

    /// <summary>Logs the code only: the message of a failed statement may contain personal data.</summary>
    [LoggerMessage(LogLevel.Error, "A round of the newsletter's {What} failed ({Kind}); the next one follows")]
    private partial void LogFailed(string what, string kind);
}
