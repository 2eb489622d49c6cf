using ArmTwitch.Data;
using ArmTwitch.Data.Availability;
using ArmTwitch.Data.Bulk;
using ArmTwitch.Mail;
using ArmTwitch.Moderators;
using ArmTwitch.Moderators.Auditing;
using ArmTwitch.Moderators.Sessions;
using ArmTwitch.Newsletter.Screens;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.ImportExport.TakingBack;

/// <summary>
/// Takes an import back: whoever became a reader by it alone, and has done nothing here since, is unsubscribed. The time of an import tells
/// it from others: the audit has it, and so has every consent that came with it.
/// </summary>
public sealed class ImportTakeBackService(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, SuppressionList suppressions, SubscriberSecrets secrets,
    SessionStore sessions, AuditTrail audit, TimeProvider clock)
{
    /// <summary>
    /// For how long an import is offered to be taken back: shorter than mails are kept, which tell who has asked for something here.
    /// </summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    private const int Batch = 1000, MostImports = 10;

    /// <summary>How often some people are tried with whom somebody else does something at the same time.</summary>
    private const int MostAttempts = 10;

    /// <summary>The newest imports that can be taken back, the newest first.</summary>
    public async Task<IReadOnlyList<PastImport>> ListAsync(CancellationToken cancellationToken = default)
    {
        var since = clock.GetUtcNow() - Life;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var begun = await db.Set<AuditEntry>().AsNoTracking()
            .Where(entry => entry.Act == AuditAction.SubscriberImportStarted && entry.At >= since).OrderByDescending(entry => entry.Id)
            .Take(MostImports).Select(entry => new { entry.At, entry.By }).ToListAsync(cancellationToken);
        var imports = new List<PastImport>();
        foreach (var one in begun.DistinctBy(one => one.At))
        {
            var (all, readers) = (await ConsentsOf(db, one.At).CountAsync(cancellationToken), await CountReadersAsync(db, one.At, cancellationToken));
            if (readers > 0)
                imports.Add(new(one.At, one.By, readers, all - readers));
        }

        return imports;
    }

    /// <summary>
    /// Takes an import back, in several transactions. When it breaks off, those who are left are taken back by doing it again.
    /// </summary>
    /// <param name="at">The time of one of <see cref="ListAsync"/>.</param>
    /// <param name="by">An editor; null for the command line.</param>
    /// <returns>How many were unsubscribed; null when the editor is none any more.</returns>
    public async Task<int?> TakeBackAsync(DateTimeOffset at, CurrentModerator? by, CancellationToken cancellationToken = default)
    {
        await secrets.PrepareAsync(cancellationToken);
        await suppressions.HashAsync("", cancellationToken);
        await using (var write = await writing.BeginAsync(cancellationToken))
        {
            if (by is not null && !await sessions.AuthorizedModerators(write.Db, by.Id, ModeratorRole.Editor, by.Session).AnyAsync(cancellationToken))
                return null;
            if (await CountReadersAsync(write.Db, at, cancellationToken) is not (> 0 and var readers))
                return 0;
            audit.Add(
                write.Db, by, AuditAction.SubscriberImportTakenBack,
                detail: $"{IssueLabels.People(readers)} of the import that began {IssueLabels.Time(at)} UTC");
            await write.CommitAsync(cancellationToken);
        }

        var (last, done) = (0L, 0);
        while (await TakeBackSomeAsync(at, last, cancellationToken) is var (count, next))
            (last, done) = (next, done + count);
        return done;
    }

    private static IQueryable<ConsentRecord> ConsentsOf(ArmTwitchDb db, DateTimeOffset at) => db.Set<ConsentRecord>().AsNoTracking()
        .Where(record => record.At == at && record.Kind == ConsentKind.Given
            && (record.Method == ConsentMethod.Import || record.Method == ConsentMethod.ImportVouched));

    /// <summary>
    /// Readers of whom the ledger says one thing only, and who have asked for nothing here: they got no mail of the newsletter but issues.
    /// </summary>
    private static IQueryable<Subscriber> Idle(ArmTwitchDb db, IQueryable<Subscriber> some)
    {
        var asked = db.Set<OutgoingMail>().Where(mail => mail.MailingId == null && mail.Cause.StartsWith(SubscriptionMailer.Cause))
            .Select(mail => mail.To);
        return some.Where(one => one.State == SubscriberState.Confirmed && !asked.Contains(one.Email!)
            && db.Set<ConsentRecord>().Count(record => record.SubscriberId == one.Id) == 1);
    }

    private static Task<int> CountReadersAsync(ArmTwitchDb db, DateTimeOffset at, CancellationToken cancellationToken) => Idle(
        db, ConsentsOf(db, at).Join(db.Set<Subscriber>(), record => record.SubscriberId, one => one.Id, (_, one) => one))
        .CountAsync(cancellationToken);

    /// <param name="after">The number of the last consent that was looked at.</param>
    /// <returns>How many were unsubscribed, and the last consent that was looked at; null when there are no more.</returns>
    private async Task<(int Count, long Last)?> TakeBackSomeAsync(DateTimeOffset at, long after, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var write = await writing.BeginAsync(cancellationToken);
                var some = await ConsentsOf(write.Db, at).Where(record => record.Id > after).OrderBy(record => record.Id).Take(Batch)
                    .Select(record => new { record.Id, record.SubscriberId }).ToListAsync(cancellationToken);
                if (some.Count is 0)
                    return null;
                var count = await EndAsync(write.Db, [.. some.Select(one => one.SubscriberId)], cancellationToken);
                await write.CommitAsync(cancellationToken);
                return (count, some[^1].Id);
            }
            catch (Exception failed) when (attempt < MostAttempts
                && (failed is DbUpdateConcurrencyException || DatabaseFailureClassifier.IsConflict(failed)))
            {
                // Somebody of them has just left, or is being imported: they are looked at anew.
            }
        }
    }

    private async Task<int> EndAsync(ArmTwitchDb db, List<Guid> ids, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var idle = Idle(db, db.Set<Subscriber>().Where(one => ids.Contains(one.Id)));
        var people = await idle.OrderBy(one => one.Key).Select(one => new { one.Id, one.Key }).ToListAsync(cancellationToken);
        if (await idle.ExecuteUpdateAsync(
            set => set.SetProperty(one => one.State, SubscriberState.Unsubscribed).SetProperty(one => one.EndedAt, now)
                .SetProperty(one => one.Recent, ""),
            cancellationToken) != people.Count)
            throw new DbUpdateConcurrencyException("A subscriber has another state since they were looked at.");
        var (records, suppressed) = (new List<ConsentRecord>(), new List<byte[]>());
        foreach (var one in people)
        {
            records.Add(new ConsentRecord
            {
                SubscriberId = one.Id,
                Address = await secrets.AddressHashAsync(one.Key!, cancellationToken),
                Kind = ConsentKind.Withdrawn,
                Method = ConsentMethod.ImportTakenBack,
                At = now,
            });
            suppressed.Add(await suppressions.HashAsync(one.Key!, cancellationToken));
        }

        await db.InsertAsync(records, cancellationToken);
        await suppressions.AddAsync(db, suppressed, SubscriptionService.Scope, "unsubscribed", cancellationToken);
        return people.Count;
    }
}
