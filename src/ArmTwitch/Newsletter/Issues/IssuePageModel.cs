using ArmTwitch.Articles;

namespace ArmTwitch.Newsletter.Issues;

/// <summary>One issue on the web.</summary>
/// <param name="Body">Safe HTML of the editor's text.</param>
public sealed record IssuePageModel(
    Slug Slug, string Subject, string Preheader, DateTimeOffset PublishedAt, string Body,
    IReadOnlyList<IssueArticle> Articles);
