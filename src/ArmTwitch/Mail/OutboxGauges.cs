using ArmTwitch.Data;
using ArmTwitch.Data.Clocks;
using ArmTwitch.Data.Telemetry;
using ArmTwitch.Mail.Queueing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail;

/// <summary>
/// How many mails are in each state that is no end, and how many are due. Both come from the index of states; a paused issue waits without
/// being due.
/// </summary>
internal sealed class OutboxGauges(OutboxMonitor monitor, ClockComparison clocks) : IDatabaseGauges
{
    private static readonly DatabaseGauge Depth = new("armtwitch.mail.outbox", "{mail}", "Mails that are not settled, by state."),
        Overdue = new("armtwitch.mail.outbox.overdue", "s", "How long the first mail of each state has been due."),
        Due = new("armtwitch.mail.due", "{mail}", "Mails that should have left; none of a paused issue."),
        OldestDue = new("armtwitch.mail.due.oldest", "s", "How long ago the oldest of them was queued.");

    private static readonly IReadOnlyList<MailState> Open = [MailState.Queued, MailState.Claimed, MailState.Submitting, MailState.InDoubt];

    public IReadOnlyList<DatabaseGauge> Gauges => [Depth, Overdue, Due, OldestDue];

    public async Task<IReadOnlyList<GaugeReading>> ReadAsync(ArmTwitchDb db, CancellationToken cancellationToken)
    {
        var now = clocks.SharedNow;
        var found = await db.Set<OutgoingMail>().Where(mail => Open.Contains(mail.State)).GroupBy(mail => mail.State)
            .Select(group => new { State = group.Key, Count = group.Count(), DueAt = group.Min(mail => mail.DueAt) })
            .ToDictionaryAsync(group => group.State, cancellationToken);
        await monitor.CheckAsync(cancellationToken);
        var due = monitor.LastBacklog;
        return
        [
            .. Open.SelectMany(state =>
            {
                var label = KeyValuePair.Create<string, object?>("state", KebabCase.Of(state));
                var group = found.GetValueOrDefault(state);
                return new GaugeReading[]
                {
                    new(Depth, group?.Count ?? 0, label),
                    new(Overdue, group is null ? 0 : Math.Max(0, (now - group.DueAt).TotalSeconds), label),
                };
            }),
            new(Due, due.Count),
            new(OldestDue, due.Count is 0 ? 0 : Math.Max(0, (now - due.Oldest).TotalSeconds)),
        ];
    }
}
