using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Comments;

/// <summary>How comments are listed and how long things are kept.</summary>
public sealed class CommentsOptions
{
    /// <summary>Comments on one page.</summary>
    [Range(1, 100)]
    public int PageSize { get; init; } = 20;

    /// <summary>Answers shown at once below a comment; the rest is folded.</summary>
    [Range(0, 100)]
    public int AnswersShown { get; init; } = 5;

    /// <summary>Days for which the writer's own page exists.</summary>
    [Range(1, 365)]
    public int WriterPageDays { get; init; } = 30;

    /// <summary>Reports from so many different networks send a comment back to the moderators.</summary>
    [Range(1, 100)]
    public int ReportsToHold { get; init; } = 3;
}
