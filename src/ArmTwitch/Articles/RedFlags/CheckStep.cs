using ArmTwitch.Articles.Emergency;

namespace ArmTwitch.Articles.RedFlags;

/// <param name="Id">Its name in the file.</param>
public abstract record CheckStep(string Id);

/// <param name="Signs">What it asks about, in the words of the urgency cards.</param>
/// <param name="Yes">The step that a yes leads to.</param>
/// <param name="No">The step that a no leads to.</param>
public sealed record CheckQuestion(string Id, string Ask, IReadOnlyList<CitedLine> Signs, string Yes, string No) : CheckStep(Id);

/// <summary>Whom to contact and how soon.</summary>
/// <param name="Article">What to read afterwards.</param>
/// <param name="Signs">What the card lists; empty to list those that were answered with yes.</param>
public sealed record CheckOutcome(
    string Id, Urgency Urgency, string Title, Slug Article, IReadOnlyList<CitedLine> Signs, IReadOnlyList<CitedLine> Advice)
    : CheckStep(Id)
{
    /// <summary>Whether it also gives the lines for somebody who thinks of ending their life.</summary>
    public bool OffersListening { get; init; }

    /// <summary>Whether a first step comes before the call, so that the advice stands above the buttons.</summary>
    public bool AdviceFirst { get; init; }
}
