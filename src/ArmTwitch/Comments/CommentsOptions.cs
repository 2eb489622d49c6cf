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

/// <summary>How much one network may write.</summary>
public sealed class LimitsOptions
{
    /// <summary>Comments in ten minutes.</summary>
    [Range(1, 1000)]
    public int CommentsInTenMinutes { get; init; } = 3;

    /// <summary>Comments in a day.</summary>
    [Range(1, 10_000)]
    public int CommentsInADay { get; init; } = 10;

    /// <summary>Seconds between two comments.</summary>
    [Range(0, 3600)]
    public int SecondsBetweenComments { get; init; } = 15;

    /// <summary>Changes to one comment in ten minutes.</summary>
    [Range(1, 1000)]
    public int EditsInTenMinutes { get; init; } = 5;

    /// <summary>Changes to one comment in a day.</summary>
    [Range(1, 10_000)]
    public int EditsInADay { get; init; } = 20;

    /// <summary>Changes to comments from one network in ten minutes.</summary>
    [Range(1, 1000)]
    public int NetworkEditsInTenMinutes { get; init; } = 20;

    /// <summary>Changes to comments from one network in a day.</summary>
    [Range(1, 10_000)]
    public int NetworkEditsInADay { get; init; } = 100;

    /// <summary>Reports in a day, of whatever comments.</summary>
    [Range(1, 10_000)]
    public int ReportsInADay { get; init; } = 10;
}
