namespace ArmTwitch.Newsletter.Subscribing;

/// <summary>Everything that is stored about one subscriber, for that person.</summary>
/// <param name="EndsAt">When the link to it expires.</param>
public sealed record SubscriberDetails(Subscriber Subscriber, IReadOnlyList<ConsentRecord> Consent, DateTimeOffset EndsAt);
