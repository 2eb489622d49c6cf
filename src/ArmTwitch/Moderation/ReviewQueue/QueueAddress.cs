using ArmTwitch.Articles;
using ArmTwitch.Comments;
using Microsoft.AspNetCore.WebUtilities;

namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>
/// The address of a list and of the comment that is open beside it, so that a reload, Back and a link that is sent to a colleague show
/// both again.
/// </summary>
/// <param name="Comment">Null for none; a text that is no id stands for a comment that does not exist.</param>
public sealed record QueueAddress(QueueFilter Filter, Guid? Comment = null)
{
    public const string Path = "/moderation/queue";

    /// <summary>A longer search is cut: a proxy may refuse the address.</summary>
    private const int MostWords = 200;

    private const string Tab = "tab", Status = "state", Article = "article", Rule = "rule", Words = "q", Related = "related", Opened = "comment";

    /// <param name="uri">Absolute or not. What it says wrongly is left out.</param>
    public static QueueAddress Parse(string uri)
    {
        var at = uri.IndexOf('?', StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(at < 0 ? "" : uri[at..].Split('#')[0]);
        return new(
            new QueueFilter(
                KebabCase.Find<QueueTab>(Text(Tab)) ?? QueueTab.All,
                Slug.TryParse(Text(Article), out var article) ? article : null,
                Text(Rule),
                KebabCase.Find<CommentStatus>(Text(Status)) is { } status and not CommentStatus.Pending ? status : null,
                Text(Words),
                Guid.TryParse(Text(Related), out var related) ? related : null),
            Text(Opened) is { } opened ? Guid.TryParse(opened, out var comment) ? comment : Guid.Empty : null);

        string? Text(string name) => query.TryGetValue(name, out var values) ? Read(values[0]) : null;
    }

    public override string ToString()
    {
        var parts = new Dictionary<string, string?>
        {
            [Tab] = Filter.Tab is QueueTab.All ? null : KebabCase.Of(Filter.Tab),
            [Status] = Filter.Status is { } status ? KebabCase.Of(status) : null,
            [Article] = Filter.Article?.ToString(),
            [Rule] = Filter.Rule,
            [Words] = Read(Filter.Words),
            [Related] = Filter.RelatedTo?.ToString(),
            [Opened] = Comment?.ToString(),
        };
        return QueryHelpers.AddQueryString(Path, parts.Where(part => part.Value is not null));
    }

    /// <summary>PostgreSQL takes no text with a NUL in it, and no name or word has a control character.</summary>
    private static string? Read(string? typed) =>
        string.Concat((typed ?? "").Where(one => !char.IsControl(one))).Trim() is { Length: > 0 } text ? Beginning.Of(text, MostWords) : null;
}
