using System.Security.Claims;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>
/// The sessions of moderators, in the database, so that the end of a session holds on every replica and every open page. There is no cache:
/// each request and each action of a page reads one row by its key.
/// </summary>
public sealed class SessionStore(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, IOptions<ModeratorsOptions> options, TimeProvider clock)
{
    /// <summary>How long after signing in a moderator may change credentials and accounts.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    /// <summary>How long the row and the cookie of an ended session are kept, to say why it ended.</summary>
    internal static readonly TimeSpan RememberedFor = TimeSpan.FromDays(1);

    private const string Purpose = "session";

    private static readonly TimeSpan
        ActivityInterval = TimeSpan.FromSeconds(20), ActivityPatience = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(10);

    private TimeSpan MostIdle => TimeSpan.FromMinutes(options.Value.IdleMinutes);

    private TimeSpan Longest => TimeSpan.FromHours(options.Value.SessionHours);

    /// <returns>The hash of the secret in the claims; null when nobody is signed in.</returns>
    internal static byte[]? HashOf(ClaimsPrincipal? principal) =>
        SecretToken.Hash(Purpose, principal?.FindFirstValue(ModeratorClaimsFactory.Session));

    /// <returns>The secret for the cookie.</returns>
    internal async Task<string> BeginAsync(Guid moderator, CancellationToken cancellationToken = default)
    {
        var (secret, now) = (SecretToken.New(), clock.GetUtcNow());
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        write.Db.Add(
            new ModeratorSession { Hash = SecretToken.Hash(Purpose, secret)!, ModeratorId = moderator, BegunAt = now, LastSeenAt = now });
        await write.Db.Users.Where(one => one.Id == moderator)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.LastSignInAt, now), cancellationToken);
        await write.CommitAsync(cancellationToken);
        return secret;
    }

    internal async Task<SessionState> ReadAsync(byte[] session, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var row = await (
            from one in db.Set<ModeratorSession>()
            where one.Hash == session
            join moderator in db.Users on one.ModeratorId equals moderator.Id into owners
            from owner in owners.DefaultIfEmpty()
            select new { one.BegunAt, one.LastSeenAt, one.EndedBy, Name = (string?)owner.DisplayName, Role = (ModeratorRole?)owner.Role })
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
            return SessionState.Forgotten;
        var now = clock.GetUtcNow();
        var (idle, rest) = (row.LastSeenAt + MostIdle - now, row.BegunAt + Longest - now);
        SessionEnd? end = row.EndedBy is { } ended ? ended
            : row.Role is null ? SessionEnd.Removed
            : rest <= TimeSpan.Zero ? SessionEnd.TooLong
            : idle <= TimeSpan.Zero ? SessionEnd.Idle
            : null;
        return new(end, idle < rest ? idle : rest, EndsAnyway: rest <= idle)
        {
            IsFresh = now - row.BegunAt < FreshFor,
            IsActivityRecorded = now - row.LastSeenAt < ActivityInterval,
            Name = row.Name ?? "",
            Role = row.Role ?? ModeratorRole.Moderator,
        };
    }

    /// <returns>True also while the database does not answer: without it nothing can be changed anyway.</returns>
    internal async Task<bool> IsAliveAsync(byte[]? session, CancellationToken cancellationToken = default)
    {
        try
        {
            return session is not null && (await ReadAsync(session, cancellationToken)).Ended is null;
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            return true;
        }
    }

    /// <summary>Whether an open page may still do what needs a recent sign-in. The act itself checks it again.</summary>
    /// <param name="session">Null for somebody without a session, as in tests.</param>
    public async Task<bool> IsFreshAsync(byte[]? session, CancellationToken cancellationToken = default) =>
        session is null || await ReadAsync(session, cancellationToken) is { Ended: null, IsFresh: true };

    /// <summary>
    /// Records that the moderator has just done something. A database that cannot be written keeps nobody from reading: after a second the
    /// request goes on, and the next one records it.
    /// </summary>
    internal async Task RecordActivityAsync(byte[] session)
    {
        try
        {
            await WriteActivityAsync(session).WaitAsync(ActivityPatience);
        }
        catch (Exception failed) when (DatabaseFailureClassifier.IsOutage(failed))
        {
            // Health and every act that has to be saved tell of it.
        }
    }

    private async Task WriteActivityAsync(byte[] session)
    {
        var now = clock.GetUtcNow();
        await using var write = await writing.BeginAsync(Patience, CancellationToken.None);
        await Alive(write.Db, now).Where(one => one.Hash == session)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.LastSeenAt, now));
        await write.CommitAsync(CancellationToken.None);
    }

    internal async Task EndAsync(byte[] session, SessionEnd why, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        await EndAsync(write.Db.Set<ModeratorSession>().Where(one => one.Hash == session), why, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>Ends every session of a moderator in the caller's transaction.</summary>
    /// <param name="but">The session that stays; null for none.</param>
    internal Task EndAllAsync(
        ArmTwitchDb db, Guid moderator, SessionEnd why, byte[]? but = null, CancellationToken cancellationToken = default)
    {
        var sessions = db.Set<ModeratorSession>().Where(one => one.ModeratorId == moderator);
        return EndAsync(but is null ? sessions : sessions.Where(one => one.Hash != but), why, cancellationToken);
    }

    /// <summary>
    /// Queries the moderator, if the account has the role and the session goes on. It becomes part of the statement that writes, so that
    /// nothing can change between the check and the write.
    /// </summary>
    /// <param name="session">Null for somebody without a session, as in tests.</param>
    /// <param name="isFresh">Whether the session has to have begun within <see cref="FreshFor"/>.</param>
    public IQueryable<Moderator> AuthorizedModerators(
        ArmTwitchDb db, Guid moderator, ModeratorRole atLeast, byte[]? session, bool isFresh = false)
    {
        // Roles are stored as words, which the database would compare alphabetically.
        var roles = Enum.GetValues<ModeratorRole>().Where(role => role >= atLeast).ToList();
        var person = db.Users.Where(one => one.Id == moderator && roles.Contains(one.Role));
        if (session is null)
            return person;
        var now = clock.GetUtcNow();
        var begunSince = isFresh ? now - FreshFor : DateTimeOffset.UnixEpoch;
        var alive = Alive(db, now).Where(one => one.Hash == session && one.ModeratorId == moderator && one.BegunAt > begunSince);
        return person.Where(_ => alive.Any());
    }

    /// <summary>Whether somebody has the role and the session goes on. Ask in the transaction that it is about.</summary>
    /// <inheritdoc cref="AuthorizedModerators" path="/param"/>
    internal Task<bool> IsAuthorizedAsync(
        ArmTwitchDb db, CurrentModerator by, ModeratorRole atLeast, bool isFresh = false, CancellationToken cancellationToken = default) =>
        AuthorizedModerators(db, by.Id, atLeast, by.Session, isFresh).AnyAsync(cancellationToken);

    /// <summary>Ends one session of a moderator, or all, for an admin, in the caller's transaction.</summary>
    /// <param name="session">Null for all.</param>
    /// <returns>How many went on until now.</returns>
    internal Task<int> EndByAdminAsync(ArmTwitchDb db, Guid moderator, byte[]? session, CancellationToken cancellationToken)
    {
        var sessions = Alive(db, clock.GetUtcNow()).Where(one => one.ModeratorId == moderator);
        return EndAsync(
            session is null ? sessions : sessions.Where(one => one.Hash == session), SessionEnd.EndedByAdmin, cancellationToken);
    }

    /// <summary>The sessions that go on.</summary>
    internal IQueryable<ModeratorSession> Alive(ArmTwitchDb db, DateTimeOffset now)
    {
        var (seenSince, begunSince) = (now - MostIdle, now - Longest);
        return db.Set<ModeratorSession>().Where(one => one.EndedBy == null && one.LastSeenAt > seenSince && one.BegunAt > begunSince);
    }

    private Task<int> EndAsync(IQueryable<ModeratorSession> sessions, SessionEnd why, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return sessions.Where(one => one.EndedBy == null).ExecuteUpdateAsync(
            set => set.SetProperty(one => one.EndedBy, why).SetProperty(one => one.EndedAt, now), cancellationToken);
    }
}
