using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Newsletter.SubscriberPages;

/// <param name="Address">Where the forms of the page go, which is the page itself.</param>
/// <param name="Details">Null when the link has expired.</param>
public sealed record ManageSubscriptionPageModel(string Address, SubscriberDetails? Details);
