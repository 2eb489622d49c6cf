using ArmTwitch.Comments;
using ArmTwitch.Data;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderation.QueueQueries;

/// <summary>
/// Other comments of the last day that may be by the same person: from the same network on the same day, or with the same e-mail address.
/// </summary>
internal static class RelatedComments
{
    public static readonly TimeSpan Span = TimeSpan.FromDays(1);

    /// <summary>A flood has more; its first hundred are enough to see what it is.</summary>
    public const int Most = 100;

    public static async Task<IReadOnlyList<Guid>> FindAsync(
        ArmTwitchDb db, Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Span;
        var networks = await db.Set<CommentArrival>().Where(arrival => arrival.CommentId == id && arrival.Network != null)
            .Select(arrival => arrival.Network).Distinct().Take(Most).ToListAsync(cancellationToken);
        var related = new HashSet<Guid>();
        foreach (var network in networks)
            related.UnionWith(await db.Set<CommentArrival>()
                .Where(arrival => arrival.Network == network && arrival.At > since && arrival.CommentId != id)
                .OrderByDescending(arrival => arrival.Id).Select(arrival => arrival.CommentId).Take(Most).ToListAsync(cancellationToken));
        var address = await db.Set<Comment>().Where(one => one.Id == id).Select(one => one.Email).SingleOrDefaultAsync(cancellationToken);
        if (address is { } email)
            related.UnionWith(await db.Set<Comment>().Where(one => one.Email == email && one.WrittenAt > since && one.Id != id)
                .Select(one => one.Id).Take(Most).ToListAsync(cancellationToken));
        return [.. related.Take(Most)];
    }
}
