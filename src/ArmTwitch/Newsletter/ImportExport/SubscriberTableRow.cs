namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>A line of a table of subscribers.</summary>
/// <param name="Line">The number of its first line in the file.</param>
/// <param name="Subscriber">Null when the line has a fault.</param>
/// <param name="Fault">What is wrong with it; null when nothing is.</param>
internal readonly record struct SubscriberTableRow(int Line, Subscriber? Subscriber, string? Fault)
{
    /// <summary>The address, or what stands in its place; null for nothing.</summary>
    public string? Email { get; init; }

    /// <summary>Whether it says when they signed up, so that only the place and the words are missing for a proof of consent.</summary>
    public bool IsProvable { get; init; }

    /// <summary>Whether the consent is what an editor said of all, and not what the table says.</summary>
    public bool IsVouched { get; init; }

    /// <summary>Whether it has a fault, and a time that cannot be read as one time or has not come yet.</summary>
    public bool HasWrongTime { get; init; }

    /// <inheritdoc cref="SubscriberImportRow.Missing"/>
    public ConsentGaps Missing { get; init; }

    public SubscriberTableRow Refuse(string fault) => this with { Subscriber = null, Fault = fault };
}
