namespace ArmTwitch.Comments.Spam;

/// <summary>
/// Says how much a comment looks like advertising, by what moderators decided before. The score only orders the queue. It holds the latest
/// model, which <see cref="SpamTrainingService"/> replaces.
/// </summary>
public sealed class SpamScorer
{
    private volatile SpamModel model = SpamModel.Initial;

    /// <returns>From 0 to 1.</returns>
    public double Score(string author, string text) => model.Score(author, text);

    /// <summary>The words that make the score, for a moderator.</summary>
    /// <returns>The heaviest first; a weight above zero speaks for advertising.</returns>
    public IReadOnlyList<WeightedFeature> Explain(string text, string author = "") => model.Explain(author, text);

    internal void SetModel(SpamModel learned) => model = learned;
}
