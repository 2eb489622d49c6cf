using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Comments;

/// <summary>How much one network may send.</summary>
public sealed class CommentLimitOptions
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

    /// <summary>Reports in a day, of all comments together.</summary>
    [Range(1, 10_000)]
    public int ReportsInADay { get; init; } = 10;
}
