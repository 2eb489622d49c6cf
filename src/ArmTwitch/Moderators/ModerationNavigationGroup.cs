namespace ArmTwitch.Moderators;

/// <summary>The headings of the navigation on the moderation screens, in their order.</summary>
public enum ModerationNavigationGroup
{
    /// <summary>Where everybody begins.</summary>
    Home,

    /// <summary>Comments and what is done with them.</summary>
    Comments,

    /// <summary>Articles and what readers say of them.</summary>
    Articles,

    /// <summary>Issues and subscribers.</summary>
    Newsletter,

    /// <summary>People, records and the program.</summary>
    Site,
}
