namespace ArmTwitch.Comments.Spam;

/// <summary>
/// How much a comment looks like advertising, by what moderators decided before. It orders the queue and does nothing else. It is worked
/// out here, from words that anybody can be shown.
/// </summary>
public sealed class SpamScorer
{
    private volatile SpamModel model = SpamModel.Initial;

    /// <returns>From 0 to 1.</returns>
    public double Score(string author, string text) => model.Score(author, text);

    /// <summary>The words behind the score, for a moderator.</summary>
    /// <returns>The heaviest first; a weight above zero speaks for advertising.</returns>
    public IReadOnlyList<WeightedFeature> Explain(string text, string author = "") => model.Explain(author, text);

    internal void SetModel(SpamModel learned) => model = learned;
}
