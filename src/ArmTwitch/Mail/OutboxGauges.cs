using ArmTwitch.Data;
using ArmTwitch.Data.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail;

/// <summary>How many mails are in each state that is no end, and since when the oldest of them is.</summary>
internal sealed class OutboxGauges(TimeProvider clock) : IDatabaseGauges
{
    private static readonly DatabaseGauge Depth = new(
        "armtwitch.mail.outbox", "{mail}", "Mails that are not settled, by state."),
        Oldest = new("armtwitch.mail.outbox.oldest", "s", "How long ago the oldest mail that is not settled was queued, by state.");

    private static readonly IReadOnlyList<MailState> Open = [MailState.Queued, MailState.Claimed, MailState.Submitting, MailState.InDoubt];

    public IReadOnlyList<DatabaseGauge> Gauges => [Depth, Oldest];

    public async Task<IReadOnlyList<GaugeReading>> ReadAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await db.Set<OutgoingMail>().Where(mail => Open.Contains(mail.State)).GroupBy(mail => mail.State)
            .Select(group => new { State = group.Key, Count = group.Count(), Since = group.Min(mail => mail.QueuedAt) })
            .ToDictionaryAsync(group => group.State, cancellationToken);
        return
        [
            .. Open.SelectMany(state =>
            {
                var label = KeyValuePair.Create<string, object?>("state", KebabCase.Of(state));
                var group = found.GetValueOrDefault(state);
                return new GaugeReading[]
                {
                    new(Depth, group?.Count ?? 0, label),
                    new(Oldest, group is null ? 0 : Math.Max(0, (now - group.Since).TotalSeconds), label),
                };
            }),
        ];
    }
}
