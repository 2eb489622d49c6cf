using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Feedback;

/// <summary>
/// How many answers one network may send, and how long answers are kept. <c>Limits:Enabled</c> holds for these limits too.
/// </summary>
public sealed class FeedbackOptions
{
    /// <summary>Answers in ten minutes.</summary>
    [Range(1, 1000)]
    public int AnswersInTenMinutes { get; init; } = 5;

    /// <summary>Answers in a day.</summary>
    [Range(1, 10_000)]
    public int AnswersInADay { get; init; } = 30;

    /// <summary>Days for which an answer and its note are kept.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 365;
}
