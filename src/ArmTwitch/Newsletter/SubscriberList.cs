using System.Globalization;
using ArmTwitch.Articles;
using ArmTwitch.Data;
using ArmTwitch.Mail;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter;

/// <summary>Takes subscribers in from a table and gives them out as one. What it gives out, it takes in.</summary>
public sealed class SubscriberList(IDbContextFactory<ArmTwitchDb> databases, WriteGate gate, Suppressions suppressions, SubscriberSecrets secrets, TimeProvider clock)
{
    private const int Batch = 1000, MostFaults = 20;

    /// <summary>Signs that make a spreadsheet take a text for a formula.</summary>
    private const string FormulaSigns = "=+-@\t\r";

    private static readonly string[] Columns = ["email", "state", "consent_at", "source", "wording"];

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        PrepareHeaderForMatch = header => header.Header?.Trim().ToUpperInvariant().Replace('-', '_').Replace(' ', '_') ?? "",
        MissingFieldFound = null,
        BadDataFound = null,
        TrimOptions = TrimOptions.Trim,
    };

    /// <summary>
    /// Reads a table with the column email and, for each person who agreed, consent_at, source and wording. Who lacks one of the three
    /// stays pending and gets no mail. Who has left, complained, bounced or is suppressed stays so.
    /// </summary>
    /// <param name="apply">False to only count what would happen.</param>
    /// <exception cref="FormatException">There is no column email.</exception>
    public async Task<ImportReport> ImportAsync(TextReader table, bool apply, CancellationToken cancellationToken = default)
    {
        using var csv = new CsvReader(table, Format, leaveOpen: true);
        if (!await csv.ReadAsync() || !csv.ReadHeader() || !(csv.HeaderRecord ?? []).Any(name => name.Trim().Equals("email", StringComparison.OrdinalIgnoreCase)))
            throw new FormatException($"The first line must name the columns: email, and where known {string.Join(", ", Columns[1..])}.");
        await secrets.PrepareAsync(cancellationToken);
        await suppressions.HashAsync("", cancellationToken);
        var report = new ImportReport();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rows = new List<ListRow>(Batch);
        while (await csv.ReadAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = csv.Context.Parser?.RawRow ?? 0;
            if (Read(csv, out var row) is { } fault)
                report.Refuse(line, fault, MostFaults);
            else if (!seen.Add(row!.Address.Key))
                report.Twice++;
            else
                rows.Add(row);
            if (rows.Count < Batch)
                continue;
            await TakeAsync(rows, report, apply, cancellationToken);
            rows.Clear();
        }

        await TakeAsync(rows, report, apply, cancellationToken);
        return report;
    }

    /// <summary>Writes everybody who is not erased.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ExportAsync(TextWriter table, CancellationToken cancellationToken = default)
    {
        await using var csv = new CsvWriter(table, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\n" }, leaveOpen: true);
        foreach (var column in Columns)
            csv.WriteField(column);
        await csv.NextRecordAsync();
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var count = 0;
        await foreach (var one in db.Set<Subscriber>().AsNoTracking().Where(one => one.Email != null).OrderBy(one => one.Id).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            csv.WriteField(one.Email);
            csv.WriteField(Kebab.Of(one.State));
            csv.WriteField(one.ConfirmedAt?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
            csv.WriteField(one.ConfirmedAt is null ? null : one.Page);
            csv.WriteField(one.ConfirmedAt is null ? null : one.Wording);
            await csv.NextRecordAsync();
            count++;
        }

        return count;
    }

    /// <returns>What is wrong with the row; null when it can be taken.</returns>
    private string? Read(CsvReader csv, out ListRow? row)
    {
        row = null;
        if (!EmailAddress.TryParse(Field("email"), out var address))
            return "This is no e-mail address.";
        var (state, at, source, wording) = (Field("state"), Field("consent_at"), Field("source"), Field("wording"));
        var wanted = Enum.GetValues<SubscriberState>().Where(one => one is not SubscriberState.Erased).Cast<SubscriberState?>().FirstOrDefault(one => Kebab.Of(one!.Value) == state);
        if (state.Length > 0 && wanted is null)
            return $"There is no state \"{state}\". It must be pending, confirmed, unsubscribed, bounced or complained.";
        DateTimeOffset? consent = null;
        if (at.Length > 0)
        {
            if (!DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
                return $"\"{at}\" is no time. Write it as 2026-11-22T12:00:00Z.";
            if (time > clock.GetUtcNow())
                return $"\"{at}\" has not come yet, so nobody can have agreed then.";
            consent = time;
        }

        if (source.Length > ConsentRecord.MaxPageLength || wording.Length > ConsentRecord.MaxWordingLength)
            return $"Source and wording take at most {ConsentRecord.MaxPageLength} characters.";
        var isWhole = consent is not null && source.Length > 0 && wording.Length > 0;
        var becomes = wanted is null or SubscriberState.Confirmed ? (isWhole ? SubscriberState.Confirmed : SubscriberState.Pending) : wanted.Value;
        row = new ListRow(address, becomes, consent, source, wording);
        return null;

        string Field(string name)
        {
            var text = csv.GetField(name)?.Trim() ?? "";
            // The sign that our own table puts before what a spreadsheet would take for a formula.
            return text is ['\'', var sign, ..] && FormulaSigns.Contains(sign, StringComparison.Ordinal) ? text[1..] : text;
        }
    }

    private async Task TakeAsync(List<ListRow> rows, ImportReport report, bool apply, CancellationToken cancellationToken)
    {
        if (rows.Count is 0)
            return;
        var suppressed = await suppressions.FindAsync([.. rows.Select(row => row.Address.Key)], Subscriptions.Scope, cancellationToken);
        var now = clock.GetUtcNow();
        using var turn = await gate.EnterAsync(cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var keys = rows.ConvertAll(row => row.Address.Key);
        var known = await db.Set<Subscriber>().AsNoTracking().Where(one => keys.Contains(one.Key!)).ToDictionaryAsync(one => one.Key!, one => (one.Id, one.State), cancellationToken);
        var (fresh, agreed) = (new List<(Guid Id, ListRow Row)>(), new List<(Guid Id, ListRow Row)>());
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
                set => set.SetProperty(one => one.State, SubscriberState.Confirmed).SetProperty(one => one.ConfirmedAt, row.ConsentAt).SetProperty(one => one.Page, row.Source).SetProperty(one => one.Wording, row.Wording),
                cancellationToken);
        }

        await NoteAsync(db, [.. fresh, .. agreed], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task InsertAsync(ArmTwitchDb db, List<(Guid Id, ListRow Row)> fresh, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var values = new List<object?[]>(fresh.Count);
        foreach (var (id, row) in fresh)
        {
            var hasAgreed = row.Becomes is not SubscriberState.Pending && row.ConsentAt is not null;
            values.Add(
            [
                id, row.Address.Text, row.Address.Key, row.Becomes, now, now, hasAgreed ? row.Wording : null, hasAgreed ? row.Source : null, hasAgreed ? row.ConsentAt : null,
                row.Becomes is SubscriberState.Pending or SubscriberState.Confirmed ? null : now, await secrets.UnsubscribeHashAsync(id, cancellationToken), "",
            ]);
        }

        await db.ExecuteForEachAsync<Subscriber>(
            """
            INSERT INTO "Subscribers" ("Id", "Email", "Key", "State", "CreatedAt", "AskedAt", "Wording", "Page", "ConfirmedAt", "EndedAt", "UnsubscribeHash", "Recent")
            VALUES (@Id, @Email, @Key, @State, @CreatedAt, @AskedAt, @Wording, @Page, @ConfirmedAt, @EndedAt, @UnsubscribeHash, @Recent)
            """,
            ["Id", "Email", "Key", "State", "CreatedAt", "AskedAt", "Wording", "Page", "ConfirmedAt", "EndedAt", "UnsubscribeHash", "Recent"],
            values,
            cancellationToken);
        foreach (var state in new[] { SubscriberState.Unsubscribed, SubscriberState.Bounced, SubscriberState.Complained })
        {
            foreach (var (_, row) in fresh.Where(one => one.Row.Becomes == state))
            {
                var scope = state is SubscriberState.Complained ? Suppression.All : Subscriptions.Scope;
                await suppressions.AddAsync(db, await suppressions.HashAsync(row.Address.Key, cancellationToken), scope, Kebab.Of(state), cancellationToken);
            }
        }
    }

    private async Task NoteAsync(ArmTwitchDb db, IReadOnlyList<(Guid Id, ListRow Row)> taken, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var values = new List<object?[]>(taken.Count);
        foreach (var (id, row) in taken.Where(one => one.Row.Becomes is SubscriberState.Confirmed))
            values.Add([id, await secrets.AddressHashAsync(row.Address.Key, cancellationToken), ConsentKind.Given, ConsentMethod.Import, row.Wording, row.Source, row.ConsentAt, now]);
        await db.ExecuteForEachAsync<ConsentRecord>(
            """
            INSERT INTO "ConsentRecords" ("SubscriberId", "Address", "Kind", "Method", "Wording", "Page", "AskedAt", "At")
            VALUES (@SubscriberId, @Address, @Kind, @Method, @Wording, @Page, @AskedAt, @At)
            """,
            ["SubscriberId", "Address", "Kind", "Method", "Wording", "Page", "AskedAt", "At"],
            values,
            cancellationToken);
    }

    private sealed record ListRow(EmailAddress Address, SubscriberState Becomes, DateTimeOffset? ConsentAt, string Source, string Wording);
}

/// <summary>What an import did, or would do.</summary>
public sealed class ImportReport
{
    private readonly List<(int Line, string Fault)> faults = [];
    private readonly Dictionary<SubscriberState, int> taken = [];

    /// <summary>New rows by what they become.</summary>
    public IReadOnlyDictionary<SubscriberState, int> Taken => taken;

    /// <summary>Known already, whatever their state; nothing changes.</summary>
    public int Unchanged { get; set; }

    /// <summary>Not to be written to; nothing changes.</summary>
    public int Suppressed { get; set; }

    /// <summary>Again in the same table; the first counts.</summary>
    public int Twice { get; set; }

    /// <summary>Rows that could not be read.</summary>
    public int Refused { get; private set; }

    /// <summary>The first of them, by line.</summary>
    public IReadOnlyList<(int Line, string Fault)> Faults => faults;

    internal void Refuse(int line, string fault, int most)
    {
        Refused++;
        if (faults.Count < most)
            faults.Add((line, fault));
    }

    internal void Count(IEnumerable<SubscriberState> states)
    {
        foreach (var state in states)
            taken[state] = taken.GetValueOrDefault(state) + 1;
    }
}
