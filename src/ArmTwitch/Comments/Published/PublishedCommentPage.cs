using ArmTwitch.Articles;

namespace ArmTwitch.Comments.Published;

/// <summary>A comment as readers see it.</summary>
/// <param name="Text">Null of one that was taken back while its answers stay.</param>
/// <param name="Removed">What kinds of words a moderator took out; null when none.</param>
/// <param name="Badge">The role of an editor who answers; null for a reader.</param>
public sealed record PublishedComment(
    Guid Id, string Author, string? Badge, string? Text, string? Removed, DateTimeOffset ShownAt, IReadOnlyList<PublishedComment> Answers)
{
    /// <summary>The fragment under which the comment stands on its page.</summary>
    public string Anchor => $"comment-{Id:N}";
}

/// <summary>One page of what readers say about an article, the oldest first.</summary>
/// <param name="Count">All comments that can be read, answers too.</param>
/// <param name="Page">Counted from 1.</param>
/// <param name="HasNext">Whether more comments follow.</param>
/// <param name="Available">False when the database does not answer.</param>
public sealed record PublishedCommentPage(
    Slug Article, int Count, IReadOnlyList<PublishedComment> Comments, int Page, int Pages, bool HasNext = false, bool Available = true)
{
    public static PublishedCommentPage Unavailable(Slug article) => new(article, 0, [], 1, 1, Available: false);

    /// <summary>
    /// The next page, which goes on behind the last comment of this one: whatever was taken back meanwhile, a reader misses none and
    /// sees none twice.
    /// </summary>
    public string NextAddress => $"{AddressOf(Page + 1)}&after={Comments[^1].Id:N}";

    public string AddressOf(int page) =>
        page is 1 ? $"{Articles.Article.AddressOf(Article)}#comments" : $"{Articles.Article.AddressOf(Article)}/comments?page={page}";
}
