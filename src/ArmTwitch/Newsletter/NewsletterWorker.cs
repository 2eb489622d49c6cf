using ArmTwitch.Data;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Newsletter;

/// <summary>Has everything looked after that waits, again and again.</summary>
public sealed partial class NewsletterWorker(
    Database database, IntakeDesk desk, IssueMover issues, BounceFolder bounces, IOptions<NewsletterOptions> options, TimeProvider clock, ILogger<NewsletterWorker> logger)
    : TimedRounds(TimeSpan.FromSeconds(options.Value.PollSeconds), database, clock, isAtOnce: true)
{
    protected override async Task GoRoundAsync(CancellationToken stoppingToken)
    {
        await TryAsync("sign-ups", HandleAllAsync, stoppingToken);
        await TryAsync("issues", issues.StepAsync, stoppingToken);
        await bounces.ReadAsync(stoppingToken);
    }

    protected override void Tell(Exception failed) => LogFailed("bounces", failed.GetType().Name);

    private async Task HandleAllAsync(CancellationToken stoppingToken)
    {
        while (await desk.HandleNextAsync(stoppingToken))
            stoppingToken.ThrowIfCancellationRequested();
    }

    private async Task TryAsync(string what, Func<CancellationToken, Task> step, CancellationToken stoppingToken)
    {
        try
        {
            await step(stoppingToken);
        }
        catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(what, failed.GetType().Name);
        }
    }

    /// <summary>The message of a failed statement may hold what was in it; its kind does not.</summary>
    [LoggerMessage(LogLevel.Error, "A round of the newsletter's {What} failed ({Kind}); the next one follows")]
    private partial void LogFailed(string what, string kind);
}
