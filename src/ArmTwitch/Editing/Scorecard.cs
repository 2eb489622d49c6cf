using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>How every article stands against the rules of writing today.</summary>
/// <param name="Others">What is wrong in all other files.</param>
public sealed record Scorecard(DateOnly Today, IReadOnlyList<ArticleScore> Articles, IReadOnlyList<ContentFault> Others)
{
    /// <param name="folder">The content folder, for the list of words.</param>
    public static Scorecard Of(ContentSnapshot content, string folder, DateOnly today)
    {
        // What readers do not see yet is nobody's business here.
        var held = content.Held.Select(article => article.File).ToHashSet(StringComparer.Ordinal);
        var faults = ContentCheck.Of(content, content.Latest, content.Faults.Where(fault => !held.Contains(fault.File)), folder, today).Faults
            .ToLookup(fault => fault.File, StringComparer.Ordinal);
        var articles = content.Latest.AsParallel().AsOrdered().Select(article => Score(new ArticleDraft(article, today), [.. faults[article.File]])).ToList();
        var shown = content.Latest.Select(article => article.File).ToHashSet(StringComparer.Ordinal);
        return new Scorecard(today, articles, [.. faults.Where(file => !shown.Contains(file.Key)).SelectMany(file => file)]);
    }

    private static ArticleScore Score(ArticleDraft draft, IReadOnlyList<ContentFault> faults) =>
        new(draft.Article, ReadingRules.GradeOf(draft), EvidenceRules.WordsOf(draft), EvidenceRules.CitationsOf(draft), faults);
}

/// <param name="Grade">The reading grade of the text; null when it has no sentence.</param>
public sealed record ArticleScore(Article Article, double? Grade, int Words, int Citations, IReadOnlyList<ContentFault> Faults)
{
    public int Errors => Faults.Count(fault => fault.Level is FaultLevel.Error);

    public int Warnings => Faults.Count - Errors;
}
