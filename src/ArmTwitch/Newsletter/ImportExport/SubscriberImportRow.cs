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
