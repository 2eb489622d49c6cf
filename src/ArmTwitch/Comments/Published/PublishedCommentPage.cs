using ArmTwitch.Articles;

namespace ArmTwitch.Comments.Published;

/// <summary>A comment as readers see it.</summary>
/// <param name="Text">Null when it was taken back and stays as a gap above its answers.</param>
/// <param name="Removed">The kinds of words that a moderator removed; null when none.</param>
/// <param name="Badge">The role of an editor who answered; null for a reader.</param>
public sealed record PublishedComment(
    Guid Id, string Author, string? Badge, string? Text, string? Removed, DateTimeOffset ShownAt, IReadOnlyList<PublishedComment> Answers)
{
    /// <summary>The id of its element on the page.</summary>
    public string Anchor => $"comment-{Id:N}";

    /// <summary>Whether it is off the page only until a moderator has looked at it again, after reports or an appeal.</summary>
    public bool IsHeld { get; init; }
}

/// <summary>One page of the comments on an article, oldest first.</summary>
/// <param name="Count">All visible comments on the article, with answers.</param>
/// <param name="Page">Counted from 1.</param>
/// <param name="HasNext">Whether more comments follow.</param>
/// <param name="Available">False when the database is not available.</param>
public sealed record PublishedCommentPage(
    Slug Article, int Count, IReadOnlyList<PublishedComment> Comments, int Page, int Pages, bool HasNext = false, bool Available = true)
{
    public static PublishedCommentPage Unavailable(Slug article) => new(article, 0, [], 1, 1, Available: false);

    /// <summary>
    /// The next page. It begins after the last comment of this one, not at a count: a reader misses none and sees none twice when others
    /// are taken back meanwhile.
    /// </summary>
    public string NextAddress => $"{AddressOf(Page + 1)}&after={Comments[^1].Id:N}";

    public string AddressOf(int page) =>
        page is 1 ? $"{Articles.Article.AddressOf(Article)}#comments" : $"{Articles.Article.AddressOf(Article)}/comments?page={page}";
}
