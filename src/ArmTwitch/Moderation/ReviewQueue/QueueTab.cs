namespace ArmTwitch.Moderation.ReviewQueue;

/// <summary>
/// A part of what waits for a moderator. A row may be in <see cref="Reported"/> or <see cref="Appeals"/> and in one by its urgency.
/// </summary>
public enum QueueTab
{
    /// <summary>Everything that waits.</summary>
    All,

    /// <summary>What a colleague has passed on to the moderator who looks.</summary>
    ForMe,

    /// <summary>Somebody may be about to harm themselves or be in danger.</summary>
    Crisis,

    /// <summary>Somebody may need a doctor now.</summary>
    RedFlags,

    /// <summary>Readers' reports have taken it off the page.</summary>
    Reported,

    /// <summary>Looks like advertising, and is neither urgent nor an appeal.</summary>
    Advertising,

    /// <summary>The author has answered a refusal.</summary>
    Appeals,

    /// <summary>Neither urgent, nor like advertising, nor an appeal.</summary>
    Rest,
}

internal static class QueueTabs
{
    /// <summary>The tabs that a moderator sees; some only while they have something.</summary>
    /// <param name="chosen">The tab that is chosen, which stays.</param>
    public static IReadOnlyList<QueueTab> Shown(QueueCounts counts, QueueTab? chosen) =>
        [.. Enum.GetValues<QueueTab>().Where(tab =>
            tab is not (QueueTab.ForMe or QueueTab.Reported) || tab == chosen || counts.Of(tab) > 0)];

    public static string Label(this QueueTab tab) => tab switch
    {
        QueueTab.All => "All",
        QueueTab.ForMe => "For you",
        QueueTab.Crisis => "Crisis",
        QueueTab.RedFlags => "Red flags",
        QueueTab.Reported => "Reported",
        QueueTab.Advertising => "Advertising",
        QueueTab.Appeals => "Appeals",
        QueueTab.Rest => "Rest",
        _ => throw new ArgumentOutOfRangeException(nameof(tab), tab, null),
    };
}
