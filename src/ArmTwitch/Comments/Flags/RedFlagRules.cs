using ArmTwitch.Phrases;

namespace ArmTwitch.Comments.Flags;

/// <summary>Rules for signs that need a doctor soon (<see cref="RedFlagPhrases"/>).</summary>
internal static class RedFlagRules
{
    public static readonly FlagRule[] Rules =
    [
        Rule(
            RedFlag.Weakness, "Weakness",
            "Sudden or growing weakness, or a drooping face, may be a stroke or nerve damage and needs medical help at once."),
        Rule(RedFlag.Speech, "Speech", "Speech that is slurred or will not come may be a stroke and needs medical help at once."),
        Rule(
            RedFlag.Swallowing, "Swallowing",
            "Trouble swallowing, or choking, may be a nerve illness or a stroke and needs a doctor soon, with twitching sooner."),
        Rule(RedFlag.Breathing, "Breathing", "Trouble breathing is an emergency."),
        Rule(RedFlag.ChestPain, "Chest pain", "Chest pain or pressure may be a heart attack and is an emergency."),
        Rule(
            RedFlag.Seizure, "Seizure or passing out",
            "A seizure, or passing out, is an emergency the first time and needs a doctor every time."),
    ];

    private static FlagRule Rule(RedFlag sign, string title, string why) =>
        new(KebabCase.Of(sign), 5, FlagLevel.RedFlag, title, why,
            input => input.InOwnWords(RedFlagPhrases.Of(sign), RedFlagLookalikes.All));
}
