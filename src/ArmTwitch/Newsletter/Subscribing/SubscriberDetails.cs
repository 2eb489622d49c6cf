namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Everything that is kept about one subscriber.</summary>
/// <param name="EndsAt">When the link to it ends.</param>
public sealed record SubscriberDetails(Subscriber Subscriber, IReadOnlyList<ConsentRecord> Consent, DateTimeOffset EndsAt);
