using System.Text.RegularExpressions;
using ArmTwitch.Articles;
using ArmTwitch.Articles.MarkdownDialect;

namespace ArmTwitch.Editing.Rules;

/// <summary>Rules on reviews, the change log and the rest of the front matter.</summary>
internal static partial class MaintenanceRules
{
    public const int YearsToReview = 3, YearsToReviewOfRisk = 1;

    /// <summary>Topics whose articles are reviewed every year, because they hold warning signs or name medicines.</summary>
    private static readonly string[] RiskyTopics = ["getting-help", "medicines"];

    public static IEnumerable<LintFinding> Overdue(ArticleLintDocument document)
    {
        if (document.Article.IsOverdue(document.Today))
            yield return LintFinding.Warning(
                document.At("nextReview"), $"The review was due on {document.Article.NextReviewOn:yyyy-MM-dd}.",
                "Hold the text against its sources again, and set lastReviewed and nextReview.");
    }

    public static IEnumerable<LintFinding> ReviewTooFar(ArticleLintDocument document)
    {
        var article = document.Article;
        var isRisky = article.Topics.Any(topic => RiskyTopics.Contains(topic.Slug.ToString()))
            || document.Spans.Any(span => span.Listed(document.Words).Any(phrase => phrase.Kind is PhraseKind.Medicine));
        var years = isRisky ? YearsToReviewOfRisk : YearsToReview;
        var latest = article.LastReviewedOn.AddYears(years);
        if (article.NextReviewOn > latest)
            yield return LintFinding.Error(
                document.At("nextReview"), $"The next review is more than {years} {(years is 1 ? "year" : "years")} after the last.",
                $"Write {latest:yyyy-MM-dd} or earlier{(isRisky ? ": red flags and medicines are looked at every year" : "")}.");
    }

    /// <summary>A day of publication may lie ahead: the article appears on it.</summary>
    public static IEnumerable<LintFinding> FutureDay(ArticleLintDocument document)
    {
        if (document.Article.LastReviewedOn > document.Today && document.Article.LastReviewedOn > document.Article.PublishedOn)
            yield return LintFinding.Error(
                document.At("lastReviewed"), "\"lastReviewed\" lies in the future.", "Write the day on which it was done.");
    }

    public static IEnumerable<LintFinding> Unlogged(ArticleLintDocument document)
    {
        if (document.Article.Changes is [{ Hash: { } hash }, ..] && hash != ContentHash.Compute(document.Article))
            yield return LintFinding.Error(
                document.At("changes"), "The text is not the one that the newest change sealed.",
                "Add an entry that says what changed. Then whoever runs the site seals it, with the command content check --accept.");
    }

    public static IEnumerable<LintFinding> Unsealed(ArticleLintDocument document)
    {
        if (document.Article.Changes is [] or [{ Hash: null }, ..])
            yield return LintFinding.Warning(
                document.At("changes"), "The newest change has no seal.",
                "When the text is finished, ask whoever runs the site to seal it, with the command content check --accept.");
    }

    public static IEnumerable<LintFinding> Reviewer(ArticleLintDocument document)
    {
        if (document.Article.ReviewedBy is { } reviewer
            && string.Equals(reviewer.Name, document.Article.Author.Name, StringComparison.OrdinalIgnoreCase))
            yield return LintFinding.Error(
                document.At("reviewed"), "The author reviewed the article.", "Name another person, or write false.");
    }

    public static IEnumerable<LintFinding> ClaimsReview(ArticleLintDocument document) =>
        document.Article.ReviewedBy is not null
            ? []
            : from span in document.Spans
              let claim = Review().Match(span.Text)
              where claim.Success
              select LintFinding.Error(
                  span.Place(claim.Index), "The text says that it was reviewed, and nobody is named for it.",
                  "Take the words out: the page itself says who checked it.");

    public static IEnumerable<LintFinding> RelatedSign(ArticleLintDocument document)
    {
        if (document.Article.Related.Count is 0)
            yield return LintFinding.Warning(
                document.At("related"), "No other article is related.", "Name at least one, with the sign that tells the two apart.");
        foreach (var other in document.Article.Related.Where(other => other.Sign is null))
            yield return LintFinding.Error(
                document.At("related"), $"\"{other.Article}\" has no sign.",
                "Write what tells it from this article: sign: The twitch began after exercise.");
    }

    public static IEnumerable<LintFinding> Synonyms(ArticleLintDocument document)
    {
        if (document.Article.Synonyms.Count is 0)
            yield return LintFinding.Warning(
                document.At("synonyms"), "There are no synonyms.", "Write what people type when they mean this.");
    }

    public static IEnumerable<LintFinding> Purpose(ArticleLintDocument document)
    {
        if (document.Purpose is null)
            yield return LintFinding.Warning(
                document.At("purpose"), "The article does not say why it exists.",
                $"Write its purpose in one line of at most {Article.MaxPurposeLength} characters.");
    }

    [GeneratedRegex(
        @"\b(?:this (?:page|article|text)) (?:was|is|has been) (?:\w+ )?(?:reviewed|checked|approved) by\b"
        + @"|\b(?:medically|clinically) reviewed\b", RegexOptions.IgnoreCase)]
    private static partial Regex Review();
}
