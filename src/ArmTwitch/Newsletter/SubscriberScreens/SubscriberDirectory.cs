using ArmTwitch.Data;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.Subscribing;
using Microsoft.EntityFrameworkCore;

namespace ArmTwitch.Newsletter.SubscriberScreens;

/// <summary>Reads subscribers for editors. Every query uses an index and reads a bounded number of rows, or counts in an index alone.</summary>
public sealed class SubscriberDirectory(
    IDbContextFactory<ArmTwitchDb> databases, SuppressionList suppressions, SubscriberSecrets secrets, TimeProvider clock)
{
    /// <summary>Rows of one page of the list.</summary>
    public const int PageSize = 50;

    /// <summary>How many weeks are counted, this one included.</summary>
    public const int Weeks = 12;

    private const int MostMails = 50, DaysInWeek = 7;

    /// <summary>After every address that begins alike.</summary>
    private const string LastLetter = "\U0010FFFF";

    /// <summary>An erasure counts when the person was subscribed until then: not for the second time after they had left.</summary>
    private const string OfWeeks =
        """
         AS "Week", CASE WHEN r."Kind" <> 'Given' THEN 'left' WHEN r."Method" IN ('Import', 'ImportVouched') THEN 'imported' ELSE 'joined' END AS "What",
            CAST(count(*) AS integer) AS "Count"
        FROM "ConsentRecords" AS r
        WHERE r."At" >= {0} AND (r."Kind" IN ('Given', 'Withdrawn', 'Bounced', 'Complained') OR (r."Kind" = 'Erased' AND (
            SELECT earlier."Kind" FROM "ConsentRecords" AS earlier
            WHERE earlier."SubscriberId" = r."SubscriberId" AND earlier."Id" < r."Id" AND earlier."Kind" <> 'ReasonTold'
            ORDER BY earlier."Id" DESC LIMIT 1) = 'Given'))
        GROUP BY 1, 2
        """;

    private const string SqliteWeeks = """SELECT CAST((r."At" - {0}) / 604800000 AS integer)""" + OfWeeks;

    private const string PostgresWeeks = """SELECT CAST(floor(extract(epoch FROM (r."At" - {0})) / 604800) AS integer)""" + OfWeeks;

    /// <summary>The subscribers of one state, those first who came into it last.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    public async Task<SubscriberPage> ListAsync(
        SubscriberState state, Subscriber? after = null, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var some = db.Set<Subscriber>().AsNoTracking().Where(one => one.State == state);
        var ordered = (state, after) switch
        {
            (SubscriberState.Pending, null) => some.OrderByDescending(one => one.AskedAt),
            (SubscriberState.Pending, { AskedAt: var at, Id: var id }) => some
                .Where(one => one.AskedAt <= at && (one.AskedAt < at || one.Id.CompareTo(id) < 0)).OrderByDescending(one => one.AskedAt),
            (SubscriberState.Confirmed, null) => some.OrderByDescending(one => one.ConfirmedAt),
            (SubscriberState.Confirmed, { ConfirmedAt: var at, Id: var id }) => some
                .Where(one => one.ConfirmedAt <= at && (one.ConfirmedAt < at || one.Id.CompareTo(id) < 0))
                .OrderByDescending(one => one.ConfirmedAt),
            (_, null) => some.OrderByDescending(one => one.EndedAt),
            (_, { EndedAt: var at, Id: var id }) => some
                .Where(one => one.EndedAt <= at && (one.EndedAt < at || one.Id.CompareTo(id) < 0)).OrderByDescending(one => one.EndedAt),
        };
        return PageOf(await ordered.ThenByDescending(one => one.Id).Take(PageSize + 1).ToListAsync(cancellationToken));
    }

    /// <summary>When somebody came into the state, by which the list is ordered.</summary>
    public static DateTimeOffset Since(Subscriber one) => one.State switch
    {
        SubscriberState.Pending => one.AskedAt,
        SubscriberState.Confirmed => one.ConfirmedAt ?? one.CreatedAt,
        _ => one.EndedAt ?? one.CreatedAt,
    };

    /// <summary>The subscribers of any state whose address is this one or begins so, in the order of their addresses.</summary>
    /// <param name="typed">An address or its beginning.</param>
    /// <param name="after">The key of the last one of the page before; null for the first page.</param>
    public async Task<SubscriberPage> FindAsync(string typed, string? after = null, CancellationToken cancellationToken = default)
    {
        var first = EmailAddress.Normalize(typed);
        if (first.Length is 0 or > EmailAddress.MaxLength)
            return new([], HasMore: false);
        var end = first + LastLetter;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        // By bytes: in the order of a language PostgreSQL could not look up a beginning in an index.
        var bytes = db.Database.IsSqlite() ? "BINARY" : "C";
        var some = db.Set<Subscriber>().AsNoTracking().Where(one => string.Compare(EF.Functions.Collate(one.Key!, bytes), first) >= 0
            && string.Compare(EF.Functions.Collate(one.Key!, bytes), end) < 0);
        if (after is not null)
            some = some.Where(one => string.Compare(EF.Functions.Collate(one.Key!, bytes), after) > 0);
        return PageOf(
            await some.OrderBy(one => EF.Functions.Collate(one.Key!, bytes)).Take(PageSize + 1).ToListAsync(cancellationToken));
    }

    public async Task<IReadOnlyDictionary<SubscriberState, int>> CountAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Set<Subscriber>().GroupBy(one => one.State).Select(state => new { state.Key, Count = state.Count() })
            .ToDictionaryAsync(state => state.Key, state => state.Count, cancellationToken);
    }

    /// <summary>Who joined and left in each of the last weeks, the oldest first. Of the ledger, so that those who were erased count.</summary>
    public async Task<IReadOnlyList<SubscriberWeek>> CountWeeksAsync(CancellationToken cancellationToken = default)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var first = today.AddDays(-(((int)today.DayOfWeek + DaysInWeek - 1) % DaysInWeek) - ((Weeks - 1) * DaysInWeek));
        var start = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var counted = await (db.Database.IsSqlite()
            ? db.Database.SqlQueryRaw<WeekCount>(SqliteWeeks, start.ToUnixTimeMilliseconds())
            : db.Database.SqlQueryRaw<WeekCount>(PostgresWeeks, start)).ToListAsync(cancellationToken);
        return [.. Enumerable.Range(0, Weeks).Select(week => new SubscriberWeek(
            first.AddDays(week * DaysInWeek), CountOf(week, "joined"), CountOf(week, "imported"), CountOf(week, "left")))];

        int CountOf(int week, string what) => counted.FirstOrDefault(one => one.Week == week && one.What == what)?.Count ?? 0;
    }

    /// <returns>Null when there is no such subscriber.</returns>
    public async Task<SubscriberHistory?> ReadAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Subscriber>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is not { } subscriber)
            return null;
        var consent = await db.Set<ConsentRecord>().AsNoTracking().Where(record => record.SubscriberId == id)
            .OrderBy(record => record.Id).ToListAsync(cancellationToken);
        var suppressed = subscriber.Key is { } key ? await suppressions.ListAsync(key, cancellationToken) : [];
        return new(subscriber, consent, suppressed, await ListMailsAsync(db, subscriber, cancellationToken));
    }

    /// <summary>What is kept of an address that no subscriber has: the ledger and the suppressions, by hashes of it.</summary>
    /// <returns>Null when the text is no address.</returns>
    public async Task<SubscriberHistory?> ReadHashesAsync(string typed, CancellationToken cancellationToken = default)
    {
        if (!EmailAddress.TryParse(typed, out var address))
            return null;
        await secrets.PrepareAsync(cancellationToken);
        var hash = await secrets.AddressHashAsync(address.Key, cancellationToken);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var consent = await db.Set<ConsentRecord>().AsNoTracking().Where(record => record.Address == hash)
            .OrderBy(record => record.Id).ToListAsync(cancellationToken);
        return new(null, consent, await suppressions.ListAsync(address.Key, cancellationToken), []);
    }

    private static async Task<IReadOnlyList<SubscriberMail>> ListMailsAsync(
        ArmTwitchDb db, Subscriber subscriber, CancellationToken cancellationToken)
    {
        List<string> spellings = [.. new[] { subscriber.Email, subscriber.Key }.OfType<string>().Distinct()];
        if (spellings.Count is 0)
            return [];
        var mailings = await db.Set<Mailing>().Where(mailing => mailing.PrunedAt == null)
            .ToDictionaryAsync(mailing => mailing.Id, mailing => mailing.Subject, cancellationToken);
        var copies = await SentMailRecords.CopiesTo(db, spellings, mailings.Keys).AsNoTracking()
            .OrderByDescending(mail => mail.QueuedAt).Take(MostMails).ToListAsync(cancellationToken);
        var others = await SentMailRecords.OthersTo(db, spellings, SubscriptionMailer.Cause).AsNoTracking()
            .OrderByDescending(mail => mail.QueuedAt).Take(MostMails).ToListAsync(cancellationToken);
        return [.. copies.Concat(others).OrderByDescending(mail => mail.QueuedAt).Take(MostMails).Select(mail => new SubscriberMail(
            mail.Id, mail.MailingId is { } mailing ? mailings.GetValueOrDefault(mailing, "") : mail.Subject, mail.QueuedAt, mail.SentAt,
            mail.State, mail.Answer))];
    }

    private static SubscriberPage PageOf(List<Subscriber> some) => new([.. some.Take(PageSize)], some.Count > PageSize);

    private sealed record WeekCount(int Week, string What, int Count);
}

/// <summary>Some rows of the list of subscribers.</summary>
/// <param name="HasMore">Whether there are more behind the last one.</param>
public sealed record SubscriberPage(IReadOnlyList<Subscriber> Subscribers, bool HasMore);

/// <summary>Who came and who left in one week.</summary>
/// <param name="Monday">Its first day (UTC).</param>
/// <param name="Joined">Confirmed by a link or a code.</param>
/// <param name="Imported">Came confirmed with a list.</param>
/// <param name="Left">Unsubscribed, bounced, complained, or erased while subscribed.</param>
public sealed record SubscriberWeek(DateOnly Monday, int Joined, int Imported, int Left);
