using ArmTwitch.Newsletter.ImportExport.Statuses;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>What an import did, or would do: every row is counted, and the first ones of each outcome are kept to be looked at.</summary>
public sealed class SubscriberImportReport
{
    internal SubscriberImportReport(SubscriberCsvReader read) =>
        (SourceName, ListStatus, SaysWhen, Unread) = (read.SourceName, read.ListStatus, read.SaysWhen, read.IgnoredColumns);

    /// <summary>How many rows are kept of each outcome, and of all together: a list may have a million.</summary>
    public const int MostRows = 1000;

    private const int MostColumns = 100, ShownOfColumn = 40;

    private readonly List<SubscriberImportRow> rows = [];
    private readonly Dictionary<SubscriberImportOutcome, List<SubscriberImportRow>> rowsByOutcome = [];
    private readonly Dictionary<SubscriberImportOutcome, int> counts = [];
    private readonly HashSet<ConsentGaps> missing = [], missingBesides = [];

    /// <inheritdoc cref="SubscriberCsvReader.SourceName"/>
    public string? SourceName { get; }

    /// <inheritdoc cref="SubscriberCsvReader.ListStatus"/>
    public ListStatus ListStatus { get; }

    /// <inheritdoc cref="SubscriberCsvReader.SaysWhen"/>
    public bool SaysWhen { get; }

    /// <inheritdoc cref="SubscriberCsvReader.IgnoredColumns"/>
    public IReadOnlyList<string> Unread { get; }

    /// <summary>The columns that were not read, as a sentence; null when all were.</summary>
    public string? UnreadWords => Unread.Count is 0 ? null
        : $"Not read: {string.Join(", ", Unread.Take(MostColumns).Select(name => Beginning.Of(name.Trim(), ShownOfColumn)))}"
            + $"{(Unread.Count > MostColumns ? $" and {Plural.Of(Unread.Count - MostColumns, "more column")}" : "")}.";

    /// <summary>How many rows the file has.</summary>
    public int Count => counts.Values.Sum();

    /// <summary>The first rows, in the order of the file.</summary>
    public IReadOnlyList<SubscriberImportRow> Rows => rows;

    /// <summary>New rows by what they become.</summary>
    public IReadOnlyDictionary<SubscriberState, int> Taken =>
        counts.Where(pair => StateOf(pair.Key) is not null).ToDictionary(pair => StateOf(pair.Key)!.Value, pair => pair.Value);

    /// <summary>Known already; nothing changes.</summary>
    public int Unchanged => CountOf(SubscriberImportOutcome.Unchanged);

    /// <summary>On the suppression list; nothing changes.</summary>
    public int Suppressed => CountOf(SubscriberImportOutcome.Suppressed);

    /// <summary>Further rows of an address; the first one counts.</summary>
    public int Twice => CountOf(SubscriberImportOutcome.Twice);

    /// <summary>Rows that would change something here.</summary>
    public int Changes => Taken.Values.Sum() + CountOf(SubscriberImportOutcome.Ended);

    /// <summary>
    /// People who would get the newsletter if somebody said where and to which words they agreed: they come as pending, or are here so.
    /// </summary>
    public int Provable { get; private set; }

    /// <summary>Those of <see cref="Provable"/> who come with this file.</summary>
    public int ProvableArrivals { get; private set; }

    /// <summary>What is missing in the pending rows, each way once; with <see cref="ConsentGaps.None"/> where the file says that one is.</summary>
    public IReadOnlySet<ConsentGaps> Missing => missing;

    /// <summary>What is missing in those whom no word of an editor would help (<see cref="Provable"/>).</summary>
    public IReadOnlySet<ConsentGaps> MissingBesides => missingBesides;

    /// <summary>Refused rows with a time that cannot be read as one time, or that has not come yet.</summary>
    public int WrongTimes { get; private set; }

    /// <summary>What to do about <see cref="WrongTimes"/>.</summary>
    public string WrongTimesAdvice => (SourceName is { } program
        ? $"A spreadsheet changes times when it saves a file, and nobody can tell then which number is the day and which the month. "
            + $"Export the list from {program} again, and choose that file before you open it in another program. "
        : "Nobody can tell which number is the day and which the month. ")
        + "Times like 2026-11-22T12:00:00Z are read; a time in the future is not.";

    /// <summary>Rows that could not be read.</summary>
    public int Refused => CountOf(SubscriberImportOutcome.Refused);

    /// <summary>The first refused rows.</summary>
    public IEnumerable<(int Line, string Fault)> Faults => RowsOf(SubscriberImportOutcome.Refused).Select(row => (row.Line, row.Fault!));

    public int CountOf(SubscriberImportOutcome outcome) => counts.GetValueOrDefault(outcome);

    /// <summary>The first rows of one outcome.</summary>
    public IReadOnlyList<SubscriberImportRow> RowsOf(SubscriberImportOutcome outcome) => rowsByOutcome.GetValueOrDefault(outcome) ?? [];

    /// <returns>Null when nothing changes for such a row.</returns>
    public static SubscriberState? StateOf(SubscriberImportOutcome outcome) => outcome switch
    {
        SubscriberImportOutcome.Confirmed => SubscriberState.Confirmed,
        SubscriberImportOutcome.Pending => SubscriberState.Pending,
        SubscriberImportOutcome.Unsubscribed => SubscriberState.Unsubscribed,
        SubscriberImportOutcome.Bounced => SubscriberState.Bounced,
        SubscriberImportOutcome.Complained => SubscriberState.Complained,
        _ => null,
    };

    /// <summary>What a new row of a state is reported as.</summary>
    public static SubscriberImportOutcome OutcomeOf(SubscriberState state) => state switch
    {
        SubscriberState.Confirmed => SubscriberImportOutcome.Confirmed,
        SubscriberState.Pending => SubscriberImportOutcome.Pending,
        SubscriberState.Unsubscribed => SubscriberImportOutcome.Unsubscribed,
        SubscriberState.Bounced => SubscriberImportOutcome.Bounced,
        SubscriberState.Complained => SubscriberImportOutcome.Complained,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No row of a table becomes this"),
    };

    internal void Add(SubscriberImportRow row)
    {
        counts[row.Outcome] = CountOf(row.Outcome) + 1;
        Provable += row.IsProvable ? 1 : 0;
        if (row.Outcome is SubscriberImportOutcome.Pending)
        {
            missing.Add(row.Missing);
            if (!row.IsProvable)
                missingBesides.Add(row.Missing);
        }

        WrongTimes += row.HasWrongTime ? 1 : 0;
        ProvableArrivals += row is { IsProvable: true, Outcome: SubscriberImportOutcome.Pending } ? 1 : 0;
        Keep(rows, row);
        if (!rowsByOutcome.TryGetValue(row.Outcome, out var alike))
            rowsByOutcome.Add(row.Outcome, alike = []);
        Keep(alike, row);
    }

    private static void Keep(List<SubscriberImportRow> some, SubscriberImportRow row)
    {
        if (some.Count < MostRows)
            some.Add(row);
    }
}
