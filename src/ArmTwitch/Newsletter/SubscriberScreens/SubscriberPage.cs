namespace ArmTwitch.Newsletter.SubscriberScreens;

/// <summary>Some rows of the list of subscribers.</summary>
/// <param name="HasMore">Whether there are more behind the last one.</param>
public sealed record SubscriberPage(IReadOnlyList<Subscriber> Subscribers, bool HasMore);
