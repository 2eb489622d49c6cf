using ArmTwitch.Data.Availability;
using ArmTwitch.Moderation.Deciding;
using ArmTwitch.Moderation.ReviewQueue;

namespace ArmTwitch.Moderation.QueueState;

/// <summary>Comments of the list that are to be marked as spam together.</summary>
internal sealed class SpamSelection(DecisionService decisions)
{
    private readonly HashSet<CommentVersion> chosen = [];

    public IReadOnlySet<CommentVersion> Chosen => chosen;

    public void Toggle(CommentVersion row)
    {
        if (!chosen.Remove(row))
            chosen.Add(row);
    }

    /// <summary>Drops what is no longer listed, or is another version by now.</summary>
    public void KeepOnly(IEnumerable<QueueRow> listed) => chosen.IntersectWith(listed.Select(row => row.Version));

    /// <returns>The decisions that were made, and what to say of them.</returns>
    public async Task<(HashSet<long> Made, string Said)> MarkAsync(IReadOnlyCollection<CommentVersion> seen, Decider decider)
    {
        var made = new HashSet<long>();
        try
        {
            foreach (var one in seen.ToList())
            {
                var result = await decisions.DecideAsync(one.Id, one.Revision, Decision.Spam, decider);
                if (result.Outcome is DecisionOutcome.MayNoLonger)
                    return (made, DecisionMessages.MayNoLonger(made.Count));
                if (result.DecisionId is { } id)
                    made.Add(id);
                chosen.Remove(one);
            }
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed) && made.Count > 0)
        {
            return (made, $"{made.Count} of {seen.Count} marked as spam; the others are not saved. They are still chosen: try again.");
        }

        return (made, $"{made.Count} of {seen.Count} marked as spam. Press u to undo them all.");
    }
}
