using ArmTwitch.Data;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators.People;

/// <summary>Reads accounts for admins. Accounts are few, so everything about them is read at once.</summary>
public sealed class PeopleDirectory(IDbContextFactory<ArmTwitchDb> databases, SessionStore sessions, TimeProvider clock)
{
    private const int MostEntries = 50;

    /// <summary>Every account, the oldest first.</summary>
    public async Task<IReadOnlyList<PersonOverview>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, db.Users, cancellationToken);
    }

    /// <returns>Null when there is no such account.</returns>
    public async Task<PersonOverview?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await ReadAsync(db, db.Users.Where(one => one.Id == id), cancellationToken)).SingleOrDefault();
    }

    /// <summary>What was last done with an account, the newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListEntriesAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<AuditEntry>().AsNoTracking().Where(entry => entry.SubjectId == id)
            .OrderByDescending(entry => entry.Id).Take(MostEntries).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<PersonOverview>> ReadAsync(
        ArmTwitchDb db, IQueryable<Moderator> who, CancellationToken cancellationToken)
    {
        var people = await who.AsNoTracking().OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).ToListAsync(cancellationToken);
        var ids = people.Select(one => one.Id).ToList();
        var passkeys = await db.Set<IdentityUserPasskey<Guid>>().Where(one => ids.Contains(one.UserId)).GroupBy(one => one.UserId)
            .ToDictionaryAsync(one => one.Key, one => one.Count(), cancellationToken);
        var codes = (await db.UserTokens.Where(one => ids.Contains(one.UserId) && one.Name == RecoveryCodeSet.TokenName)
            .Select(one => new { one.UserId, one.Value }).ToListAsync(cancellationToken))
            .ToDictionary(one => one.UserId, one => one.Value?.Split(';', StringSplitOptions.RemoveEmptyEntries).Length ?? 0);
        var seen = await db.Set<ModeratorSession>().Where(one => ids.Contains(one.ModeratorId)).GroupBy(one => one.ModeratorId)
            .Select(group => new { group.Key, At = group.Max(one => one.LastSeenAt) })
            .ToDictionaryAsync(one => one.Key, one => (DateTimeOffset?)one.At, cancellationToken);
        var open = (await sessions.Alive(db, clock.GetUtcNow()).Where(one => ids.Contains(one.ModeratorId)).AsNoTracking()
            .ToListAsync(cancellationToken)).ToLookup(one => one.ModeratorId);
        return [.. people.Select(person => new PersonOverview(
            person,
            new[] { seen.GetValueOrDefault(person.Id), person.LastSignInAt }.Max(),
            passkeys.GetValueOrDefault(person.Id),
            codes.GetValueOrDefault(person.Id),
            [.. open[person.Id].OrderByDescending(one => one.BegunAt)
                .Select(one => new OpenSession(Convert.ToHexStringLower(one.Hash), one.BegunAt, one.LastSeenAt))]))];
    }
}
