namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>What an import did with one row, or would do.</summary>
/// <param name="Line">The number of its first line in the file.</param>
/// <param name="Email">The address; of a refused row what stands in its place. Null when nothing does.</param>
/// <param name="Fault">What is wrong with it; null when nothing is.</param>
public readonly record struct SubscriberImportRow(int Line, string? Email, SubscriberImportOutcome Outcome, string? Fault = null)
{
    /// <summary>Whether only the place and the words are missing for a proof of consent.</summary>
    public bool IsProvable { get; init; }

    /// <summary>Whether it is refused and has a time that cannot be read, or that has not come yet.</summary>
    public bool HasWrongTime { get; init; }

    /// <summary>What is missing for a proof of consent, of a row that comes in as pending for that reason.</summary>
    public ConsentGaps Missing { get; init; }
}

/// <summary>What a row lacks for a proof of consent.</summary>
[Flags]
public enum ConsentGaps
{
    None = 0,

    /// <summary>When they agreed.</summary>
    Time = 1,

    /// <summary>Where they agreed.</summary>
    Source = 2,

    /// <summary>To which words they agreed.</summary>
    Wording = 4,

    /// <summary>They signed up elsewhere and never confirmed it there.</summary>
    Confirmation = 8,
}

/// <summary>The first five become a subscriber in that state; for the others nothing changes.</summary>
public enum SubscriberImportOutcome
{
    Confirmed,

    /// <summary>Something is missing for a proof of consent (<see cref="ConsentGaps"/>), or the file says that it is pending.</summary>
    Pending,
    Unsubscribed,
    Bounced,
    Complained,

    /// <summary>Known here, and left, bounced or complained there: it ends here too.</summary>
    Ended,

    /// <summary>Known here already.</summary>
    Unchanged,

    /// <summary>On the suppression list: they have left here, or are not to be written to.</summary>
    Suppressed,

    /// <summary>A further row of an address; the first one counts.</summary>
    Twice,

    /// <summary>Another row says that they have left, bounced or complained; that one counts, wherever it stands.</summary>
    Contradicted,

    /// <summary>It could not be read.</summary>
    Refused,
}
