using ArmTwitch.Articles;

namespace ArmTwitch.Editing;

/// <summary>An article as the rules look at it.</summary>
internal sealed class ArticleLintDocument(Article article, LintContext context)
    : LintDocument(article.Title, article.Summary, article.Purpose, article.SourceText, article.Source, article.Tables, article.Signs)
{
    public Article Article => article;

    /// <summary>Whether it is the article that has every sign, in groups.</summary>
    public bool ListsAllSigns => article.Slug == context.GetHelp;

    /// <summary>The address of that article.</summary>
    public string AllSignsAddress => Article.AddressOf(context.GetHelp);

    /// <summary>The day that decides whether a review is overdue.</summary>
    public DateOnly Today => context.Today;
}
