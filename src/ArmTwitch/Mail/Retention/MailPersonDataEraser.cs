using ArmTwitch.Data;
using ArmTwitch.Data.Files;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail.Transports;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Mail.Retention;

/// <summary>Erases a person in the outbox and in the pickup folder.</summary>
public sealed class MailPersonDataEraser(IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, DataFolder data)
    : IPersonDataEraser
{
    public async Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await person.FindAsync(db.Set<OutgoingMail>().Select(mail => mail.To), cancellationToken);
        var mails = 0;
        if (found.Count > 0)
        {
            await using var write = await writing.BeginAsync(db, cancellationToken);
            mails = await SentMailRecords.EraseAsync(db, found, cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        var files = await OldFileCleanup.DeleteNamingAsync(PickupTransport.FolderIn(data), person.Spellings, cancellationToken);
        List<ErasureResult> results = [];
        if (mails > 0)
            results.Add(new(
                "mails", mails, IsErased: true,
                $"{(mails is 1 ? "1 mail names" : $"{mails} mails name")} nobody any more; what waited is not sent."));
        if (files > 0)
            results.Add(new(
                "mail-files", files, IsErased: true,
                $"{(files is 1 ? "1 file is" : $"{files} files are")} deleted from the folder for mails."));
        return results;
    }
}
