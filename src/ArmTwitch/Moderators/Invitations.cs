using System.Net.Mail;
using ArmTwitch.Data;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators;

/// <summary>The only way to an account: a link that works once, within 72 hours, for the role it was made for.</summary>
public sealed partial class Invitations(
    IDbContextFactory<ArmTwitchDb> databases, IServiceScopeFactory scopes, WriteGate gate, Site site, TimeProvider clock, ILogger<Invitations> logger)
{
    public const int LongestEmail = 254, LongestName = 80, RecoveryCodes = 10;

    private const string Purpose = "invitation";

    public static readonly TimeSpan Life = TimeSpan.FromHours(72);

    /// <summary>Invites a person; an older invitation of theirs stops working.</summary>
    /// <returns>The link to hand over; null when the address has an account already.</returns>
    public async Task<string?> MakeAsync(string email, ModeratorRole role, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var normalized = People.Normalize(email);
        if (await db.Users.AnyAsync(moderator => moderator.NormalizedEmail == normalized, cancellationToken))
            return null;
        using var turn = await gate.EnterAsync(cancellationToken);
        await db.Set<Invitation>().Where(invitation => invitation.Email == email && invitation.UsedAt == null).ExecuteDeleteAsync(cancellationToken);
        return await AddAsync(db, email, role, cancellationToken);
    }

    /// <summary>Invites whoever reads the log. An older invitation of this kind stops working.</summary>
    /// <returns>The link; null when there is somebody who can invite.</returns>
    public async Task<string?> MakeFirstAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Users.AnyAsync(cancellationToken))
            return null;
        using var turn = await gate.EnterAsync(cancellationToken);
        await VoidFirstAsync(db, cancellationToken);
        return await AddAsync(db, email: null, ModeratorRole.Admin, cancellationToken);
    }

    /// <returns>Null when the link was never made, has been used or is too old.</returns>
    public async Task<Invitation?> FindAsync(string? token, CancellationToken cancellationToken = default)
    {
        if (Token.Hash(Purpose, token) is not { } hash)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Open(db, hash).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes the account. Either all of it is there afterwards and the link is used up, or nothing has happened.</summary>
    public async Task<Joining> AcceptAsync(string? token, Newcomer newcomer)
    {
        if (Token.Hash(Purpose, token) is not { } hash || await FindAsync(token) is not { } invitation)
            return new Joining(JoinOutcome.NoInvitation);

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
            LockoutEnabled = true,
        };
        if (newcomer.Password is not null)
            moderator.PasswordHash = users.PasswordHasher.HashPassword(moderator, newcomer.Password);

        using var turn = await gate.EnterAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        if (await Open(db, hash).ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, clock.GetUtcNow())) is 0)
            return new Joining(JoinOutcome.NoInvitation);
        if (!(await users.CreateAsync(moderator)).Succeeded)
            return new Joining(JoinOutcome.AddressTaken);

        IReadOnlyList<string> recoveryCodes = [];
        if (newcomer.Passkey is not null)
        {
            await users.AddOrUpdatePasskeyAsync(moderator, newcomer.Passkey);
        }
        else
        {
            recoveryCodes = await Authenticator.KeepAsync(users, moderator, newcomer.AuthenticatorKey!);
        }

        await VoidFirstAsync(db);
        await transaction.CommitAsync();
        LogJoined(moderator.Id, invitation.Role);
        return new Joining(JoinOutcome.Joined, moderator.Id, recoveryCodes);
    }

    /// <returns>The address as it will be kept; null when it is none.</returns>
    public static string? ReadEmail(string? text) =>
        text?.Trim() is { Length: > 0 and <= LongestEmail } email && MailAddress.TryCreate(email, out var address) && address.Address == email && !email.Any(char.IsControl)
            ? email
            : null;

    private IQueryable<Invitation> Open(ArmTwitchDb db, byte[] hash)
    {
        var now = clock.GetUtcNow();
        return db.Set<Invitation>().Where(invitation => invitation.TokenHash == hash && invitation.UsedAt == null && invitation.ExpiresAt > now);
    }

    private static Task<int> VoidFirstAsync(ArmTwitchDb db, CancellationToken cancellationToken = default) =>
        db.Set<Invitation>().Where(invitation => invitation.Email == null && invitation.UsedAt == null).ExecuteDeleteAsync(cancellationToken);

    private async Task<string> AddAsync(ArmTwitchDb db, string? email, ModeratorRole role, CancellationToken cancellationToken)
    {
        var token = Token.New();
        db.Add(new Invitation { Email = email, Role = role, TokenHash = Token.Hash(Purpose, token)!, ExpiresAt = clock.GetUtcNow() + Life });
        await db.SaveChangesAsync(cancellationToken);
        return site.Absolute($"/moderation/join?token={token}");
    }

    [LoggerMessage(LogLevel.Information, "Moderator {ModeratorId} joined as {Role}")]
    private partial void LogJoined(Guid moderatorId, ModeratorRole role);
}

/// <summary>What an invited person brings: a password with an authenticator app, or a passkey.</summary>
/// <param name="Id">Chosen before the account exists, because a passkey is made for it.</param>
/// <param name="Email">Used only when the invitation names none.</param>
public sealed record Newcomer(Guid Id, string DisplayName, string? Email)
{
    public string? Password { get; init; }

    /// <summary>The key of the app, once the app has shown that it has it.</summary>
    public string? AuthenticatorKey { get; init; }

    public UserPasskeyInfo? Passkey { get; init; }
}

/// <param name="RecoveryCodes">To be shown once; nobody can read them again.</param>
public sealed record Joining(JoinOutcome Outcome, Guid? ModeratorId = null, IReadOnlyList<string>? RecoveryCodes = null);

public enum JoinOutcome
{
    Joined,
    NoInvitation,
    AddressTaken,
}
