namespace ArmTwitch.Articles.Content;

/// <summary>What pages show differently after a change of the content.</summary>
/// <param name="Articles">Articles whose own page looks different now: its text, its neighbours or related articles.</param>
/// <param name="Lists">Whether any list of articles looks different.</param>
/// <param name="Pages">Information pages that changed.</param>
/// <param name="Tables">Whether a file changed that every page may draw on. The other properties say nothing then.</param>
public sealed record ContentChange(IReadOnlySet<Slug> Articles, bool Lists, IReadOnlySet<Slug> Pages, bool Tables)
{
    internal static ContentChange Between(ContentSnapshot before, ContentSnapshot after)
    {
        if (!ReferenceEquals(before.Tables, after.Tables))
            return new ContentChange(new HashSet<Slug>(), Lists: true, new HashSet<Slug>(), Tables: true);

        var slugs = before.Latest.Concat(after.Latest).Select(article => article.Slug).ToHashSet();
        var touched = slugs.Where(slug => !IsSameText(before.Find(slug), after.Find(slug))).ToHashSet();
        var shown = slugs.Where(slug => touched.Contains(slug) || Surroundings(before, slug) != Surroundings(after, slug)).ToHashSet();
        var lists = touched.Any(slug => Entry(before, slug) != Entry(after, slug));
        var pages = before.Pages.Concat(after.Pages).Select(page => page.Slug)
            .Where(slug => before.FindPage(slug)?.Source != after.FindPage(slug)?.Source).ToHashSet();
        return new ContentChange(shown, lists, pages, Tables: false);

        string Surroundings(ContentSnapshot content, Slug slug)
        {
            if (content.Find(slug) is not { } article)
                return "";
            var (newer, older) = content.Neighbours(article);
            var related = article.Related.Select(other => content.Find(other.Article));
            return string.Join(
                '\n', related.Append(newer).Append(older).Select(other => $"{other?.Slug} {other?.Title} {other?.WithdrawnOn}"));
        }

        static bool IsSameText(Article? one, Article? other) => one is null || other is null
            ? one == other
            : one.Utf8.Span.SequenceEqual(other.Utf8.Span);

        static string Entry(ContentSnapshot content, Slug slug) => content.Find(slug) is { } article
            ? string.Join(
                '\n', article.Title, article.Summary, article.Purpose, article.PublishedOn, article.ChangedOn, article.WithdrawnOn,
                article.Author.Slug, string.Join(' ', article.Topics.Select(topic => topic.Slug)))
            : "";
    }
}
