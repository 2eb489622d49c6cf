namespace ArmTwitch.Newsletter.SubscriberPages;

/// <summary>How far somebody is with leaving the newsletter.</summary>
public enum UnsubscribeStep
{
    /// <summary>The link is missing, cut off or unknown: nobody has left.</summary>
    BrokenLink,
    Ask,
    Done,

    /// <summary>They have left and told why.</summary>
    ReasonTold,
}

/// <param name="Address">Where the forms of the page go, which is the page itself.</param>
public sealed record UnsubscribePageModel(string Address, UnsubscribeStep Step)
{
    internal static readonly UnsubscribePageModel BrokenLink = new("/newsletter/unsubscribe", UnsubscribeStep.BrokenLink);
}
