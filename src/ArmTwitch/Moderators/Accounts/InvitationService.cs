using System.Net.Mail;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>The only way to an account: a link that works once, within 72 hours, for one role.</summary>
public sealed partial class InvitationService(
    IDbContextFactory<ArmTwitchDb> databases, IServiceScopeFactory scopes, WriteTransactionFactory writing, SessionStore sessions,
    AccountChangeMailer mailer, AuditTrail audit, Site site, TimeProvider clock, ILogger<InvitationService> logger)
{
    public const int LongestEmail = 254, LongestName = 80;

    private const string Purpose = "invitation";

    public static readonly TimeSpan Life = TimeSpan.FromHours(72);

    /// <summary>Invites a person; an open invitation to the same address stops working, and the audit says so.</summary>
    /// <param name="inviter">The admin who invites, shortly after signing in; null for the command line.</param>
    /// <returns>Null when the address has an account already, or the inviter may no longer invite.</returns>
    public async Task<NewInvitation?> MakeAsync(
        string email, ModeratorRole role, CurrentModerator? inviter = null, CancellationToken cancellationToken = default)
    {
        var normalized = ModeratorAccounts.Normalize(email);
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        await ModeratorAccounts.LockAccountsAsync(db, cancellationToken);
        if (await db.Users.AnyAsync(moderator => moderator.NormalizedEmail == normalized, cancellationToken)
            || (inviter is not null
                && !await sessions.IsAuthorizedAsync(db, inviter, ModeratorRole.Admin, isFresh: true, cancellationToken)))
            return null;
        var before = Open(db).Where(invitation => invitation.NormalizedEmail == normalized);
        var replaced = await EndAsync(db, before, audit, AuditAction.InvitationReplaced, inviter, cancellationToken);
        await Unused(db).Where(invitation => invitation.NormalizedEmail == normalized).ExecuteDeleteAsync(cancellationToken);
        await mailer.QueueAsync(db, inviter, $"invited {email} as {ModeratorPolicies.NameOf(role)}", cancellationToken);
        var (link, invitation) = Add(db, email, role, inviter?.Id);
        audit.Add(db, inviter, AuditAction.ModeratorInvited, invitation, detail: As(role));
        await write.CommitAsync(cancellationToken);
        return new(link, replaced > 0);
    }

    /// <summary>Invites the first admin. An older invitation of this kind stops working.</summary>
    /// <returns>The link; null when there is an account already.</returns>
    public async Task<string?> MakeFirstAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AnyAsync(cancellationToken))
            return null;
        await using var write = await writing.BeginAsync(db, cancellationToken);
        await RevokeFirstAdminAsync(db, cancellationToken);
        var (link, _) = Add(db, email: null, ModeratorRole.Admin, inviter: null);
        await write.CommitAsync(cancellationToken);
        return link;
    }

    /// <returns>The invitations that can still be used, the newest first.</returns>
    public async Task<IReadOnlyList<OpenInvitation>> ListAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await (
            from invitation in Open(db)
            join person in db.Users on invitation.InviterId equals (Guid?)person.Id into inviters
            from inviter in inviters.DefaultIfEmpty()
            orderby invitation.ExpiresAt descending
            select new OpenInvitation(invitation.Id, invitation.Email, invitation.Role, (string?)inviter.DisplayName, invitation.ExpiresAt))
            .ToListAsync(cancellationToken);
    }

    /// <param name="by">The admin who revokes it; null for the command line.</param>
    /// <returns>Whether it could still be used.</returns>
    public async Task<bool> RevokeAsync(Guid id, CurrentModerator? by = null, CancellationToken cancellationToken = default)
    {
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        var open = Open(db).Where(invitation => invitation.Id == id);
        if (by is not null)
        {
            var who = sessions.AuthorizedModerators(db, by.Id, ModeratorRole.Admin, by.Session);
            open = open.Where(_ => who.Any());
        }

        var revoked = await EndAsync(db, open, audit, AuditAction.InvitationRevoked, by, cancellationToken) > 0;
        await write.CommitAsync(cancellationToken);
        if (revoked)
            LogRevoked(id);
        return revoked;
    }

    /// <returns>Null when the link does not exist, was used or revoked, is too old, or its inviter is no longer an admin.</returns>
    public async Task<Invitation?> FindAsync(string? token, CancellationToken cancellationToken = default)
    {
        if (SecretToken.Hash(Purpose, token) is not { } hash)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Open(db).Where(invitation => invitation.TokenHash == hash).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes the account and uses up the link, in one transaction.</summary>
    public async Task<JoinResult> AcceptAsync(string? token, NewModerator newcomer)
    {
        if (SecretToken.Hash(Purpose, token) is not { } hash || await FindAsync(token) is not { } invitation)
            return new JoinResult(JoinOutcome.NoInvitation);

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Moderator>>();
        var db = scope.ServiceProvider.GetRequiredService<ArmTwitchDb>();
        var email = invitation.Email ?? newcomer.Email;
        var moderator = new Moderator
        {
            Id = newcomer.Id,
            DisplayName = newcomer.DisplayName,
            Role = invitation.Role,
            CreatedAt = clock.GetUtcNow(),
            UserName = email,
            Email = email,
            EmailConfirmed = invitation.Email is not null,
        };
        if (newcomer.Password is not null)
            moderator.PasswordHash = users.PasswordHasher.HashPassword(moderator, newcomer.Password);

        await using var write = await writing.BeginAsync(db, CancellationToken.None);
        await ModeratorAccounts.LockAccountsAsync(db);
        if (await Open(db).Where(one => one.TokenHash == hash)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, clock.GetUtcNow())) is 0)
            return new JoinResult(JoinOutcome.NoInvitation);
        if (!(await users.CreateAsync(moderator)).Succeeded)
            return new JoinResult(JoinOutcome.AddressTaken);

        var recoveryCodes = await AddCredentialsAsync(users, moderator, newcomer);
        await RevokeFirstAdminAsync(db);
        await Unused(db).Where(one => one.NormalizedEmail == moderator.NormalizedEmail).ExecuteDeleteAsync();
        var joined = new CurrentModerator(moderator.Id, moderator.DisplayName, email!, invitation.Role);
        // Nobody invites the first admin. Of everybody else the audit finds by it whom an invitation let in.
        if (invitation.Email is not null)
            audit.Add(db, joined, AuditAction.InvitationAccepted, invitation.Id, detail: As(invitation.Role));
        audit.Add(db, joined, AuditAction.ModeratorJoined, moderator.Id, moderator.DisplayName, As(invitation.Role));
        await write.CommitAsync(CancellationToken.None);
        LogJoined(moderator.Id, invitation.Role);
        return new JoinResult(JoinOutcome.Joined, moderator.Id, recoveryCodes);
    }

    /// <returns>The recovery codes.</returns>
    private static async Task<IReadOnlyList<string>> AddCredentialsAsync(
        UserManager<Moderator> users, Moderator moderator, NewModerator newcomer)
    {
        if (newcomer.Passkey is null)
            return await TotpAuthenticator.SetKeyAsync(users, moderator, newcomer.AuthenticatorKey!);
        await users.AddOrUpdatePasskeyAsync(moderator, newcomer.Passkey);
        return await RecoveryCodeSet.MakeAsync(users, moderator);
    }

    /// <returns>The address as it is stored; null when it is not valid.</returns>
    public static string? ReadEmail(string? text) =>
        text?.Trim() is { Length: > 0 and <= LongestEmail } email
        && MailAddress.TryCreate(email, out var address) && address.Address == email && !email.Any(char.IsControl)
            ? email
            : null;

    /// <summary>Ends open invitations, each with its entry in the audit.</summary>
    /// <returns>How many.</returns>
    internal static async Task<int> EndAsync(
        ArmTwitchDb db, IQueryable<Invitation> some, AuditTrail audit, AuditAction how, CurrentModerator? by,
        CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var one in await some.AsNoTracking().ToListAsync(cancellationToken))
        {
            // Somebody else may have ended it meanwhile, or joined with it.
            if (await some.Where(invitation => invitation.Id == one.Id).ExecuteDeleteAsync(cancellationToken) is 0)
                continue;
            audit.Add(db, by, how, one.Id, detail: As(one.Role));
            ended++;
        }

        return ended;
    }

    private static IQueryable<Invitation> Unused(ArmTwitchDb db) => db.Set<Invitation>().Where(invitation => invitation.UsedAt == null);

    private IQueryable<Invitation> Open(ArmTwitchDb db)
    {
        var now = clock.GetUtcNow();
        return Unused(db).Where(invitation => invitation.ExpiresAt > now
            && (invitation.InviterId == null
                || db.Users.Any(inviter => inviter.Id == invitation.InviterId && inviter.Role == ModeratorRole.Admin)));
    }

    private static Task<int> RevokeFirstAdminAsync(ArmTwitchDb db, CancellationToken cancellationToken = default) =>
        Unused(db).Where(invitation => invitation.Email == null).ExecuteDeleteAsync(cancellationToken);

    private static string As(ModeratorRole role) => $"as {ModeratorPolicies.NameOf(role)}";

    /// <returns>The link, and the number of the invitation.</returns>
    private (string Link, Guid Id) Add(ArmTwitchDb db, string? email, ModeratorRole role, Guid? inviter)
    {
        var token = SecretToken.New();
        var invitation = new Invitation
        {
            Email = email,
            NormalizedEmail = email is null ? null : ModeratorAccounts.Normalize(email),
            InviterId = inviter,
            Role = role,
            TokenHash = SecretToken.Hash(Purpose, token)!,
            ExpiresAt = clock.GetUtcNow() + Life,
        };
        db.Add(invitation);
        return (site.Absolute($"/moderation/join?token={token}"), invitation.Id);
    }

    [LoggerMessage(LogLevel.Information, "Moderator {ModeratorId} joined as {Role}")]
    private partial void LogJoined(Guid moderatorId, ModeratorRole role);

    [LoggerMessage(LogLevel.Information, "Invitation {InvitationId} was revoked")]
    private partial void LogRevoked(Guid invitationId);
}
