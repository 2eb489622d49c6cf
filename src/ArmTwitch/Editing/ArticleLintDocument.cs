using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>An article laid out for the rules.</summary>
internal sealed class ArticleLintDocument(Article article, DateOnly today)
    : LintDocument(article.Title, article.Summary, article.SourceText, article.Source, article.Tables, article.Signs)
{
    public Article Article => article;

    /// <summary>By which reviews are overdue.</summary>
    public DateOnly Today => today;
}
