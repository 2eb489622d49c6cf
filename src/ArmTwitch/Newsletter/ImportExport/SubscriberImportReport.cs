namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>What an import did, or would do.</summary>
public sealed class SubscriberImportReport
{
    private readonly List<SubscriberImportRow> rows = [];
    private readonly Dictionary<SubscriberImportOutcome, int> counts = [];

    /// <inheritdoc cref="SubscriberCsvReader.SourceName"/>
    public string? SourceName { get; init; }

    /// <inheritdoc cref="SubscriberCsvReader.IgnoredColumns"/>
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>Every row, in the order of the file once the import is over.</summary>
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

    /// <summary>Rows that could not be read.</summary>
    public int Refused => CountOf(SubscriberImportOutcome.Refused);

    /// <summary>The refused rows.</summary>
    public IEnumerable<(int Line, string Fault)> Faults =>
        rows.Where(row => row.Outcome is SubscriberImportOutcome.Refused).Select(row => (row.Line, row.Fault!));

    public int CountOf(SubscriberImportOutcome outcome) => counts.GetValueOrDefault(outcome);

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

    internal void Add(SubscriberImportRow row)
    {
        rows.Add(row);
        counts[row.Outcome] = CountOf(row.Outcome) + 1;
    }

    internal void Sort() => rows.Sort((one, other) => one.Line.CompareTo(other.Line));
}
