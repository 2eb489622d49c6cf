namespace ArmTwitch.Articles.Emergency;

/// <summary>How soon a reader needs somebody, most urgent first. The order is the order on the page.</summary>
public enum Urgency
{
    Emergency,
    Urgent,
    Routine,
    SelfCare,
}

/// <summary>What each urgency is called and how it looks, so that no card can differ from another of its kind.</summary>
public static class UrgencyLabels
{
    /// <summary>What assistive technology says before the heading, because it does not see the colour (WCAG 1.4.1).</summary>
    public static string Prefix(this Urgency urgency) => urgency switch
    {
        Urgency.Emergency => "Emergency advice:",
        Urgency.Urgent => "Urgent advice:",
        Urgency.Routine => "Advice that can wait for a visit:",
        Urgency.SelfCare => "Self-care advice:",
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, null),
    };

    /// <summary>The word on the card's corner, which stays when the colours are gone (print, forced colours).</summary>
    public static string Badge(this Urgency urgency) => urgency switch
    {
        Urgency.Emergency => "Now",
        Urgency.Urgent => "Today",
        Urgency.Routine => "Soon",
        Urgency.SelfCare => "At home",
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, null),
    };

    /// <summary>The class in the stylesheet that colours the card.</summary>
    public static string Style(this Urgency urgency) => urgency switch
    {
        Urgency.Emergency => "emergency",
        Urgency.Urgent => "urgent",
        Urgency.Routine => "routine",
        Urgency.SelfCare => "self-care",
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, null),
    };

    /// <summary>Who to turn to and when, with the numbers of one place. The card's list finishes the sentence.</summary>
    public static string Heading(this Urgency urgency, EmergencyNumbers numbers) => urgency switch
    {
        Urgency.Emergency => $"Call {numbers.Emergency} now if:",
        Urgency.Urgent => numbers.Advice is { } advice ? $"Call {advice} or your GP today if:" : "Call a doctor today if:",
        Urgency.Routine => "Book a visit with your GP if:",
        Urgency.SelfCare => "Look after it at home if:",
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, null),
    };
}
