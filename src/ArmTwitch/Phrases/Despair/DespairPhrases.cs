namespace ArmTwitch.Phrases.Despair;

/// <summary>Means of harm, hopelessness and farewell: a part of <see cref="CrisisPhrases.All"/>.</summary>
internal static class DespairPhrases
{
    /// <summary>In the form of <see cref="PhrasePatterns"/>.</summary>
    public static readonly string All = Unwrapped(
        $"""

        # English: means of harm
        {MeansOfHarmPhrases.English}

        {LethalDosePhrases.English}
        {PlacesOfHarmPhrases.English}

        # English: hopelessness and farewell
        {HopelessnessPhrases.English}
        {EndOfLifePhrases.English}

        # English: somebody else
        {OthersInDangerPhrases.English}

        # German, French and Spanish
        {MeansOfHarmPhrases.Others}
        {LethalDosePhrases.Others}
        {PlacesOfHarmPhrases.Others}
        {HopelessnessPhrases.Others}
        {EndOfLifePhrases.Others}
        {OthersInDangerPhrases.Others}
        """);

    /// <summary>A line that begins with blanks goes on with the phrase above it.</summary>
    public static string Unwrapped(string phrases) => phrases.Replace("\n    ", "", StringComparison.Ordinal);
}
