using ArmTwitch.Data;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Sessions;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>The accounts of moderators, editors and admins. The last admin cannot be removed: nobody could invite another.</summary>
public sealed partial class ModeratorAccounts(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, SessionStore sessions, AccountChangeMailer mailer,
    AuditTrail audit, TimeProvider clock, ILogger<ModeratorAccounts> logger)
{
    /// <summary>The key of the advisory lock of PostgreSQL; nothing else may use it.</summary>
    private const long LockKey = 0x50656F706C65;

    public async Task<IReadOnlyList<Moderator>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().OrderBy(moderator => moderator.CreatedAt)
            .ThenBy(moderator => moderator.Id).ToListAsync(cancellationToken);
    }

    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.AnyAsync(cancellationToken);
    }

    public async Task<Moderator?> FindAsync(string email, CancellationToken cancellationToken = default)
    {
        var normalized = Normalize(email);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().SingleOrDefaultAsync(moderator => moderator.NormalizedEmail == normalized, cancellationToken);
    }

    /// <summary>Changes a role and ends every session of the person, who has to sign in again.</summary>
    /// <param name="by">The admin who does it, shortly after signing in; null for the command line.</param>
    public Task<ModeratorAccountOutcome> ChangeRoleAsync(
        Guid id, ModeratorRole role, CurrentModerator? by = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            id, by,
            person =>
                $"changed the role of {Named(person)} from {ModeratorPolicies.NameOf(person.Role)} to {ModeratorPolicies.NameOf(role)}",
            AuditAction.ModeratorRoleChanged,
            person => $"from {ModeratorPolicies.NameOf(person.Role)} to {ModeratorPolicies.NameOf(role)}",
            async (db, who) =>
            {
                var stamp = Guid.NewGuid().ToString();
                var changed = await (role is ModeratorRole.Admin ? who : NotTheLastAdmin(db, who)).ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.Role, role).SetProperty(one => one.ConcurrencyStamp, stamp), cancellationToken);
                if (changed is 0)
                    return 0;
                await sessions.EndAllAsync(db, id, SessionEnd.RoleChanged, cancellationToken: cancellationToken);
                if (role is not ModeratorRole.Admin)
                    await RevokeInvitationsAsync(db, id, by, cancellationToken);
                LogRole(id, role);
                return changed;
            }, cancellationToken);

    /// <summary>Deletes an account, its sessions and the invitations that it has made.</summary>
    /// <inheritdoc cref="ChangeRoleAsync" path="/param"/>
    public Task<ModeratorAccountOutcome> RemoveAsync(Guid id, CurrentModerator? by = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(id, by, person => $"removed {Named(person)}", AuditAction.ModeratorRemoved, person => ModeratorPolicies.NameOf(person.Role), async (db, who) =>
        {
            var removed = await NotTheLastAdmin(db, who).ExecuteDeleteAsync(cancellationToken);
            if (removed is 0)
                return 0;
            await sessions.EndAllAsync(db, id, SessionEnd.Removed, cancellationToken: cancellationToken);
            await RevokeInvitationsAsync(db, id, by, cancellationToken);
            LogRemoved(id);
            return removed;
        }, cancellationToken);

    /// <summary>Does the same as the normalizer of Identity.</summary>
    internal static string Normalize(string email) => email.Normalize().ToUpperInvariant();

    /// <summary>
    /// Makes changes of accounts and roles wait for each other until the transaction ends. Otherwise two admins who remove each other
    /// would both see that the other is still there, and an invitation could be used while its inviter is being removed.
    /// </summary>
    internal static async Task LockAccountsAsync(ArmTwitchDb db, CancellationToken cancellationToken = default)
    {
        // SQLite has one writer at a time anyway.
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);
    }

    private static IQueryable<Moderator> NotTheLastAdmin(ArmTwitchDb db, IQueryable<Moderator> who) =>
        who.Where(one => one.Role != ModeratorRole.Admin || db.Users.Any(other => other.Id != one.Id && other.Role == ModeratorRole.Admin));

    /// <summary>Nobody is let in by somebody who lost the account or the role.</summary>
    private async Task RevokeInvitationsAsync(ArmTwitchDb db, Guid inviter, CurrentModerator? by, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await InvitationService.EndAsync(
            db, db.Set<Invitation>().Where(one => one.InviterId == inviter && one.UsedAt == null && one.ExpiresAt > now), audit,
            AuditAction.InvitationRevoked, by, cancellationToken);
    }

    private static string Named(Moderator person) => $"{person.DisplayName} ({person.Email})";

    private async Task<ModeratorAccountOutcome> ChangeAsync(
        Guid id, CurrentModerator? by, Func<Moderator, string> did, AuditAction act, Func<Moderator, string> detail,
        Func<ArmTwitchDb, IQueryable<Moderator>, Task<int>> change, CancellationToken cancellationToken)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        await LockAccountsAsync(db, cancellationToken);
        if (by is not null
            && !await sessions.IsAuthorizedAsync(db, by, ModeratorRole.Admin, isFresh: true, cancellationToken))
            return ModeratorAccountOutcome.MayNoLonger;
        var who = db.Users.Where(moderator => moderator.Id == id);
        if (await who.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } person)
            return ModeratorAccountOutcome.Unknown;
        await mailer.QueueAsync(db, by, did(person), cancellationToken);
        if (await change(db, who) is 0)
            return ModeratorAccountOutcome.LastAdmin;
        audit.Add(db, by, act, id, person.DisplayName, detail(person));
        await write.CommitAsync(cancellationToken);
        return ModeratorAccountOutcome.Done;
    }

    [LoggerMessage(LogLevel.Information, "Moderator {ModeratorId} is {Role} now")]
    private partial void LogRole(Guid moderatorId, ModeratorRole role);

    [LoggerMessage(LogLevel.Information, "Moderator {ModeratorId} was removed")]
    private partial void LogRemoved(Guid moderatorId);
}

public enum ModeratorAccountOutcome
{
    Done,
    Unknown,
    LastAdmin,

    /// <summary>The admin who wanted it is no longer an admin, or signed in too long ago.</summary>
    MayNoLonger,
}
