using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Data;
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

    /// <param name="progress">Is told how many of how many rows are done; null for nobody.</param>
    internal async Task<SubscriberImportReport> ImportAsync(
        SubscriberCsvReader read, bool apply, IProgress<SubscriberImportProgress>? progress, CancellationToken cancellationToken)
    {
        await secrets.PrepareAsync(cancellationToken);
        await suppressions.HashAsync("", cancellationToken);
        var report = new SubscriberImportReport { SourceName = read.SourceName, SaysWhen = read.SaysWhen, Unread = read.IgnoredColumns };
        var seen = new HashSet<UInt128>();
        var done = 0;
        foreach (var batch in read.Rows(clock.GetUtcNow()).Select(row => ReadRow.Of(row, seen)).Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var row in apply ? await WriteBatchAsync(batch, cancellationToken) : await LookAtBatchAsync(batch, cancellationToken))
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
    /// Imports rows in one transaction. Somebody else may import or confirm the same address at the same time: then the rows are compared
    /// anew, so that the report says of each what this import did.
    /// </summary>
    private async Task<IReadOnlyList<SubscriberImportRow>> WriteBatchAsync(ReadRow[] rows, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var write = await writing.BeginAsync(cancellationToken);
                var comparison = await CompareAsync(write.Db, rows, cancellationToken);
                await WriteAsync(write.Db, comparison, clock.GetUtcNow(), cancellationToken);
                await write.CommitAsync(cancellationToken);
                return comparison.Told;
            }
            catch (Exception failed) when (attempt < MostAttempts && DatabaseFailureClassifier.IsConflict(failed))
            {
                // The rows of the other one are there now.
            }
        }
    }

    private async Task<Comparison> CompareAsync(ArmTwitchDb db, ReadRow[] rows, CancellationToken cancellationToken)
    {
        var keys = rows.Where(row => row.Subscriber is not null).Select(row => row.Subscriber!.Key!).ToList();
        var suppressed = await suppressions.FindAsync(keys, SubscriptionService.Scope, cancellationToken);
        var known = await db.Set<Subscriber>().AsNoTracking().Where(one => keys.Contains(one.Key!))
            .Select(one => new { one.Key, one.Id, one.State }).ToDictionaryAsync(one => one.Key!, cancellationToken);
        var comparison = new Comparison([], [], []);
        foreach (var row in rows)
            comparison.Told.Add(row.Told(row.Subscriber is { } subscriber ? OutcomeOf(subscriber) : null));
        return comparison;

        SubscriberImportOutcome OutcomeOf(Subscriber row)
        {
            if (suppressed.Contains(row.Key!))
                return SubscriberImportOutcome.Suppressed;
            if (!known.TryGetValue(row.Key!, out var here))
                comparison.Added.Add(row);
            else if (here.State is SubscriberState.Pending && row.State is SubscriberState.Confirmed)
                comparison.Confirmed.Add((here.Id, row));
            else
                return SubscriberImportOutcome.Unchanged;
            return SubscriberImportReport.OutcomeOf(row.State);
        }
    }

    private async Task WriteAsync(ArmTwitchDb db, Comparison comparison, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (added, confirmed) = (comparison.Added, comparison.Confirmed);
        await AddAsync(db, added, cancellationToken);
        foreach (var (id, row) in confirmed)
        {
            await db.Set<Subscriber>().Where(one => one.Id == id && one.State == SubscriberState.Pending).ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(one => one.CreatedAt, one => one.CreatedAt < row.CreatedAt ? one.CreatedAt : row.CreatedAt);
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
        foreach (var alike in added.Where(one => one.EndedAt is not null).GroupBy(one => one.State))
        {
            var hashes = new List<byte[]>();
            foreach (var one in alike)
                hashes.Add(await suppressions.HashAsync(one.Key!, cancellationToken));
            var scope = alike.Key is SubscriberState.Complained ? Suppression.All : SubscriptionService.Scope;
            await suppressions.AddAsync(db, hashes, scope, KebabCase.Of(alike.Key), cancellationToken);
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

    /// <summary>A row of the table before it is compared with who is here.</summary>
    /// <param name="Subscriber">Null when the outcome is known already.</param>
    /// <param name="Email">Null when it could not be read.</param>
    private readonly record struct ReadRow(int Line, Subscriber? Subscriber, string? Email, string? Fault)
    {
        /// <param name="seen">Hashes of the addresses of the rows before: a million addresses would take much more memory.</param>
        public static ReadRow Of((int Line, Subscriber? Subscriber, string? Fault) row, HashSet<UInt128> seen) =>
            row.Subscriber is not { } subscriber ? new(row.Line, null, null, row.Fault)
            : seen.Add(MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(subscriber.Key!))))
                ? new(row.Line, subscriber, subscriber.Email, null)
            : new(row.Line, null, subscriber.Email, null);

        /// <param name="outcome">Null without a subscriber.</param>
        public SubscriberImportRow Told(SubscriberImportOutcome? outcome) => new(
            Line, Email, outcome ?? (Fault is null ? SubscriberImportOutcome.Twice : SubscriberImportOutcome.Refused), Fault);
    }

    /// <summary>Some rows of the table, compared with who is here.</summary>
    /// <param name="Confirmed">Those who are here as pending, with the row that proves their consent.</param>
    private sealed record Comparison(
        List<SubscriberImportRow> Told, List<Subscriber> Added, List<(Guid Id, Subscriber Row)> Confirmed);
}

/// <summary>How far an import is.</summary>
public readonly record struct SubscriberImportProgress(int Done, int All);
