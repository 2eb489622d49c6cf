using ArmTwitch.Articles.Content;

namespace ArmTwitch.Articles.Corrections;

/// <summary>The page on corrections.</summary>
/// <param name="Corrections">Newest first.</param>
public sealed record CorrectionsPageModel(InformationPage Page, IReadOnlyList<Correction> Corrections)
{
    public static CorrectionsPageModel Of(InformationPage page, ContentSnapshot content) => new(page, Correction.AllOf(content));
}
