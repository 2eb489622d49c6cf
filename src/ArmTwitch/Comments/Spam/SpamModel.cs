namespace ArmTwitch.Comments.Spam;

/// <summary>A word, or a trait of the shape of a text, and its weight: above zero for advertising, below zero against it.</summary>
public sealed record WeightedFeature(string Word, double Weight);

/// <summary>
/// A naive Bayes classifier, made of examples and never changed. The weight of a word is the logarithm of how much more often it stands in
/// advertising. Only the heaviest words count, so that the score can be explained by them.
/// </summary>
public sealed class SpamModel
{
    /// <summary>How many words make the score, and explain it.</summary>
    public const int Telling = 15;

    /// <summary>Added to each count (Laplace smoothing), so that a word that was seen once does not decide alone.</summary>
    private const double Smoothing = 1;

    private readonly Dictionary<string, (int Spam, int Ham)> counts = new(StringComparer.Ordinal);
    private readonly int spam, ham;

    private SpamModel(IEnumerable<TrainingExample> examples)
    {
        foreach (var (author, text, isSpam) in examples)
        {
            (spam, ham) = isSpam ? (spam + 1, ham) : (spam, ham + 1);
            foreach (var feature in SpamFeatureExtractor.Extract(author, text))
            {
                var (inSpam, inHam) = counts.GetValueOrDefault(feature);
                counts[feature] = isSpam ? (inSpam + 1, inHam) : (inSpam, inHam + 1);
            }
        }
    }

    /// <summary>The model before moderators have decided anything.</summary>
    public static SpamModel Initial { get; } = new(SpamSeedExamples.All);

    /// <summary>A model of the seed examples and what moderators decided.</summary>
    public static SpamModel Train(IEnumerable<TrainingExample> decided) => new(SpamSeedExamples.All.Concat(decided));

    /// <returns>From 0 (a reader's comment) to 1 (advertising); 0.5 when all words are unknown.</returns>
    public double Score(string author, string text) => 1 / (1 + Math.Exp(-Explain(author, text).Sum(word => word.Weight)));

    /// <returns>At most <see cref="Telling"/> words, the heaviest first.</returns>
    public IReadOnlyList<WeightedFeature> Explain(string author, string text) =>
    [
        .. SpamFeatureExtractor.Extract(author, text).Where(counts.ContainsKey).Select(word => new WeightedFeature(word, Weigh(word)))
            .OrderByDescending(word => Math.Abs(word.Weight)).ThenBy(word => word.Word, StringComparer.Ordinal).Take(Telling),
    ];

    private double Weigh(string word)
    {
        var (inSpam, inHam) = counts[word];
        return Math.Log((inSpam + Smoothing) / (spam + 2 * Smoothing)) - Math.Log((inHam + Smoothing) / (ham + 2 * Smoothing));
    }
}
