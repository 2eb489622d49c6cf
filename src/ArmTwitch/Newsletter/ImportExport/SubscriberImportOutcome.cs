namespace ArmTwitch.Newsletter.ImportExport;

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
