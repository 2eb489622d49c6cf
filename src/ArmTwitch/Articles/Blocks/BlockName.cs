using ArmTwitch.Articles.Emergency;

namespace ArmTwitch.Articles.Blocks;

/// <summary>What a <c>:::</c> line may open.</summary>
public enum BlockName
{
    Answer,
    Emergency,
    Hospital,
    Urgent,
    Routine,
    SelfCare,
    StopReading,
    KeyFacts,
    Myth,
    Do,
    Dont,
    Picture,
    EmergencyNumbers,
}

public static class BlockNames
{
    /// <summary>The urgency of a card; null for every other block.</summary>
    public static Urgency? CardUrgency(this BlockName name) => name switch
    {
        BlockName.Emergency => Urgency.Emergency,
        BlockName.Hospital => Urgency.Hospital,
        BlockName.Urgent => Urgency.Urgent,
        BlockName.Routine => Urgency.Routine,
        BlockName.SelfCare => Urgency.SelfCare,
        _ => null,
    };

    /// <summary>Whether the page gives it a heading, with its name as the address.</summary>
    public static bool HasFixedHeading(this BlockName name) =>
        name.CardUrgency() is not null || name is BlockName.StopReading or BlockName.KeyFacts;

    /// <summary>The fragment that leads to it, for which it may stand on a page once; null when it has none.</summary>
    public static string? Fragment(this BlockName name) =>
        name is BlockName.EmergencyNumbers ? "numbers-by-country"
        : name.HasFixedHeading() ? KebabCase.Of(name)
        : null;
}
