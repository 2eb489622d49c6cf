using ArmTwitch.Articles;

namespace ArmTwitch.Comments.Published;

/// <summary>Further comments on an article.</summary>
public sealed record MoreCommentsPageModel(Article Article, PublishedCommentPage Discussion);
