namespace ArmTwitch.Newsletter.SubscriberPages;

/// <param name="Address">Where the forms of the page go, which is the page itself.</param>
public sealed record UnsubscribePageModel(string Address, bool IsDone = false, bool ReasonTold = false);
