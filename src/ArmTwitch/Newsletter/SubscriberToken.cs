using ArmTwitch.Data.Hashing;

namespace ArmTwitch.Newsletter;

/// <summary>A secret in a link that one subscriber was mailed. It opens one thing.</summary>
public sealed class SubscriberToken
{
    public const string Confirm = "newsletter confirm", Unsubscribe = "newsletter unsubscribe", Manage = "newsletter manage";

    public required byte[] Hash { get; init; }

    public required string Purpose { get; init; }

    public required Guid SubscriberId { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }

    public static SubscriberToken For(Subscriber subscriber, string purpose, string token, DateTimeOffset now, TimeSpan life) => new()
    {
        Hash = SecretToken.Hash(purpose, token)!,
        Purpose = purpose,
        SubscriberId = subscriber.Id,
        MadeAt = now,
        ExpiresAt = now + life,
    };
}
