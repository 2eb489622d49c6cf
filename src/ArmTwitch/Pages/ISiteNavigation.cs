namespace ArmTwitch.Pages;

/// <summary>Knows the way around the site. Pages has the frame; the features have the places.</summary>
public interface ISiteNavigation
{
    /// <summary>The few places that every page leads to.</summary>
    IReadOnlyList<PageLink> Navigation();

    /// <summary>The small print at the foot of every page.</summary>
    IReadOnlyList<PageLink> Footer();

    /// <summary>What somebody may have meant who asked for an address that is not there, best first.</summary>
    IReadOnlyList<PageLink> Suggestions(string address);

    /// <summary>Where somebody belongs who fears for their health and has lost the way.</summary>
    IReadOnlyList<PageLink> UrgentHelp();

    /// <summary>Everything by subject.</summary>
    IReadOnlyList<PageLink> Subjects();
}
