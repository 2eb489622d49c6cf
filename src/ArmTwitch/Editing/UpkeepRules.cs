using System.Text.RegularExpressions;
using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>Who stands behind the text, and that it is kept up.</summary>
internal static partial class UpkeepRules
{
    public const int YearsToReview = 3, YearsToReviewOfRisk = 1;

    /// <summary>Topics whose articles carry red flags or name medicines.</summary>
    private static readonly string[] RiskyTopics = ["getting-help", "medicines"];

    public static IEnumerable<Remark> Overdue(ArticleDraft draft)
    {
        if (draft.Article.IsOverdue(draft.Today))
            yield return Remark.Warning(draft.At("nextReview"), $"The review was due on {draft.Article.NextReviewOn:yyyy-MM-dd}.", "Hold the text against its sources again, and set lastReviewed and nextReview.");
    }

    public static IEnumerable<Remark> ReviewTooFar(ArticleDraft draft)
    {
        var article = draft.Article;
        var isRisky = article.Topics.Any(topic => RiskyTopics.Contains(topic.Slug.ToString())) || draft.Passages.Any(passage => passage.Listed(draft.Words).Any(phrase => phrase.Kind is PhraseKind.Medicine));
        var years = isRisky ? YearsToReviewOfRisk : YearsToReview;
        var latest = article.LastReviewedOn.AddYears(years);
        if (article.NextReviewOn > latest)
            yield return Remark.Error(draft.At("nextReview"), $"The next review is more than {years} {(years is 1 ? "year" : "years")} after the last.", $"Write {latest:yyyy-MM-dd} or earlier{(isRisky ? ": red flags and medicines are looked at every year" : "")}.");
    }

    /// <summary>A day of publication may lie ahead: the article appears on it.</summary>
    public static IEnumerable<Remark> FutureDay(ArticleDraft draft)
    {
        if (draft.Article.LastReviewedOn > draft.Today && draft.Article.LastReviewedOn > draft.Article.PublishedOn)
            yield return Remark.Error(draft.At("lastReviewed"), "\"lastReviewed\" lies in the future.", "Write the day on which it was done.");
    }

    public static IEnumerable<Remark> Unlogged(ArticleDraft draft)
    {
        if (draft.Article.Changes is [{ Seal: { } seal }, ..] && seal != Seal.Of(draft.Article))
            yield return Remark.Error(draft.At("changes"), "The text is not the one that the newest change sealed.", "Add an entry that says what changed, then run content check --accept.");
    }

    public static IEnumerable<Remark> Unsealed(ArticleDraft draft)
    {
        if (draft.Article.Changes is [] or [{ Seal: null }, ..])
            yield return Remark.Warning(draft.At("changes"), "The newest change has no seal.", "When the text is finished, run content check --accept.");
    }

    public static IEnumerable<Remark> Reviewer(ArticleDraft draft)
    {
        if (draft.Article.ReviewedBy is { } reviewer && string.Equals(reviewer.Name, draft.Article.Author.Name, StringComparison.OrdinalIgnoreCase))
            yield return Remark.Error(draft.At("reviewed"), "The author reviewed the article.", "Name another person, or write false.");
    }

    public static IEnumerable<Remark> ClaimsReview(ArticleDraft draft) =>
        draft.Article.ReviewedBy is not null
            ? []
            : from passage in draft.Passages
              let claim = Review().Match(passage.Text)
              where claim.Success
              select Remark.Error(passage.Place(claim.Index), "The text says that it was reviewed, and nobody is named for it.", "Take the words out: the page itself says who checked it.");

    public static IEnumerable<Remark> RelatedSign(ArticleDraft draft)
    {
        if (draft.Article.Related.Count is 0)
            yield return Remark.Warning(draft.At("related"), "No other article is related.", "Name at least one, with the sign that tells the two apart.");
        foreach (var other in draft.Article.Related.Where(other => other.Sign is null))
            yield return Remark.Error(draft.At("related"), $"\"{other.Article}\" has no sign.", "Write what tells it from this article: sign: The twitch began after exercise.");
    }

    public static IEnumerable<Remark> Synonyms(ArticleDraft draft)
    {
        if (draft.Article.Synonyms.Count is 0)
            yield return Remark.Warning(draft.At("synonyms"), "There are no synonyms.", "Write what people type when they mean this.");
    }

    [GeneratedRegex(@"\b(?:this (?:page|article|text)) (?:was|is|has been) (?:\w+ )?(?:reviewed|checked|approved) by\b|\b(?:medically|clinically) reviewed\b", RegexOptions.IgnoreCase)]
    private static partial Regex Review();
}
