using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Comments;

/// <summary>Lists of comments, the author's page, and reports.</summary>
public sealed class CommentsOptions
{
    /// <summary>Comments on one page.</summary>
    [Range(1, 100)]
    public int PageSize { get; init; } = 20;

    /// <summary>Answers shown below a comment; the reader unfolds the others.</summary>
    [Range(0, 100)]
    public int AnswersShown { get; init; } = 5;

    /// <summary>Days for which the link to the author's page works.</summary>
    [Range(1, 365)]
    public int WriterPageDays { get; init; } = 30;

    /// <summary>Reports from so many different networks take a comment off the page until a moderator has looked.</summary>
    [Range(1, 100)]
    public int ReportsToHold { get; init; } = 3;
}
