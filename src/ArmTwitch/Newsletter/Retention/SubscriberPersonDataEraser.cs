using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Retention;

/// <summary>Erases what the newsletter keeps under an address.</summary>
public sealed class SubscriberPersonDataEraser(
    SubscriptionService subscriptions, BounceFolderReader bounces, IDbContextFactory<ArmTwitchDb> databases,
    SqliteWriteLock writeLock) : IPersonDataEraser
{
    public async Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        var parts = new List<ErasureResult>();
        if (EmailAddress.TryParse(person.Text, out var address) && await subscriptions.EraseAsync(address, cancellationToken))
            parts.Add(new("subscription", 1, IsErased: true, "The subscription is erased. A keyed hash stays, so that nobody can put the address on the list without asking its owner."));
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        using (await writeLock.AcquireAsync(cancellationToken))
        {
            var found = await person.FindAsync(db.Set<Intake>().Select(intake => intake.Email), cancellationToken);
            var forms = await db.Set<Intake>().Where(intake => found.Contains(intake.Email!)).ExecuteDeleteAsync(cancellationToken);
            if (forms > 0)
                parts.Add(new(
                    "sign-ups", forms, IsErased: true,
                    $"{(forms is 1 ? "1 form that waited is" : $"{forms} forms that waited are")} deleted."));
        }

        var (files, tooBig) = await bounces.EraseAsync(person.Spellings, cancellationToken);
        if (tooBig > 0)
            parts.Add(new(
                "bounce-files-too-big", tooBig, IsErased: true,
                $"{(tooBig is 1 ? "1 file" : $"{tooBig} files")} in data/bounces too big to be read: deleted, whomever it named."));
        if (files > 0)
            parts.Add(new(
                "bounce-files", files, IsErased: true,
                $"{(files is 1 ? "1 report of a mail server is" : $"{files} reports of mail servers are")} deleted."));
        return parts;
    }
}
