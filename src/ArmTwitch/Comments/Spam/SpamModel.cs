namespace ArmTwitch.Comments.Spam;

/// <summary>A word, or something about the shape of a text, and how it weighs: above zero for advertising, below zero against it.</summary>
public sealed record WeighedWord(string Word, double Weight);

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

    private SpamModel(IEnumerable<Example> examples)
    {
        foreach (var (author, text, isSpam) in examples)
        {
            (spam, ham) = isSpam ? (spam + 1, ham) : (spam, ham + 1);
            foreach (var feature in SpamFeatures.Of(author, text))
            {
                var (inSpam, inHam) = counts.GetValueOrDefault(feature);
                counts[feature] = isSpam ? (inSpam + 1, inHam) : (inSpam, inHam + 1);
            }
        }
    }

    /// <summary>What is known on the first day, before anybody has decided anything.</summary>
    public static SpamModel Starting { get; } = new(StartingSamples.All);

    /// <summary>The starting samples and what was decided since.</summary>
    public static SpamModel Of(IEnumerable<Example> decided) => new(StartingSamples.All.Concat(decided));

    /// <returns>From 0, as readers write, to 1, as advertisers do. A half when there is nothing to go by.</returns>
    public double Score(string author, string text) => 1 / (1 + Math.Exp(-Explain(author, text).Sum(word => word.Weight)));

    /// <returns>At most <see cref="Telling"/> words, the heaviest first.</returns>
    public IReadOnlyList<WeighedWord> Explain(string author, string text) =>
    [
        .. SpamFeatures.Of(author, text).Where(counts.ContainsKey).Select(word => new WeighedWord(word, Weigh(word)))
            .OrderByDescending(word => Math.Abs(word.Weight)).ThenBy(word => word.Word, StringComparer.Ordinal).Take(Telling),
    ];

    private double Weigh(string word)
    {
        var (inSpam, inHam) = counts[word];
        return Math.Log((inSpam + Unseen) / (spam + 2 * Unseen)) - Math.Log((inHam + Unseen) / (ham + 2 * Unseen));
    }

    /// <summary>A comment of which it is known whether it is advertising.</summary>
    public sealed record Example(string Author, string Text, bool IsSpam);
}
