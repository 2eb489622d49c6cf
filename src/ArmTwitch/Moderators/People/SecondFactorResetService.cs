using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Moderators.Accounts;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.People;

/// <summary>
/// Lets somebody in again who has lost app, passkey and recovery codes: all of them end, and one new recovery code takes their place,
/// which the admin hands over. The person and every admin get a mail, and neither holds the code.
/// </summary>
public sealed class SecondFactorResetService(
    UserManager<Moderator> users, ArmTwitchDb db, WriteTransactionFactory writing, SessionStore sessions, AccountChangeMailer admins,
    Outbox outbox, Site site, AuditTrail audit, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="by">An admin shortly after signing in, and not the person: they change it on their own page.</param>
    /// <returns>The outcome, and the code that signs the person in once.</returns>
    public async Task<(ModeratorAccountOutcome Outcome, string? Code)> ResetAsync(Guid id, CurrentModerator by)
    {
        await using var write = await writing.BeginAsync(db, Patience, CancellationToken.None);
        await ModeratorAccounts.LockAccountsAsync(db);
        if (id == by.Id || !await sessions.IsAuthorizedAsync(db, by, ModeratorRole.Admin, isFresh: true))
            return (ModeratorAccountOutcome.MayNoLonger, null);
        if (await users.FindByIdAsync(id.ToString()) is not { } person)
            return (ModeratorAccountOutcome.Unknown, null);
        await admins.QueueAsync(db, by, $"reset how {person.DisplayName} ({person.Email}) signs in", CancellationToken.None);
        foreach (var passkey in await users.GetPasskeysAsync(person))
            await users.RemovePasskeyAsync(person, passkey.CredentialId);
        // Another key and not none: without a second factor Identity would let the password alone in.
        if (person.PasswordHash is not null)
            await TotpAuthenticator.SetKeyAsync(users, person, users.GenerateNewAuthenticatorKey());
        var code = (await users.GenerateNewTwoFactorRecoveryCodesAsync(person, 1))?.SingleOrDefault();
        if (code is null || !(await users.UpdateSecurityStampAsync(person)).Succeeded)
            return (ModeratorAccountOutcome.Unknown, null);
        await sessions.EndAllAsync(db, id, SessionEnd.CredentialChanged);
        QueueMail(person, by);
        audit.Add(db, by, AuditAction.SecondFactorReset, id, person.DisplayName);
        await write.CommitAsync(CancellationToken.None);
        return (ModeratorAccountOutcome.Done, code);
    }

    private void QueueMail(Moderator person, CurrentModerator by)
    {
        if (!EmailAddress.CanReceive(person.Email!))
            return;
        var when = clock.GetUtcNow().UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var message = new TransactionalMessage(
            $"{site.Name}: how you sign in was reset", $"{by.Name} reset your second factor and passkeys.")
            .Paragraph($"On {when} UTC {by.Name} ({by.Email}) reset how you sign in to moderation at {site.Name}. Your authenticator app, "
                + "passkeys and recovery codes do not work any more, and you are signed out everywhere.")
            .Paragraph($"{by.Name} has a code for you that works once. Sign in with "
                + (person.PasswordHash is null ? "it in place of a password" : "your password and that code")
                + $", then set up {(person.PasswordHash is null ? "a passkey" : "your app")} again at once:")
            .Button("Your account", site.Absolute("/moderation/account"))
            .Paragraph("If you did not ask for it, tell another admin at once.");
        outbox.Queue(db, message.ToDraft($"credential {Guid.CreateVersion7()}", person.Email!, site));
    }
}
