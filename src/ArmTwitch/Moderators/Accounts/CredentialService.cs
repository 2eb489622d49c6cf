using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Mail.Messages;
using ArmTwitch.Mail.Queueing;
using ArmTwitch.Moderators.Authenticators;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Pages;
using Microsoft.AspNetCore.Identity;

namespace ArmTwitch.Moderators.Accounts;

/// <summary>
/// The only way for moderators to change how they sign in themselves. Each change is one transaction with the mail to the owner, and with the end of the
/// other sessions if somebody may have begun them with what was changed.
/// </summary>
public sealed class CredentialService(
    UserManager<Moderator> users, ArmTwitchDb db, WriteTransactionFactory writing, SessionStore sessions, Outbox outbox, Site site,
    IHttpContextAccessor http, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>False when another request changed the account at the same moment, here and in the other methods.</returns>
    public Task<bool> AddPasskeyAsync(Moderator moderator, UserPasskeyInfo passkey) =>
        ChangeAsync(
            moderator, $"A passkey was added: {passkey.Name}.", endsOthers: false, () => users.AddOrUpdatePasskeyAsync(moderator, passkey));

    public Task<bool> RemovePasskeyAsync(Moderator moderator, UserPasskeyInfo passkey) =>
        ChangeAsync(
            moderator, $"A passkey was removed: {passkey.Name}.", endsOthers: true,
            () => users.RemovePasskeyAsync(moderator, passkey.CredentialId));

    /// <param name="password">Null to keep the old one.</param>
    /// <param name="appKey">The key of another authenticator app, which has shown a code of it; null to keep the old one.</param>
    /// <returns>New recovery codes when the app was changed; none when the old codes stay.</returns>
    public async Task<(bool IsDone, IReadOnlyList<string> RecoveryCodes)> ChangePasswordAsync(
        Moderator moderator, string? password, string? appKey, bool removesPasskeys)
    {
        var told = new List<string>();
        if (password is not null)
            told.Add("The password was changed.");
        if (appKey is not null)
            told.Add("The authenticator app was changed, and there are new recovery codes.");
        if (removesPasskeys)
            told.Add("All passkeys were removed.");
        IReadOnlyList<string> codes = [];
        var isDone = await ChangeAsync(moderator, string.Join(' ', told), endsOthers: true, async () =>
        {
            if (password is not null)
                moderator.PasswordHash = users.PasswordHasher.HashPassword(moderator, password);
            if (appKey is not null)
                codes = await TotpAuthenticator.SetKeyAsync(users, moderator, appKey);
            foreach (var passkey in removesPasskeys ? await users.GetPasskeysAsync(moderator) : [])
                await users.RemovePasskeyAsync(moderator, passkey.CredentialId);
            return await users.UpdateSecurityStampAsync(moderator);
        });
        return (isDone, codes);
    }

    /// <returns>The new codes; the old ones no longer work.</returns>
    public async Task<(bool IsDone, IReadOnlyList<string> RecoveryCodes)> MakeRecoveryCodesAsync(Moderator moderator)
    {
        IReadOnlyList<string> codes = [];
        var isDone = await ChangeAsync(
            moderator, "New recovery codes were made. The old ones do not work any more.", endsOthers: false, async () =>
            {
                codes = await RecoveryCodeSet.MakeAsync(users, moderator);
                return codes.Count > 0 ? IdentityResult.Success : IdentityResult.Failed();
            });
        return (isDone, codes);
    }

    private async Task<bool> ChangeAsync(Moderator moderator, string told, bool endsOthers, Func<Task<IdentityResult>> change)
    {
        await using var write = await writing.BeginAsync(db, Patience, CancellationToken.None);
        if (!(await change()).Succeeded)
            return false;
        if (endsOthers)
            await sessions.EndAllAsync(db, moderator.Id, SessionEnd.CredentialChanged, but: SessionStore.HashOf(http.HttpContext?.User));
        QueueMail(moderator, told, endsOthers);
        await write.CommitAsync(CancellationToken.None);
        return true;
    }

    private void QueueMail(Moderator moderator, string told, bool endsOthers)
    {
        var when = clock.GetUtcNow().UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var message = new TransactionalMessage($"{site.Name}: how you sign in was changed", told)
            .Paragraph($"On {when} UTC something was changed about how you sign in to moderation at {site.Name}:")
            .Paragraph(told);
        if (endsOthers)
            message.Paragraph("You were signed out everywhere else.");
        message.Paragraph("If it was you, there is nothing to do.")
            .Paragraph("If it was not you, somebody else is in your account. Tell an admin at once, who can remove it, and change "
                + "your password and passkeys:")
            .Button("Your account", site.Absolute("/moderation/account"));
        outbox.Queue(db, message.ToDraft($"credential {Guid.CreateVersion7()}", moderator.Email!, site));
    }
}
