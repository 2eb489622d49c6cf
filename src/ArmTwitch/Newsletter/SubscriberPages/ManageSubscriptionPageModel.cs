using ArmTwitch.Newsletter.Subscribing;

namespace ArmTwitch.Newsletter.SubscriberPages;

public sealed record ManageLinkPageModel(string Typed = "", string? Error = null, string Field = "email");

/// <param name="Address">Where the forms of the page go, which is the page itself.</param>
/// <param name="File">Null when the link is over.</param>
public sealed record ManageSubscriptionPageModel(string Address, SubscriberDetails? File);
