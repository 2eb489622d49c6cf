using System.Globalization;
using ArmTwitch.Articles;
using ArmTwitch.Articles.Content;
using ArmTwitch.Articles.Publishing;

namespace ArmTwitch.Newsletter.Drafting.Parts;

/// <summary>An article that readers do not see, so that an issue cannot go out with it.</summary>
/// <param name="Title">The last part of its address when nothing else is known of it.</param>
/// <param name="Why">The rest of a sentence that begins with the title, such as "is held back for 3 errors".</param>
/// <param name="Address">The editors' page of it; null when it has no file any more.</param>
public sealed record HiddenArticle(string Title, string Why, string? Address)
{
    /// <summary>The day on which it appears by itself; null when it does not.</summary>
    public DateOnly? AppearsOn { get; init; }

    /// <param name="day">The day that is asked about, in UTC; null for now.</param>
    /// <returns>Null when readers see the article then.</returns>
    public static HiddenArticle? Find(ContentSnapshot content, Slug slug, DateOnly? day = null)
    {
        var article = content.FindByAnySlug(slug);
        if (article is { WithdrawnOn: null } || FindUpcoming(content, slug)?.PublishedOn <= day)
            return null;
        var address = $"/moderation/articles/{article?.Slug ?? slug}";
        if (article is not null)
            return new(article.Title, "was withdrawn", address);
        return content.FindFile(slug) is { } file
            ? new(TitleOf(file), WhyOf(file, content), address) { AppearsOn = FindUpcoming(content, slug)?.PublishedOn }
            : new(content.TitleOf(slug), "is not there any more", null);
    }

    /// <summary>The article as it will appear by itself on a day that lies ahead; null when there is none.</summary>
    public static Article? FindUpcoming(ContentSnapshot content, Slug slug) =>
        content.FindFile(slug) is { State: PublicationState.Scheduled, Newest: { } upcoming } ? upcoming : null;

    /// <summary>Every article of which readers see nothing and that has a file, the next to appear first.</summary>
    public static IEnumerable<(Slug Slug, HiddenArticle Article)> List(ContentSnapshot content) =>
        content.Files
            .Where(file => file is { Shown: null, State: PublicationState.Scheduled or PublicationState.Draft or PublicationState.HeldBack })
            .Select(file => (file.Slug, Article: Find(content, file.Slug))).Where(one => one.Article is not null)
            .Select(one => (one.Slug, one.Article!)).OrderBy(one => one.Item2.AppearsOn ?? DateOnly.MaxValue);

    private static string TitleOf(ArticleFileStatus file) => file.Title.Length > 0 ? file.Title : file.Slug.ToString();

    private static string WhyOf(ArticleFileStatus file, ContentSnapshot content) => file.State switch
    {
        PublicationState.Draft => "is a draft",
        PublicationState.Scheduled => $"appears {file.PublishedOn.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}",
        _ when content.Faults.Count(fault => fault.File == file.File) is > 0 and var errors => $"is held back for {Plural.Of(errors, "error")}",
        _ => "is held back",
    };
}
