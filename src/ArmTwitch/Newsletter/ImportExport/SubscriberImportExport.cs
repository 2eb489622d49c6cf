using System.Globalization;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Subscribing;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>Takes subscribers in from a table and gives them out as one. What it gives out, it takes in.</summary>
public sealed class SubscriberImportExport(
    IDbContextFactory<ArmTwitchDb> databases, SqliteWriteLock writeLock, SuppressionList suppressions, SubscriberSecrets secrets,
    TimeProvider clock)
{
    private const int Batch = 1000, MostFaults = 20;

    private static readonly string[] Columns = ["email", "state", "consent_at", "source", "wording"];

    /// <summary>
    /// Reads a table with the column email and, for each person who agreed, consent_at, source and wording. Who lacks one of the three
    /// stays pending and gets no mail. Who has left, complained, bounced or is suppressed stays so, here or where the table comes from.
    /// </summary>
    /// <param name="apply">False to only count what would happen.</param>
    /// <exception cref="FormatException">It is no such table; nothing was taken.</exception>
    public async Task<SubscriberImportReport> ImportAsync(TextReader table, bool apply, CancellationToken cancellationToken = default)
    {
        var read = SubscriberCsvReader.Parse(await table.ReadToEndAsync(cancellationToken));
        await secrets.PrepareAsync(cancellationToken);
        await suppressions.HashAsync("", cancellationToken);
        var report = new SubscriberImportReport { SourceName = read.SourceName, Unread = read.IgnoredColumns };
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<SubscriberImportRow>();
        foreach (var (line, row, fault) in read.Rows(clock.GetUtcNow()))
        {
            if (row is null)
                report.Refuse(line, fault!, MostFaults);
            else if (!seen.Add(row.Address.Key))
                report.Twice++;
            else
                rows.Add(row);
        }

        foreach (var some in rows.Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await ImportBatchAsync(some, report, apply, cancellationToken);
        }

        return report;
    }

    /// <summary>Writes everybody who is not erased.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExportAsync(TextWriter table, CancellationToken cancellationToken = default)
    {
        await using var csv = new CsvWriter(
            table, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\n" },
            leaveOpen: true);
        foreach (var column in Columns)
            csv.WriteField(column);
        await csv.NextRecordAsync();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var count = 0;
        await foreach (var one in db.Set<Subscriber>().AsNoTracking().Where(one => one.Email != null)
            .OrderBy(one => one.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            csv.WriteField(one.Email);
            csv.WriteField(KebabCase.Of(one.State));
            csv.WriteField(one.ConfirmedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            csv.WriteField(one.ConfirmedAt is null ? null : one.Page);
            csv.WriteField(one.ConfirmedAt is null ? null : one.Wording);
            await csv.NextRecordAsync();
            count++;
        }

        return count;
    }

    private async Task ImportBatchAsync(
        SubscriberImportRow[] rows, SubscriberImportReport report, bool apply, CancellationToken cancellationToken)
    {
        var suppressed = await suppressions.FindAsync(
            [.. rows.Select(row => row.Address.Key)], SubscriptionService.Scope, cancellationToken);
        var now = clock.GetUtcNow();
        using var turn = await writeLock.AcquireAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var keys = rows.Select(row => row.Address.Key).ToList();
        var known = await db.Set<Subscriber>().AsNoTracking().Where(one => keys.Contains(one.Key!))
            .ToDictionaryAsync(one => one.Key!, one => (one.Id, one.State), cancellationToken);
        var (fresh, agreed) = (new List<(Guid Id, SubscriberImportRow Row)>(), new List<(Guid Id, SubscriberImportRow Row)>());
        foreach (var row in rows)
        {
            if (suppressed.Contains(row.Address.Key))
                report.Suppressed++;
            else if (!known.TryGetValue(row.Address.Key, out var one))
                fresh.Add((Guid.CreateVersion7(now), row));
            else if (one.State is SubscriberState.Pending && row.Becomes is SubscriberState.Confirmed)
                agreed.Add((one.Id, row));
            else
                report.Unchanged++;
        }

        report.Count(fresh.Select(one => one.Row.Becomes).Concat(agreed.Select(one => one.Row.Becomes)));
        if (!apply)
            return;
        await InsertAsync(db, fresh, now, cancellationToken);
        foreach (var (id, row) in agreed)
        {
            await db.Set<Subscriber>().Where(one => one.Id == id && one.State == SubscriberState.Pending).ExecuteUpdateAsync(
                set => set.SetProperty(one => one.State, SubscriberState.Confirmed).SetProperty(one => one.ConfirmedAt, row.ConsentAt)
                    .SetProperty(one => one.Page, row.Source).SetProperty(one => one.Wording, row.Wording),
                cancellationToken);
        }

        await AddConsentRecordsAsync(db, [.. fresh, .. agreed], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task InsertAsync(
        ArmTwitchDb db, List<(Guid Id, SubscriberImportRow Row)> fresh, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var values = new List<object?[]>(fresh.Count);
        foreach (var (id, row) in fresh)
        {
            var hasAgreed = row.Becomes is not SubscriberState.Pending && row.ConsentAt is not null;
            values.Add(
            [
                id, row.Address.Text, row.Address.Key, row.Becomes, now, now, hasAgreed ? row.Wording : null, hasAgreed ? row.Source : null,
                hasAgreed ? row.ConsentAt : null,
                row.Becomes is SubscriberState.Pending or SubscriberState.Confirmed ? null : now,
                await secrets.UnsubscribeHashAsync(id, cancellationToken), "",
            ]);
        }

        await db.ExecuteForEachAsync<Subscriber>(
            """
            INSERT INTO "Subscribers" ("Id", "Email", "Key", "State", "CreatedAt", "AskedAt", "Wording", "Page", "ConfirmedAt", "EndedAt", "UnsubscribeHash", "Recent")
            VALUES (@Id, @Email, @Key, @State, @CreatedAt, @AskedAt, @Wording, @Page, @ConfirmedAt, @EndedAt, @UnsubscribeHash, @Recent)
            """,
            [
                "Id", "Email", "Key", "State", "CreatedAt", "AskedAt", "Wording", "Page", "ConfirmedAt", "EndedAt", "UnsubscribeHash",
                "Recent"
            ],
            values,
            cancellationToken);
        foreach (var state in new[] { SubscriberState.Unsubscribed, SubscriberState.Bounced, SubscriberState.Complained })
        {
            foreach (var (_, row) in fresh.Where(one => one.Row.Becomes == state))
            {
                var scope = state is SubscriberState.Complained ? Suppression.All : SubscriptionService.Scope;
                await suppressions.AddAsync(
                    db, await suppressions.HashAsync(row.Address.Key, cancellationToken), scope, KebabCase.Of(state), cancellationToken);
            }
        }
    }

    private async Task AddConsentRecordsAsync(
        ArmTwitchDb db, IReadOnlyList<(Guid Id, SubscriberImportRow Row)> taken, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var values = new List<object?[]>(taken.Count);
        foreach (var (id, row) in taken.Where(one => one.Row.Becomes is SubscriberState.Confirmed))
            values.Add([
                id, await secrets.AddressHashAsync(row.Address.Key, cancellationToken), ConsentKind.Given, ConsentMethod.Import,
                row.Wording, row.Source, row.ConsentAt, now]);
        await db.ExecuteForEachAsync<ConsentRecord>(
            """
            INSERT INTO "ConsentRecords" ("SubscriberId", "Address", "Kind", "Method", "Wording", "Page", "AskedAt", "At")
            VALUES (@SubscriberId, @Address, @Kind, @Method, @Wording, @Page, @AskedAt, @At)
            """,
            ["SubscriberId", "Address", "Kind", "Method", "Wording", "Page", "AskedAt", "At"],
            values,
            cancellationToken);
    }
}
