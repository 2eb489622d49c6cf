using ArmTwitch.Articles.Content;

namespace ArmTwitch.Articles.Publishing;

/// <summary>One file of an article, and what readers see of it.</summary>
/// <param name="File">The path below the content folder.</param>
/// <param name="Title">As the file says it; empty when it cannot be read.</param>
/// <param name="PublishedOn">The day that the file names; the default value when it names none.</param>
/// <param name="Newest">What the file says now; null when a fault makes that unreadable.</param>
/// <param name="Shown">The version that readers see; null while they see none.</param>
/// <param name="SavedAt">When the file was written.</param>
public sealed record ArticleFileStatus(
    Slug Slug, string File, string Title, PublicationState State, DateOnly PublishedOn, Article? Newest, Article? Shown,
    DateTimeOffset SavedAt)
{
    /// <summary>The version to look at: the newest that can be read.</summary>
    public Article? Readable => Newest ?? Shown;

    /// <summary>Whether readers see an older version than the file has.</summary>
    public bool IsShownOlder => Shown is not null && !ReferenceEquals(Shown, Newest);

    internal static ArticleFileStatus Of(LoadedArticle article, DateOnly day) =>
        new(
            article.File.Slug, article.File.Name, article.File.Title, article.StateOn(day), article.File.PublishedOn, article.Newest,
            article.LastGood, new DateTimeOffset(article.Stamp.WrittenAt, TimeSpan.Zero));
}
