using ArmTwitch.Comments.Spam;

namespace ArmTwitch.Tests.Comments.Spam;

/// <summary>Made-up comments of which it is known whether they are advertising, and how well a model tells them apart.</summary>
internal static class LabelledComments
{
    public static IReadOnlyList<TrainingExample> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Comments", "Spam", "labelled-comments.txt"))
            .Where(line => line is not "" and not ['#', ..])
            .Select(line => line.Split(" | ", 3))
            .Select(parts => new TrainingExample(parts[1], parts[2], parts[0] is "spam")),
    ];

    /// <summary>Every second comment of each kind.</summary>
    public static IReadOnlyList<TrainingExample> Learned { get; } = Half(0);

    /// <summary>The others.</summary>
    public static IReadOnlyList<TrainingExample> HeldOut { get; } = Half(1);

    /// <param name="threshold">A comment with this score or more counts as advertising.</param>
    public static ClassifierQuality Measure(SpamModel model, double threshold)
    {
        var scored = HeldOut.Select(one => (one.IsSpam, Score: model.Score(one.Author, one.Text))).ToList();
        var (spam, ham) = (scored.Where(one => one.IsSpam).ToList(), scored.Where(one => !one.IsSpam).ToList());
        var (found, wrong) = (spam.Count(one => one.Score >= threshold), ham.Count(one => one.Score >= threshold));
        var ordered = spam.Sum(one => ham.Sum(other => one.Score > other.Score ? 1 : one.Score == other.Score ? .5 : 0));
        return new ClassifierQuality(found / (double)(found + wrong), found / (double)spam.Count, ordered / (spam.Count * ham.Count));
    }

    private static List<TrainingExample> Half(int remainder) =>
        [.. All.GroupBy(one => one.IsSpam)
            .SelectMany(kind => kind.Index().Where(one => one.Index % 2 == remainder).Select(one => one.Item))];
}

/// <param name="Precision">How many of those that counted as advertising were.</param>
/// <param name="Recall">How much of the advertising was found.</param>
/// <param name="Area">How often a piece of advertising scored above a reader's comment (the area under the ROC curve).</param>
internal sealed record ClassifierQuality(double Precision, double Recall, double Area);
