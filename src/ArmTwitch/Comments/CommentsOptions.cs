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

    /// <summary>What moderators do about a comment that may be a crisis: one step a line, its name before a colon.</summary>
    [Required, StringLength(4000)]
    public string CrisisPlan { get; init; } =
        """
        Read: read all of it, and what the rules saw; a quotation or a memory of long ago is no crisis.
        Keep it back: do not publish it as it stands; words about how or where may harm others in the same state.
        Tell somebody: call the person on duty at once, at night too, and stay in touch until they have it.
        If a place and a time are named: call the emergency number of that place, and say what stands here.
        Then decide: refuse it with the reason “Safeguarding”, or publish it when nobody can come to harm by it.
        """;
}
