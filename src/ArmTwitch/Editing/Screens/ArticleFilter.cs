using ArmTwitch.Articles.Publishing;
using ArmTwitch.Editing.Reports;

namespace ArmTwitch.Editing.Screens;

/// <summary>Which articles the list shows. The names stand in its address, in kebab-case.</summary>
internal enum ArticleFilter
{
    All,
    ToMend,
    HeldBack,
    Drafts,
    Scheduled,
    ReviewDue,
    Published,
}

internal static class ArticleFilters
{
    public const string Home = "/moderation/articles";

    public static string AddressOf(ArticleFilter filter) => filter is ArticleFilter.All ? Home : $"{Home}?show={KebabCase.Of(filter)}";

    public static string Label(ArticleFilter filter) => filter switch
    {
        ArticleFilter.All => "All",
        ArticleFilter.ToMend => "To mend",
        ArticleFilter.HeldBack => "Held back",
        ArticleFilter.Drafts => "Drafts",
        ArticleFilter.Scheduled => "Scheduled",
        ArticleFilter.ReviewDue => "Review due",
        ArticleFilter.Published => "Published",
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "There is no such filter."),
    };

    public static bool Fits(this ArticleReport article, ArticleFilter filter) => filter switch
    {
        ArticleFilter.All => true,
        ArticleFilter.ToMend => article.NeedsMending,
        ArticleFilter.HeldBack => article.File.State is PublicationState.HeldBack,
        ArticleFilter.Drafts => article.File.State is PublicationState.Draft,
        ArticleFilter.Scheduled => article.File.State is PublicationState.Scheduled,
        ArticleFilter.ReviewDue => article.IsOverdue || article.IsReviewNear,
        ArticleFilter.Published => article.File.State is PublicationState.Published,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "There is no such filter."),
    };

    /// <summary>Whether the words stand in its title or in the name of its file.</summary>
    public static bool Matches(this ArticleReport article, string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            article.Title.Contains(word, StringComparison.OrdinalIgnoreCase)
            || article.File.File.Contains(word, StringComparison.OrdinalIgnoreCase));
}
