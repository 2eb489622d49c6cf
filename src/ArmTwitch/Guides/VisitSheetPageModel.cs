using ArmTwitch.Articles;

namespace ArmTwitch.Guides;

/// <param name="Help">The article on when to get help; null when there is none.</param>
public sealed record VisitSheetPageModel(Article? Help)
{
    public const string Address = "/visit-sheet";
}
