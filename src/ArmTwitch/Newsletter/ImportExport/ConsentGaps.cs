namespace ArmTwitch.Newsletter.ImportExport;

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
