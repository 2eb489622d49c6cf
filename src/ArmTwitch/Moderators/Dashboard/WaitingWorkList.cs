using ArmTwitch.Data.Availability;

namespace ArmTwitch.Moderators.Dashboard;

/// <param name="Waiting">The most urgent first.</param>
/// <param name="Quiet">Of what nothing waits now.</param>
/// <param name="Failed">How many features could not say what waits, because the database did not answer.</param>
public sealed record WaitingSummary(IReadOnlyList<WaitingWork> Waiting, IReadOnlyList<WaitingWork> Quiet, int Failed);

/// <summary>Asks every feature what waits for a moderator. One that fails keeps nobody from the answers of the others.</summary>
public sealed partial class WaitingWorkList(IEnumerable<IWaitingWork> features, ILogger<WaitingWorkList> logger)
{
    public async Task<WaitingSummary> FindAsync(CurrentModerator moderator, CancellationToken cancellationToken = default)
    {
        var (found, failed) = (new List<WaitingWork>(), 0);
        foreach (var feature in features.Where(feature => moderator.Role >= feature.AtLeast).OrderBy(feature => feature.Group))
        {
            try
            {
                found.AddRange(await feature.FindAsync(moderator, cancellationToken));
            }
#pragma warning disable CA1031 // The others can still answer.
            catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
            {
                failed++;
                LogFailed(feature.GetType().Name, DatabaseFailureClassifier.CodeOf(failure));
            }
        }

        return new WaitingSummary(
            [.. found.Where(work => work.Count > 0).OrderBy(work => work.Urgency)], [.. found.Where(work => work.Count is 0)], failed);
    }

    [LoggerMessage(LogLevel.Warning, "{Feature} could not say what waits ({Failure})")]
    private partial void LogFailed(string feature, string failure);
}
