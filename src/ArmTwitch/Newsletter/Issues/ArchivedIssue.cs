using ArmTwitch.Articles;

namespace ArmTwitch.Newsletter.Issues;

public sealed record ArchivedIssue(Slug Slug, string Subject, DateTimeOffset PublishedAt);
