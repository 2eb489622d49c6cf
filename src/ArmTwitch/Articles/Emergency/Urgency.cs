namespace ArmTwitch.Articles.Emergency;

/// <summary>How soon a reader needs help, the most urgent first; cards stand on the page in this order.</summary>
public enum Urgency
{
    Emergency,
    Hospital,
    Urgent,
    Routine,
    SelfCare,
}

/// <summary>Headings and looks of the urgency cards, the same on every page.</summary>
public static class UrgencyLabels
{
    /// <summary>Read before the heading by assistive technology, which does not tell the colour (WCAG 1.4.1).</summary>
    public static string Prefix(this Urgency urgency) => urgency switch
    {
        Urgency.Emergency => "Emergency advice:",
        Urgency.Hospital => "Hospital advice:",
        Urgency.Urgent => "Urgent advice:",
        Urgency.Routine => "Advice that can wait for a visit:",
        Urgency.SelfCare => "Self-care advice:",
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, null),
    };

    /// <summary>The word on the card's corner, for when there are no colours (print, forced colours).</summary>
    public static string Badge(this Urgency urgency) => urgency switch
    {
        Urgency.Emergency => "Now",
        Urgency.Hospital => "Hospital",
        Urgency.Urgent => "Today",
        Urgency.Routine => "Soon",
        Urgency.SelfCare => "At home",
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, null),
    };

    /// <summary>
    /// Whom to contact and when, with the numbers of the places that the page shows. Each item of the card's list finishes the sentence.
    /// </summary>
    public static IReadOnlyList<CallPart> Heading(this Urgency urgency, IReadOnlyList<EmergencyNumbers> places) => urgency switch
    {
        Urgency.Emergency => [new("Call "), .. CallText.Emergency(places), new(" now if:")],
        Urgency.Hospital => [new("Go to a hospital today if:")],
        Urgency.Urgent => [.. CallText.Advice(places), new(" today if:")],
        Urgency.Routine => [new("Book a visit with your GP if:")],
        Urgency.SelfCare => [new("You can look after it at home if all of these fit:")],
        _ => throw new ArgumentOutOfRangeException(nameof(urgency), urgency, null),
    };
}
