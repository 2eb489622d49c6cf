using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Moderators.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Moderators;

/// <summary>Deletes invitations to an address and mails to admins that name it, and says whether it has an account.</summary>
public sealed class ModeratorPersonDataEraser(ModeratorAccounts accounts, WriteTransactionFactory writing) : IPersonDataEraser
{
    public async Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        var parts = new List<ErasureResult>();
        await using (var write = await writing.BeginAsync(cancellationToken))
        {
            var db = write.Db;
            var found = await person.FindAsync(db.Set<Invitation>().Select(invitation => invitation.Email), cancellationToken);
            if (await db.Set<Invitation>().Where(invitation => found.Contains(invitation.Email!))
                .ExecuteDeleteAsync(cancellationToken) is > 0 and var invitations)
                parts.Add(new(
                    "invitations", invitations, IsErased: true,
                    $"{(invitations is 1 ? "1 invitation is" : $"{invitations} invitations are")} taken back."));
            var naming = await person.FindNamingAsync(
                db.Set<OutgoingMail>().Where(mail => mail.Cause.StartsWith(AccountChangeMailer.CausePrefix)).Select(mail => mail.Text),
                cancellationToken);
            var told = await db.Set<OutgoingMail>().Where(mail => naming.Contains(mail.Text))
                .Select(mail => mail.Id).ToListAsync(cancellationToken);
            if (await SentMailRecords.EraseAsync(db, told, cancellationToken) is > 0 and var mails)
                parts.Add(new(
                    "admin-mails", mails, IsErased: true,
                    $"{(mails is 1 ? "1 mail to an admin names" : $"{mails} mails to admins name")} the address no more."));
            await write.CommitAsync(cancellationToken);
        }

        if (await accounts.FindAsync(person.Text, cancellationToken) is not null)
            parts.Add(
                new("account", 1, IsErased: false, $"The address has a moderator's account. End it with: moderators remove {person.Text}"));
        return parts;
    }
}
