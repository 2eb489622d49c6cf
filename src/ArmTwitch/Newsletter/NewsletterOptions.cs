using System.ComponentModel.DataAnnotations;

namespace ArmTwitch.Newsletter;

/// <summary>The sender of the newsletter, and when the background service acts.</summary>
public sealed class NewsletterOptions
{
    private const double Tick = 0.01;

    /// <summary>The sender's postal address at the foot of every issue. Without it nothing is sent.</summary>
    [StringLength(300)]
    public string PostalAddress { get; init; } = "";

    /// <summary>How often the program looks for sign-ups, issues that are due and bounces.</summary>
    [Range(Tick, 3600.0)]
    public double PollSeconds { get; init; } = 2;

    /// <summary>An issue that is overdue by more waits for an editor instead of being sent.</summary>
    [Range(0.1, 168.0)]
    public double LateHours { get; init; } = 6;

    /// <summary>
    /// The largest file that can be imported in the browser; a million rows of Mailchimp are about 150 MB. The command takes a file of any
    /// size. More than two million rows are refused by both.
    /// </summary>
    [Range(1, 2000)]
    public int ImportMegabytes { get; init; } = 200;
}
