using ArmTwitch.Articles.Emergency;

namespace ArmTwitch.Search.Queries;

/// <summary>What a query says of danger.</summary>
/// <param name="IsCrisis">Whether these may be the words of somebody who wants to die.</param>
/// <param name="Signs">The signs to show above all results, the most urgent first.</param>
internal sealed record QueryDanger(bool IsCrisis, IReadOnlyList<WarningSign> Signs)
{
    public static readonly QueryDanger None = new(false, []);

    public bool HasCard => IsCrisis || Signs.Count > 0;

    /// <summary>Whether somebody may have to call for help now.</summary>
    public bool IsEmergency => IsCrisis || Signs.Any(sign => sign.Level is Urgency.Emergency);
}
