using ArmTwitch.Data;
using ArmTwitch.Data.Retention;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Bounces;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.Retention;

/// <summary>Erases what the newsletter stores about the person with an address.</summary>
public sealed class SubscriberPersonDataEraser(
    SubscriptionService subscriptions, BounceFolderReader bounces, WriteTransactionFactory writing) : IPersonDataEraser
{
    public async Task<IReadOnlyList<ErasureResult>> EraseAsync(PersonAddress person, CancellationToken cancellationToken = default)
    {
        var parts = new List<ErasureResult>();
        if (EmailAddress.TryParse(person.Text, out var address) && await subscriptions.EraseAsync(address, cancellationToken))
            parts.Add(new("subscription", 1, IsErased: true, "The subscription is erased. A keyed hash stays, "
                + "so that nobody can put the address on the list without asking its owner."));
        await using (var write = await writing.BeginAsync(cancellationToken))
        {
            var found = await person.FindAsync(write.Db.Set<SubscriptionRequest>().Select(form => form.Email), cancellationToken);
            var forms = await write.Db.Set<SubscriptionRequest>().Where(form => found.Contains(form.Email!)).ExecuteDeleteAsync(cancellationToken);
            await write.CommitAsync(cancellationToken);
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
