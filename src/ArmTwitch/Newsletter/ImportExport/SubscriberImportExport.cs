using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Data.Bulk;
using ArmTwitch.Data.Availability;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Subscribing;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>Imports subscribers from a table and exports them as one; an export can be imported again.</summary>
public sealed class SubscriberImportExport(
    IDbContextFactory<ArmTwitchDb> databases, WriteTransactionFactory writing, SuppressionList suppressions, SubscriberSecrets secrets,
    TimeProvider clock)
{
    private const int Batch = 1000;

    /// <summary>How often a batch is tried whose rows somebody else adds at the same time.</summary>
    private const int MostAttempts = 10;

    private const string Overtaken = "A subscriber has another state since the rows were compared.";

    /// <summary>
    /// Imports a table with the column email and, for each person who agreed, consent_at, source and wording. Whoever lacks one of the
    /// three stays pending and gets no mail. Whoever has left, complained or bounced, here or in the table, gets no mail either: what ends
    /// in the table ends here too, and nothing that ended here begins again.
    /// </summary>
    /// <param name="apply">False to only say what would happen.</param>
    /// <exception cref="FormatException">It is no such table; nothing was imported.</exception>
    public async Task<SubscriberImportReport> ImportAsync(TextReader table, bool apply, CancellationToken cancellationToken = default) =>
        await ImportAsync(SubscriberCsvReader.Parse(await table.ReadToEndAsync(cancellationToken)), apply, clock.GetUtcNow(), null, cancellationToken);

    /// <summary>Writes everybody who is not erased.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExportAsync(TextWriter table, CancellationToken cancellationToken = default)
    {
        await using var csv = new CsvWriter(
            table, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\n" },
            leaveOpen: true);
        foreach (var column in SubscriberColumn.All)
            csv.WriteField(column.Name);
        await csv.NextRecordAsync();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var count = 0;
        await foreach (var one in db.Set<Subscriber>().AsNoTracking().Where(one => one.Email != null)
            .OrderBy(one => one.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var column in SubscriberColumn.All)
                csv.WriteField(column.Write(one));
            await csv.NextRecordAsync();
            count++;
        }

        return count;
    }

    /// <param name="now">When it began, by which the consents that come with it are found again.</param>
    /// <param name="progress">Is told how many of how many rows are done; null for nobody.</param>
    internal async Task<SubscriberImportReport> ImportAsync(
        SubscriberCsvReader read, bool apply, DateTimeOffset now, IProgress<SubscriberImportProgress>? progress, CancellationToken cancellationToken)
    {
        await secrets.PrepareAsync(cancellationToken);
        await suppressions.HashAsync("", cancellationToken);
        var report = new SubscriberImportReport(read);
        var (choice, done) = (new SubscriberRowChoice(), 0);
        foreach (var row in read.MayEnd ? read.Rows(now) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row.Subscriber is { } subscriber)
                choice.Note(subscriber);
        }

        foreach (var batch in read.Rows(now).Select(row => ReadRow.Of(row, choice)).Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var row in apply ? await WriteBatchAsync(batch, now, cancellationToken) : await LookAtBatchAsync(batch, cancellationToken))
                report.Add(row);
            progress?.Report(new(done += batch.Length, read.Count));
        }

        return report;
    }

    private async Task<IReadOnlyList<SubscriberImportRow>> LookAtBatchAsync(ReadRow[] rows, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await CompareAsync(db, rows, cancellationToken)).Told;
    }

    /// <summary>
    /// Imports rows in one transaction. Somebody else may import, confirm or leave with the same address at the same time (on PostgreSQL;
    /// SQLite has one writer): then nothing of these rows is written, and they are compared anew, so that the report says of each what this
    /// import did.
    /// </summary>
    private async Task<IReadOnlyList<SubscriberImportRow>> WriteBatchAsync(ReadRow[] rows, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var write = await writing.BeginAsync(cancellationToken);
                var comparison = await CompareAsync(write.Db, rows, cancellationToken);
                await WriteAsync(write.Db, comparison, begun, cancellationToken);
                await write.CommitAsync(cancellationToken);
                return comparison.Told;
            }
            catch (Exception failed) when (attempt < MostAttempts
                && (failed is DbUpdateConcurrencyException || DatabaseFailureClassifier.IsConflict(failed)))
            {
                // The rows are now as the other one left them.
            }
        }
    }

    private async Task<Comparison> CompareAsync(ArmTwitchDb db, ReadRow[] rows, CancellationToken cancellationToken)
    {
        var keys = rows.Where(row => row.Subscriber is not null).Select(row => row.Subscriber!.Key!).ToList();
        var suppressed = await suppressions.FindAsync(keys, SubscriptionService.Scope, cancellationToken);
        var known = await db.Set<Subscriber>().AsNoTracking().Where(one => keys.Contains(one.Key!))
            .Select(one => new KnownSubscriber(
                one.Key!, one.Id, one.State, one.Wording == null,
                db.Set<ConsentRecord>().Any(record => record.SubscriberId == one.Id && record.Kind == ConsentKind.Given
                    && record.Method != ConsentMethod.Import && record.Method != ConsentMethod.ImportVouched)))
            .ToDictionaryAsync(one => one.Key, cancellationToken);
        var comparison = new Comparison([], [], [], [], [.. rows.Where(row => row.Row.IsVouched).Select(row => row.Row.Subscriber!.Id)]);
        foreach (var row in rows)
        {
            var (read, outcome) = (row.Row, row.Subscriber is { } subscriber ? OutcomeOf(subscriber) : row.Reason!.Value);
            comparison.Told.Add(new(read.Line, read.Email, outcome, read.Fault)
            {
                IsProvable = read.IsProvable && IsPending(row, outcome),
                HasWrongTime = read.HasWrongTime,
                Missing = outcome is SubscriberImportOutcome.Pending ? read.Missing : ConsentGaps.None,
            });
        }

        return comparison;

        SubscriberImportOutcome OutcomeOf(Subscriber row)
        {
            var here = known.GetValueOrDefault(row.Key!);
            if (here is not null && here.EndsBy(row))
            {
                comparison.Ended.Add((here, row));
                return SubscriberImportOutcome.Ended;
            }

            if (suppressed.Contains(row.Key!))
                return SubscriberImportOutcome.Suppressed;
            if (here is null)
                comparison.Added.Add(row);
            else if (here.State is SubscriberState.Pending && row.State is SubscriberState.Confirmed)
                comparison.Confirmed.Add((here.Id, row));
            else
                return SubscriberImportOutcome.Unchanged;
            return SubscriberImportReport.OutcomeOf(row.State);
        }

        bool IsPending(ReadRow row, SubscriberImportOutcome outcome) => outcome is SubscriberImportOutcome.Pending
            || (outcome is SubscriberImportOutcome.Unchanged && known[row.Subscriber!.Key!].State is SubscriberState.Pending);
    }

    private async Task WriteAsync(ArmTwitchDb db, Comparison comparison, DateTimeOffset begun, CancellationToken cancellationToken)
    {
        var added = comparison.Added;
        await AddAsync(db, added, cancellationToken);
        foreach (var (id, row) in comparison.Confirmed)
        {
            if (await db.Set<Subscriber>().Where(one => one.Id == id && one.State == SubscriberState.Pending).ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(one => one.CreatedAt, one => one.CreatedAt < row.CreatedAt ? one.CreatedAt : row.CreatedAt);
                    foreach (var column in SubscriberColumn.All)
                        column.Update(set, row);
                },
                cancellationToken) is 0)
                throw new DbUpdateConcurrencyException(Overtaken);
        }

        var consents = added.Where(row => row.State is SubscriberState.Confirmed).Select(row => (row.Id, row)).Concat(comparison.Confirmed);
        await AddConsentRecordsAsync(db, consents, comparison.Vouched, begun, cancellationToken);
        await EndAsync(db, comparison.Ended, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Ends what has ended in the table. The ledger has an entry for whoever had a subscription.</summary>
    private async Task EndAsync(
        ArmTwitchDb db, List<(KnownSubscriber Here, Subscriber Row)> ended, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (records, changed) = (new List<ConsentRecord>(), new List<Subscriber>());
        foreach (var (here, row) in ended)
        {
            var (id, before, after, isUnproven) = (here.Id, here.State, row.State, here.IsUnproven);
            if (await db.Set<Subscriber>().Where(one => one.Id == id && one.State == before && (one.Wording == null) == isUnproven)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(one => one.State, after).SetProperty(one => one.EndedAt, now).SetProperty(one => one.Recent, ""),
                    cancellationToken) is 0)
                throw new DbUpdateConcurrencyException(Overtaken);
            changed.Add(row);
            if (before is SubscriberState.Pending)
                continue;
            records.Add(new ConsentRecord
            {
                SubscriberId = id,
                Address = await secrets.AddressHashAsync(row.Key!, cancellationToken),
                Kind = after switch
                {
                    SubscriberState.Complained => ConsentKind.Complained,
                    SubscriberState.Bounced => ConsentKind.Bounced,
                    _ => ConsentKind.Withdrawn,
                },
                Method = ConsentMethod.Import,
                At = now,
            });
        }

        await db.InsertAsync(records, cancellationToken);
        await SuppressAsync(db, changed, cancellationToken);
    }

    private async Task AddAsync(ArmTwitchDb db, List<Subscriber> added, CancellationToken cancellationToken)
    {
        foreach (var one in added)
            one.UnsubscribeHash = await secrets.UnsubscribeHashAsync(one.Id, cancellationToken);
        await db.InsertAsync(added, cancellationToken);
        await SuppressAsync(db, added.Where(one => one.EndedAt is not null), cancellationToken);
    }

    private async Task SuppressAsync(ArmTwitchDb db, IEnumerable<Subscriber> ended, CancellationToken cancellationToken)
    {
        foreach (var alike in ended.GroupBy(one => one.State))
        {
            var hashes = new List<byte[]>();
            foreach (var one in alike)
                hashes.Add(await suppressions.HashAsync(one.Key!, cancellationToken));
            var scope = alike.Key is SubscriberState.Complained ? Suppression.All : SubscriptionService.Scope;
            await suppressions.AddAsync(db, hashes, scope, KebabCase.Of(alike.Key), cancellationToken);
        }
    }

    private async Task AddConsentRecordsAsync(
        ArmTwitchDb db, IEnumerable<(Guid Id, Subscriber Row)> confirmed, HashSet<Guid> vouched, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var records = new List<ConsentRecord>();
        foreach (var (id, row) in confirmed)
            records.Add(new ConsentRecord
            {
                SubscriberId = id,
                Address = await secrets.AddressHashAsync(row.Key!, cancellationToken),
                Kind = ConsentKind.Given,
                Method = vouched.Contains(row.Id) ? ConsentMethod.ImportVouched : ConsentMethod.Import,
                Wording = row.Wording,
                Page = row.Page,
                AskedAt = row.ConfirmedAt,
                At = now,
            });
        await db.InsertAsync(records, cancellationToken);
    }

    /// <summary>A row of the table before it is compared with who is here.</summary>
    /// <param name="Reason">Why it does not count; null when it does.</param>
    private readonly record struct ReadRow(SubscriberTableRow Row, SubscriberImportOutcome? Reason)
    {
        public Subscriber? Subscriber => Reason is null ? Row.Subscriber : null;

        public static ReadRow Of(SubscriberTableRow row, SubscriberRowChoice choice) =>
            new(row, row.Subscriber is { } subscriber ? choice.Find(subscriber) : SubscriberImportOutcome.Refused);
    }

    /// <summary>Somebody who is here.</summary>
    /// <param name="IsUnproven">Whether nobody knows to which words they agreed: they came with a list.</param>
    /// <param name="HasAgreedHere">Whether they confirmed here by themselves, and not by a list alone.</param>
    private sealed record KnownSubscriber(string Key, Guid Id, SubscriberState State, bool IsUnproven, bool HasAgreedHere)
    {
        /// <summary>
        /// Whether a row of the table ends it. Who confirmed here, or has signed up and waits to confirm, asked for this newsletter and did
        /// not leave it by leaving another list; a complaint ends it all the same.
        /// </summary>
        public bool EndsBy(Subscriber row) => row.EndedAt is not null && State switch
        {
            SubscriberState.Confirmed => !HasAgreedHere || row.State is SubscriberState.Complained,
            SubscriberState.Pending => IsUnproven || row.State is SubscriberState.Complained,
            SubscriberState.Unsubscribed or SubscriberState.Bounced => row.State is SubscriberState.Complained,
            _ => false,
        };
    }

    /// <summary>Some rows of the table, compared with who is here.</summary>
    /// <param name="Confirmed">Those who are here as pending, with the row that proves their consent.</param>
    /// <param name="Ended">Those who are here, with the row by which it ends.</param>
    /// <param name="Vouched">The rows of whose consent an editor gave the place and the words.</param>
    private sealed record Comparison(
        List<SubscriberImportRow> Told, List<Subscriber> Added, List<(Guid Id, Subscriber Row)> Confirmed,
        List<(KnownSubscriber Here, Subscriber Row)> Ended, HashSet<Guid> Vouched);
}
