using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Editing.Rules;

namespace ArmTwitch.Editing;

/// <summary>The figures and faults of every article by the rules of writing.</summary>
/// <param name="Others">What is wrong in all other files.</param>
public sealed record Scorecard(DateOnly Today, IReadOnlyList<ArticleScore> Articles, IReadOnlyList<ContentDiagnostic> Others)
{
    /// <param name="folder">The content folder.</param>
    public static Scorecard Of(ContentSnapshot content, string folder, LintContext context)
    {
        // The page is public, so it says nothing about what readers do not see yet.
        var held = content.Unpublished.Select(article => article.File).ToHashSet(StringComparer.Ordinal);
        var faults = ContentCheck.Run(
            content, content.Latest, content.Faults.Where(diagnostic => !held.Contains(diagnostic.File)), folder, context).Faults
            .ToLookup(diagnostic => diagnostic.File, StringComparer.Ordinal);
        var articles = content.Latest.AsParallel().AsOrdered()
            .Select(article => Score(new ArticleLintDocument(article, context), [.. faults[article.File]])).ToList();
        var shown = content.Latest.Select(article => article.File).ToHashSet(StringComparer.Ordinal);
        return new Scorecard(context.Today, articles, [.. faults.Where(file => !shown.Contains(file.Key)).SelectMany(file => file)]);
    }

    private static ArticleScore Score(ArticleLintDocument document, IReadOnlyList<ContentDiagnostic> faults) =>
        new(
            document.Article, ReadabilityRules.GradeOf(document), EvidenceRules.WordsOf(document), EvidenceRules.CitationsOf(document),
            faults);
}

/// <param name="Grade">The reading grade of the text; null when it has no sentence.</param>
public sealed record ArticleScore(Article Article, double? Grade, int Words, int Citations, IReadOnlyList<ContentDiagnostic> Faults)
{
    public int Errors => Faults.Count(diagnostic => diagnostic.Level is DiagnosticSeverity.Error);

    public int Warnings => Faults.Count - Errors;
}
