using ArmTwitch.Data;
using ArmTwitch.Mail;

namespace ArmTwitch.Tests.Mail;

/// <summary>Records outcomes in memory, and in a row of the same transaction.</summary>
internal sealed class RecordingOutcomeHandler : IMailOutcomeHandler
{
    public List<MailOutcome> Heard { get; } = [];

    public bool Fails { get; set; }

    public async Task HandleAsync(ArmTwitchDb db, IReadOnlyList<MailOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (Fails)
            throw new InvalidOperationException("A mistake in a feature");
        Heard.AddRange(outcomes);
        await db.AddRangeAsync(
            outcomes.Select(
                outcome => new Suppression { Hash = outcome.MailId.ToByteArray(), Scope = "heard", Reason = "test", At = outcome.At }),
            cancellationToken);
    }
}
