using ArmTwitch.Phrases;
using ArmTwitch.Phrases.Despair;

namespace ArmTwitch.Comments.Flags;

/// <summary>Finds <see cref="CrisisPhrases"/> in a comment and in the name above it.</summary>
internal static class CrisisRule
{
    public static readonly FlagRule Rule = new(
        "self-harm", 9, FlagLevel.Crisis, "Self-harm and crisis",
        "The author, or someone they write about, may be thinking of suicide or self-harm. "
        + "The author's page already shows where to get help. Read it first.",
        input => input.InOwnWords(CrisisPhrases.All, DespairLookalikes.All).Concat(input.InAuthor(CrisisPhrases.All)));
}
