using System.Net.Mail;
using ArmTwitch.Data;
using ArmTwitch.Data.Hashing;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>The only way to an account: a link that works once, within 72 hours, for the role it was made for.</summary>
public sealed partial class InvitationService(
    IDbContextFactory<ArmTwitchDb> databases, IServiceScopeFactory scopes, WriteTransactionFactory writing, SessionStore sessions,
    AccountChangeMailer mailer, Site site, TimeProvider clock, ILogger<InvitationService> logger)
{
    public const int LongestEmail = 254, LongestName = 80;

    private const string Purpose = "invitation";

    public static readonly TimeSpan Life = TimeSpan.FromHours(72);

    /// <summary>Invites a person; an older invitation of theirs stops working.</summary>
    /// <param name="inviter">The admin who invites, shortly after signing in; null for whoever has the machine.</param>
    /// <returns>The link to hand over; null when the address has an account already, or the inviter may not invite any more.</returns>
    public async Task<string?> MakeAsync(
        string email, ModeratorRole role, CurrentModerator? inviter = null, CancellationToken cancellationToken = default)
    {
        var normalized = ModeratorAccounts.Normalize(email);
        await using var write = await writing.BeginAsync(cancellationToken);
        var db = write.Db;
        await ModeratorAccounts.LockAccountsAsync(db, cancellationToken);
        if (await db.Users.AnyAsync(moderator => moderator.NormalizedEmail == normalized, cancellationToken)
            || (inviter is not null
                && !await sessions.AuthorizedModerators(db, inviter.Id, ModeratorRole.Admin, inviter.Session, isFresh: true)
                    .AnyAsync(cancellationToken)))
            return null;
        await Unused(db).Where(invitation => invitation.NormalizedEmail == normalized).ExecuteDeleteAsync(cancellationToken);
        await mailer.QueueAsync(db, inviter, $"invited {email} as {ModeratorPolicies.NameOf(role)}", cancellationToken);
        var link = Add(db, email, role, inviter?.Id);
        await write.CommitAsync(cancellationToken);
        return link;
    }

    /// <summary>Invites whoever reads the log. An older invitation of this kind stops working.</summary>
    /// <returns>The link; null when there is somebody who can invite.</returns>
    public async Task<string?> MakeFirstAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AnyAsync(cancellationToken))
            return null;
        await using var write = await writing.BeginAsync(db, cancellationToken);
        await RevokeFirstAdminAsync(db, cancellationToken);
        var link = Add(db, email: null, ModeratorRole.Admin, inviter: null);
        await write.CommitAsync(cancellationToken);
        return link;
    }

    /// <summary>The links that somebody could still use, the newest first.</summary>
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

    /// <param name="by">The admin who does it; null for whoever has the machine.</param>
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

        var revoked = await open.ExecuteDeleteAsync(cancellationToken) > 0;
        await write.CommitAsync(cancellationToken);
        if (revoked)
            LogRevoked(id);
        return revoked;
    }

    /// <returns>Null when the link was never made, has been used or revoked, is too old, or whoever made it is no admin any more.</returns>
    public async Task<Invitation?> FindAsync(string? token, CancellationToken cancellationToken = default)
    {
        if (SecretToken.Hash(Purpose, token) is not { } hash)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Open(db).Where(invitation => invitation.TokenHash == hash).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes the account. Either all of it is there afterwards and the link is used up, or nothing has happened.</summary>
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

        IReadOnlyList<string> recoveryCodes;
        if (newcomer.Passkey is not null)
        {
            await users.AddOrUpdatePasskeyAsync(moderator, newcomer.Passkey);
            recoveryCodes = await RecoveryCodeSet.MakeAsync(users, moderator);
        }
        else
        {
            recoveryCodes = await TotpAuthenticator.KeepAsync(users, moderator, newcomer.AuthenticatorKey!);
        }

        await RevokeFirstAdminAsync(db);
        await Unused(db).Where(one => one.NormalizedEmail == moderator.NormalizedEmail).ExecuteDeleteAsync();
        await write.CommitAsync(CancellationToken.None);
        LogJoined(moderator.Id, invitation.Role);
        return new JoinResult(JoinOutcome.Joined, moderator.Id, recoveryCodes);
    }

    /// <returns>The address as it will be kept; null when it is none.</returns>
    public static string? ReadEmail(string? text) =>
        text?.Trim() is { Length: > 0 and <= LongestEmail } email
        && MailAddress.TryCreate(email, out var address) && address.Address == email && !email.Any(char.IsControl)
            ? email
            : null;

    /// <summary>What an admin has made ends with the account or the role.</summary>
    internal static Task RevokeForAddressAsync(ArmTwitchDb db, Guid inviter, CancellationToken cancellationToken = default) =>
        Unused(db).Where(invitation => invitation.InviterId == inviter).ExecuteDeleteAsync(cancellationToken);

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

    /// <returns>The link.</returns>
    private string Add(ArmTwitchDb db, string? email, ModeratorRole role, Guid? inviter)
    {
        var token = SecretToken.New();
        db.Add(new Invitation
        {
            Email = email,
            NormalizedEmail = email is null ? null : ModeratorAccounts.Normalize(email),
            InviterId = inviter,
            Role = role,
            TokenHash = SecretToken.Hash(Purpose, token)!,
            ExpiresAt = clock.GetUtcNow() + Life,
        });
        return site.Absolute($"/moderation/join?token={token}");
    }

    [LoggerMessage(LogLevel.Information, "Moderator {ModeratorId} joined as {Role}")]
    private partial void LogJoined(Guid moderatorId, ModeratorRole role);

    [LoggerMessage(LogLevel.Information, "Invitation {InvitationId} was revoked")]
    private partial void LogRevoked(Guid invitationId);
}
