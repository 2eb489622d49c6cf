using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Publishing;
using ArmTwitch.Editing.Rules;

namespace ArmTwitch.Editing.Reports;

/// <summary>The state of every file of the content, for editors.</summary>
/// <param name="Articles">Those that need somebody come first.</param>
/// <param name="Others">What is wrong in files that are no articles.</param>
public sealed record ContentReport(DateOnly Today, IReadOnlyList<ArticleReport> Articles, IReadOnlyList<ContentDiagnostic> Others)
{
    /// <param name="folder">The content folder.</param>
    public static ContentReport Of(ContentSnapshot content, string folder, LintContext context)
    {
        var readable = content.Files.Select(file => file.Newest).OfType<Article>().Where(article => article.WithdrawnOn is null).ToList();
        var faults = ContentCheck.Run(content, readable, [.. content.Faults, .. content.Warnings], folder, context).Faults
            .ToLookup(diagnostic => diagnostic.File, StringComparer.Ordinal);
        var articles = content.Files.AsParallel().Select(file => Report(file, [.. faults[file.File]], context)).ToList();
        var names = content.Files.Select(file => file.File).ToHashSet(StringComparer.Ordinal);
        return new ContentReport(
            context.Today,
            [.. articles.OrderBy(article => article.Rank).ThenBy(article => article.Title, StringComparer.Ordinal)
                .ThenBy(article => article.File.File, StringComparer.Ordinal)],
            [.. faults.Where(file => !names.Contains(file.Key)).SelectMany(file => file)]);
    }

    private static ArticleReport Report(ArticleFileStatus file, IReadOnlyList<ContentDiagnostic> faults, LintContext context)
    {
        if (file.Readable is not { } article)
            return new ArticleReport(file, context.Today, null, 0, 0, faults);
        var document = new ArticleLintDocument(article, context);
        return new ArticleReport(
            file, context.Today, ReadabilityRules.GradeOf(document), EvidenceRules.WordsOf(document), EvidenceRules.CitationsOf(document),
            faults);
    }
}
