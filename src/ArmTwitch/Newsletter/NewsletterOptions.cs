using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Newsletter;

/// <summary>Who sends the newsletter, and how the program looks after it.</summary>
public sealed class NewsletterOptions
{
    private const double Tick = 0.01;

    /// <summary>The sender's postal address, which stands at the foot of every issue. Nothing is sent without it.</summary>
    [StringLength(300)]
    public string PostalAddress { get; init; } = "";

    /// <summary>How often the program looks for sign-ups, issues that are due and bounces.</summary>
    [Range(Tick, 3600.0)]
    public double PollSeconds { get; init; } = 2;

    /// <summary>An issue whose time passed longer ago waits for a person.</summary>
    [Range(0.1, 168.0)]
    public double LateHours { get; init; } = 6;
}
