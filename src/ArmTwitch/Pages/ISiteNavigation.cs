namespace ArmTwitch.Pages;

/// <summary>The links of the page frame and of error pages. Pages draws them; a feature that knows the articles provides them.</summary>
public interface ISiteNavigation
{
    /// <summary>The links in the header of every page.</summary>
    IReadOnlyList<PageLink> Navigation();

    /// <summary>The links in the footer of every page.</summary>
    IReadOnlyList<PageLinkGroup> Footer();

    /// <summary>Pages whose address is like one that was not found; the most similar first.</summary>
    IReadOnlyList<PageLink> Suggestions(string address);

    /// <summary>Where to get help quickly, for a reader on an error page.</summary>
    IReadOnlyList<PageLink> UrgentHelp();

    /// <summary>The topics of the site.</summary>
    IReadOnlyList<PageLink> Topics();
}
