using System.Security.Claims;
using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderators.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ArmTwitch.Moderators.Sessions;

/// <summary>
/// The sessions of moderators, in the database: what ends one ends it on every replica and every open screen. There is no cache: each
/// request and each act of a screen asks for one row by its key.
/// </summary>
public sealed class SessionStore(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, IOptions<ModeratorsOptions> options, TimeProvider clock)
{
    /// <summary>For so long after the sign-in a person may change how to sign in, and who has an account.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    /// <summary>How much longer than a session its row and its cookie are kept, to say why it ended.</summary>
    internal static readonly TimeSpan RememberedFor = TimeSpan.FromDays(1);

    private const string Purpose = "session";

    private static readonly TimeSpan NotedEvery = TimeSpan.FromSeconds(20), Patience = TimeSpan.FromSeconds(10);

    private TimeSpan MostIdle => TimeSpan.FromMinutes(options.Value.IdleMinutes);

    private TimeSpan Longest => TimeSpan.FromHours(options.Value.SessionHours);

    /// <returns>The hash of the secret in a cookie's principal; null when nobody is signed in.</returns>
    internal static byte[]? HashOf(ClaimsPrincipal? principal) =>
        SecretToken.Hash(Purpose, principal?.FindFirstValue(ModeratorClaimsFactory.Session));

    /// <returns>The secret for the cookie.</returns>
    internal async Task<string> BeginAsync(Guid moderator, CancellationToken cancellationToken = default)
    {
        var (secret, now) = (SecretToken.New(), clock.GetUtcNow());
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        write.Db.Add(
            new ModeratorSession { Hash = SecretToken.Hash(Purpose, secret)!, ModeratorId = moderator, BegunAt = now, LastSeenAt = now });
        await write.CommitAsync(cancellationToken);
        return secret;
    }

    /// <summary>Where a session stands now.</summary>
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
            IsActivityRecorded = now - row.LastSeenAt < NotedEvery,
            Name = row.Name ?? "",
            Role = row.Role ?? ModeratorRole.Moderator,
        };
    }

    /// <returns>True also while the database cannot be asked: without it nothing can be done on a screen anyway.</returns>
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

    /// <summary>Notes that the person did something just now.</summary>
    internal async Task RecordActivityAsync(byte[] session, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        await Alive(write.Db, now).Where(one => one.Hash == session)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.LastSeenAt, now), cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    internal async Task EndAsync(byte[] session, SessionEnd why, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(Patience, cancellationToken);
        await EndAsync(write.Db.Set<ModeratorSession>().Where(one => one.Hash == session), why, cancellationToken);
        await write.CommitAsync(cancellationToken);
    }

    /// <summary>Ends every session of a person as a part of the caller's transaction.</summary>
    /// <param name="but">The one that stays; null for none.</param>
    internal Task EndAllAsync(
        ArmTwitchDb db, Guid moderator, SessionEnd why, byte[]? but = null, CancellationToken cancellationToken = default)
    {
        var sessions = db.Set<ModeratorSession>().Where(one => one.ModeratorId == moderator);
        return EndAsync(but is null ? sessions : sessions.Where(one => one.Hash != but), why, cancellationToken);
    }

    /// <summary>
    /// The person, while the account has the role and the session is not over: a part of the statement that acts, so that nothing can
    /// come between asking and acting.
    /// </summary>
    /// <param name="session">Null where a person acts without one, as tests do.</param>
    /// <param name="isFresh">Whether the session has to have begun within <see cref="FreshFor"/>.</param>
    public IQueryable<Moderator> AuthorizedModerators(
        ArmTwitchDb db, Guid moderator, ModeratorRole atLeast, byte[]? session, bool isFresh = false)
    {
        // Roles are kept as words, which the database would compare by their letters.
        var roles = Enum.GetValues<ModeratorRole>().Where(role => role >= atLeast).ToList();
        var person = db.Users.Where(one => one.Id == moderator && roles.Contains(one.Role));
        if (session is null)
            return person;
        var now = clock.GetUtcNow();
        var begunSince = isFresh ? now - FreshFor : DateTimeOffset.UnixEpoch;
        var alive = Alive(db, now).Where(one => one.Hash == session && one.ModeratorId == moderator && one.BegunAt > begunSince);
        return person.Where(_ => alive.Any());
    }

    private IQueryable<ModeratorSession> Alive(ArmTwitchDb db, DateTimeOffset now)
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
