using ArmTwitch.Data;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Feedback;

/// <summary>What is kept of answers, and until when.</summary>
public sealed class FeedbackRetention(IOptions<FeedbackOptions> options) : IRetention
{
    public IEnumerable<RetentionRule> Rules =>
        [new("feedback", $"{options.Value.KeepDays} days (`Feedback:KeepDays`)", ForgetAnswersAsync)];

    private Task<int> ForgetAnswersAsync(RetentionRound round, CancellationToken cancellationToken)
    {
        var old = round.Now.AddDays(-options.Value.KeepDays);
        return round.DeleteAsync(round.Db.Set<FeedbackAnswer>().Where(answer => answer.At <= old), cancellationToken);
    }
}
