namespace ArmTwitch.Articles.Publishing;

/// <summary>What becomes of the newest version of an article's file.</summary>
public enum PublicationState
{
    /// <summary>Readers see it.</summary>
    Published,

    /// <summary>Its front matter says that it is not finished.</summary>
    Draft,

    /// <summary>It is finished, and appears by itself on a day that lies ahead.</summary>
    Scheduled,

    /// <summary>It is finished, and a fault keeps it from readers.</summary>
    HeldBack,

    /// <summary>It was taken back; its address says so.</summary>
    Withdrawn,
}
