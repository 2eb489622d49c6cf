using System.Globalization;
using ArmTwitch.Data;
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

    /// <summary>
    /// Imports a table with the column email and, for each person who agreed, consent_at, source and wording. Whoever lacks one of the
    /// three stays pending and gets no mail. Whoever has left, complained, bounced or is suppressed stays so, here or in the table.
    /// </summary>
    /// <param name="apply">False to only say what would happen.</param>
    /// <exception cref="FormatException">It is no such table; nothing was imported.</exception>
    public async Task<SubscriberImportReport> ImportAsync(TextReader table, bool apply, CancellationToken cancellationToken = default) =>
        await ImportAsync(SubscriberCsvReader.Parse(await table.ReadToEndAsync(cancellationToken)), apply, null, cancellationToken);

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

    /// <param name="progress">Is told how many rows are done; null for nobody.</param>
    internal async Task<SubscriberImportReport> ImportAsync(
        SubscriberCsvReader read, bool apply, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        await secrets.PrepareAsync(cancellationToken);
        await suppressions.HashAsync("", cancellationToken);
        var report = new SubscriberImportReport { SourceName = read.SourceName, Unread = read.IgnoredColumns };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<ReadRow>();
        foreach (var (line, subscriber, fault) in read.Rows(clock.GetUtcNow()))
        {
            if (subscriber is null)
                report.Add(new(line, null, SubscriberImportOutcome.Refused, fault));
            else if (!seen.Add(subscriber.Key!))
                report.Add(new(line, subscriber.Email, SubscriberImportOutcome.Twice));
            else
                rows.Add(new(line, subscriber));
        }

        var done = 0;
        foreach (var batch in rows.Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ImportBatchAsync(batch, report, apply, cancellationToken);
            progress?.Report(done += batch.Length);
        }

        report.Sort();
        return report;
    }

    private async Task ImportBatchAsync(
        ReadRow[] rows, SubscriberImportReport report, bool apply, CancellationToken cancellationToken)
    {
        var keys = rows.Select(row => row.Subscriber.Key!).ToList();
        var suppressed = await suppressions.FindAsync(keys, SubscriptionService.Scope, cancellationToken);
        var now = clock.GetUtcNow();
        await using var write = apply ? await writing.BeginAsync(cancellationToken) : null;
        await using var reading = apply ? null : await databases.CreateDbContextAsync(cancellationToken);
        var known = await (write?.Db ?? reading!).Set<Subscriber>().AsNoTracking().Where(one => keys.Contains(one.Key!))
            .ToDictionaryAsync(one => one.Key!, one => (one.Id, one.State), cancellationToken);
        var (added, confirmed) = (new List<Subscriber>(), new List<(Guid Id, Subscriber Row)>());
        var told = new List<SubscriberImportRow>();
        foreach (var (line, row) in rows)
        {
            var outcome = KebabCase.Find<SubscriberImportOutcome>(KebabCase.Of(row.State))!.Value;
            if (suppressed.Contains(row.Key!))
                outcome = SubscriberImportOutcome.Suppressed;
            else if (!known.TryGetValue(row.Key!, out var one))
                added.Add(row);
            else if (one.State is SubscriberState.Pending && row.State is SubscriberState.Confirmed)
                confirmed.Add((one.Id, row));
            else
                outcome = SubscriberImportOutcome.Unchanged;
            told.Add(new(line, row.Email, outcome));
        }

        if (write is not null)
        {
            await WriteAsync(write.Db, added, confirmed, now, cancellationToken);
            await write.CommitAsync(cancellationToken);
        }

        told.ForEach(report.Add);
    }

    private async Task WriteAsync(
        ArmTwitchDb db, List<Subscriber> added, List<(Guid Id, Subscriber Row)> confirmed, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await AddAsync(db, added, cancellationToken);
        foreach (var (id, row) in confirmed)
        {
            await db.Set<Subscriber>().Where(one => one.Id == id && one.State == SubscriberState.Pending).ExecuteUpdateAsync(
                set =>
                {
                    foreach (var column in SubscriberColumn.All)
                        column.Update(set, row);
                },
                cancellationToken);
        }

        var consents = added.Where(row => row.State is SubscriberState.Confirmed).Select(row => (row.Id, row)).Concat(confirmed);
        await AddConsentRecordsAsync(db, consents, now, cancellationToken);
    }

    private async Task AddAsync(ArmTwitchDb db, List<Subscriber> added, CancellationToken cancellationToken)
    {
        foreach (var one in added)
            one.UnsubscribeHash = await secrets.UnsubscribeHashAsync(one.Id, cancellationToken);
        await db.InsertAsync(added, cancellationToken);
        foreach (var one in added.Where(one => one.EndedAt is not null))
        {
            var scope = one.State is SubscriberState.Complained ? Suppression.All : SubscriptionService.Scope;
            await suppressions.AddAsync(
                db, await suppressions.HashAsync(one.Key!, cancellationToken), scope, KebabCase.Of(one.State), cancellationToken);
        }
    }

    private async Task AddConsentRecordsAsync(
        ArmTwitchDb db, IEnumerable<(Guid Id, Subscriber Row)> confirmed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var records = new List<ConsentRecord>();
        foreach (var (id, row) in confirmed)
            records.Add(new ConsentRecord
            {
                SubscriberId = id,
                Address = await secrets.AddressHashAsync(row.Key!, cancellationToken),
                Kind = ConsentKind.Given,
                Method = ConsentMethod.Import,
                Wording = row.Wording,
                Page = row.Page,
                AskedAt = row.ConfirmedAt,
                At = now,
            });
        await db.InsertAsync(records, cancellationToken);
    }

    private readonly record struct ReadRow(int Line, Subscriber Subscriber);
}
