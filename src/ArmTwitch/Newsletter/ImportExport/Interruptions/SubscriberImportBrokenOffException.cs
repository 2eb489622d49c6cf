namespace ArmTwitch.Newsletter.ImportExport.Interruptions;

/// <summary>An import broke off half-way. What is done stays, and the same file can be imported again.</summary>
/// <param name="progress">How many of how many rows are done for certain. The database may have taken some more.</param>
/// <param name="cause">What failed.</param>
public sealed class SubscriberImportBrokenOffException(SubscriberImportProgress progress, Exception cause)
    : Exception($"It broke off {Words(progress)}. {Advice}", cause)
{
    /// <summary>What to do then.</summary>
    public const string Advice = "Import the same file again: nothing is done twice.";

    /// <summary>Such as "after 11,000 of 60,000 rows; those are imported".</summary>
    public static string Words(SubscriberImportProgress progress)
    {
        var all = Plural.Of(progress.All, "row");
        return progress.Done is 0 ? $"before the first of {all} was done" : $"after {Plural.Number(progress.Done)} of {all}; those are imported";
    }
}
