namespace ArmTwitch.Phrases;

/// <summary>
/// What <see cref="RedFlagPhrases"/> tell apart. In kebab-case it is the id of the rule that flags comments, and the name in
/// <c>search-words.yml</c>.
/// </summary>
internal enum RedFlag
{
    Weakness,
    Speech,
    Swallowing,
    Breathing,
    ChestPain,
    Seizure,
}
