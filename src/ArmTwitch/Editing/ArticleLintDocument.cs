using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>An article as the rules look at it.</summary>
internal sealed class ArticleLintDocument(Article article, DateOnly today)
    : LintDocument(article.Title, article.Summary, article.SourceText, article.Source, article.Tables, article.Signs)
{
    public Article Article => article;

    /// <summary>The day that decides whether a review is overdue.</summary>
    public DateOnly Today => today;
}
