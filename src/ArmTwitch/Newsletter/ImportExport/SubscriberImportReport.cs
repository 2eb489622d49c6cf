namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>What an import did, or would do.</summary>
public sealed class SubscriberImportReport
{
    private readonly List<(int Line, string Fault)> faults = [];
    private readonly Dictionary<SubscriberState, int> taken = [];

    /// <inheritdoc cref="SubscriberCsvReader.SourceName"/>
    public string? SourceName { get; init; }

    /// <inheritdoc cref="SubscriberCsvReader.IgnoredColumns"/>
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>New rows by what they become.</summary>
    public IReadOnlyDictionary<SubscriberState, int> Taken => taken;

    /// <summary>Known already; nothing changes.</summary>
    public int Unchanged { get; set; }

    /// <summary>On the suppression list; nothing changes.</summary>
    public int Suppressed { get; set; }

    /// <summary>Further rows of an address; the first one counts.</summary>
    public int Twice { get; set; }

    /// <summary>Rows that could not be read.</summary>
    public int Refused { get; private set; }

    /// <summary>The first of the refused rows.</summary>
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
