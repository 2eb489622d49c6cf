using ArmTwitch.Comments;
using ArmTwitch.Data;
using ArmTwitch.Data.Telemetry;
using ArmTwitch.Moderation.QueueQueries;

namespace ArmTwitch.Moderation;

/// <summary>How many comments wait for a moderator, by how urgent they are, and how long the oldest has waited.</summary>
internal sealed class QueueGauges(TimeProvider clock) : IDatabaseGauges
{
    private static readonly DatabaseGauge Length = new(
        "armtwitch.comments.waiting", "{comment}", "Comments that wait for a moderator, by level."),
        Oldest = new("armtwitch.comments.waiting.oldest", "s", "How long the oldest of them has waited, by level.");

    public IReadOnlyList<DatabaseGauge> Gauges => [Length, Oldest];

    public async Task<IReadOnlyList<GaugeReading>> ReadAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await QueueCounting.CountByLevelAsync(db.Set<Comment>().Waiting(), cancellationToken);
        return
        [
            .. Enum.GetValues<FlagLevel>().SelectMany(level =>
            {
                var label = KeyValuePair.Create<string, object?>("level", KebabCase.Of(level));
                var group = found.GetValueOrDefault(level);
                return new GaugeReading[]
                {
                    new(Length, group?.Count ?? 0, label),
                    new(Oldest, group?.Oldest is { } oldest ? Math.Max(0, (now - oldest).TotalSeconds) : 0, label),
                };
            }),
        ];
    }
}
