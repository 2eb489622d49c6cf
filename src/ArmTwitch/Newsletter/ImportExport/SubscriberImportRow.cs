namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>What an import did with one row, or would do.</summary>
/// <param name="Line">The number of its first line in the file.</param>
/// <param name="Email">Null when it could not be read.</param>
/// <param name="Fault">What is wrong with it; null when nothing is.</param>
public readonly record struct SubscriberImportRow(int Line, string? Email, SubscriberImportOutcome Outcome, string? Fault = null);

/// <summary>The first five become a subscriber in that state; for the others nothing changes.</summary>
public enum SubscriberImportOutcome
{
    Confirmed,

    /// <summary>Consent time, source or wording is missing.</summary>
    Pending,
    Unsubscribed,
    Bounced,
    Complained,

    /// <summary>Known here already.</summary>
    Unchanged,

    /// <summary>On the suppression list: they have left here, or are not to be written to.</summary>
    Suppressed,

    /// <summary>A further row of an address; the first one counts.</summary>
    Twice,

    /// <summary>It could not be read.</summary>
    Refused,
}
