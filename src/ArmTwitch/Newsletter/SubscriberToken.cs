using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter;

/// <summary>The hash of a secret in a link that was mailed to one subscriber, for one purpose.</summary>
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

    /// <returns>Null when there is no such token for this purpose, or it has expired.</returns>
    internal static async Task<SubscriberToken?> FindAsync(
        ArmTwitchDb db, string purpose, string? token, DateTimeOffset now, CancellationToken cancellationToken) =>
        SecretToken.Hash(purpose, token) is { } hash
            ? await db.Set<SubscriberToken>().AsNoTracking()
                .SingleOrDefaultAsync(one => one.Hash == hash && one.Purpose == purpose && one.ExpiresAt > now, cancellationToken)
            : null;
}
