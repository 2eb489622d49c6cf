using System.Globalization;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Publishing;

namespace ArmTwitch.Newsletter.Drafting.Parts;

/// <summary>An article in the list of an issue that readers do not see, so that the issue cannot go out with it.</summary>
/// <param name="Title">The last part of its address when nothing else is known of it.</param>
/// <param name="Why">The rest of a sentence that begins with the title, such as "is held back for 3 errors".</param>
/// <param name="Address">The editors' page of it; null when it has no file any more.</param>
public sealed record HiddenArticle(string Title, string Why, string? Address)
{
    /// <returns>Null when readers see the article.</returns>
    public static HiddenArticle? Find(ContentSnapshot content, Slug slug)
    {
        var article = content.FindByAnySlug(slug);
        if (article is { WithdrawnOn: null })
            return null;
        var address = $"/moderation/articles/{article?.Slug ?? slug}";
        if (article is not null)
            return new(article.Title, "was withdrawn", address);
        return content.FindFile(slug) is { } file
            ? new(file.Title.Length > 0 ? file.Title : slug.ToString(), WhyOf(file, content), address)
            : new(slug.ToString(), "is not there any more", null);
    }

    private static string WhyOf(ArticleFileStatus file, ContentSnapshot content) => file.State switch
    {
        PublicationState.Draft => "is still a draft",
        PublicationState.Scheduled => $"is not shown before {file.PublishedOn.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}",
        _ when content.Faults.Count(fault => fault.File == file.File) is > 0 and var errors => $"is held back for {Plural.Of(errors, "error")}",
        _ => "is held back",
    };
}
