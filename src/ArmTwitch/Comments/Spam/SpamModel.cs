namespace ArmTwitch.Comments.Spam;

/// <summary>A word, or something about the shape of a text, and how it weighs: above zero for advertising, below zero against it.</summary>
public sealed record WeightedFeature(string Word, double Weight);

/// <summary>
/// In how many comments of each kind each word stood; a naive Bayes classifier. The weight of a word is the logarithm of how much more
/// often it stands in advertising. The words that weigh most add up, so the score can be told by them.
/// </summary>
public sealed class SpamModel
{
    /// <summary>Words that add up to a score, and that explain it.</summary>
    public const int Telling = 15;

    /// <summary>What a word counts that was never seen, so that one seen once does not decide.</summary>
    private const double Unseen = 1;

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

    /// <summary>What is known on the first day, before anybody has decided anything.</summary>
    public static SpamModel Initial { get; } = new(SpamSeedExamples.All);

    /// <summary>The starting samples and what was decided since.</summary>
    public static SpamModel Train(IEnumerable<TrainingExample> decided) => new(SpamSeedExamples.All.Concat(decided));

    /// <returns>From 0, as readers write, to 1, as advertisers do. A half when there is nothing to go by.</returns>
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
        return Math.Log((inSpam + Unseen) / (spam + 2 * Unseen)) - Math.Log((inHam + Unseen) / (ham + 2 * Unseen));
    }

    /// <summary>A comment of which it is known whether it is advertising.</summary>
    public sealed record TrainingExample(string Author, string Text, bool IsSpam);
}
