namespace ArmTwitch.Newsletter.SubscriberScreens;

/// <summary>Who came and who left in one week.</summary>
/// <param name="Monday">Its first day (UTC).</param>
/// <param name="Joined">Confirmed by a link or a code.</param>
/// <param name="Imported">Came confirmed with a list.</param>
/// <param name="Left">Unsubscribed, bounced, complained, or erased while subscribed.</param>
public sealed record SubscriberWeek(DateOnly Monday, int Joined, int Imported, int Left);
