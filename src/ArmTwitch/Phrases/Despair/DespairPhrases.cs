namespace ArmTwitch.Phrases.Despair;

/// <summary>Means of harm, hopelessness and farewell: a part of <see cref="CrisisPhrases.All"/>.</summary>
internal static class DespairPhrases
{
    /// <summary>In the form of <see cref="PhrasePatterns"/>.</summary>
    public static readonly string All = Unwrapped(
        $"""

        # English: means of harm
        {MeansOfHarmPhrases.English}

        # English: hopelessness and farewell
        {HopelessnessPhrases.English}

        # German, French and Spanish
        {MeansOfHarmPhrases.Others}
        {HopelessnessPhrases.Others}
        """);

    /// <summary>A line that begins with blanks goes on with the phrase above it.</summary>
    private static string Unwrapped(string phrases) => phrases.Replace("\n    ", "", StringComparison.Ordinal);
}
