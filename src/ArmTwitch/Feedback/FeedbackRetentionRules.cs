using ArmTwitch.Data.Retention;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Feedback;

/// <summary>How long answers are kept.</summary>
public sealed class FeedbackRetentionRules(IOptions<FeedbackOptions> options) : IRetentionRules
{
    public IEnumerable<RetentionRule> Rules =>
        [new("feedback", $"{options.Value.KeepDays} days (`Feedback:KeepDays`)", DeleteAnswersAsync)];

    private Task<int> DeleteAnswersAsync(RetentionContext context, CancellationToken cancellationToken)
    {
        var old = context.Now.AddDays(-options.Value.KeepDays);
        return context.DeleteAsync(context.Db.Set<FeedbackAnswer>().Where(answer => answer.At <= old), cancellationToken);
    }
}
