namespace ArmTwitch.Search.Queries;

/// <summary>The part that the forms of an English word have in common: twitch, twitches, twitching; worry, worried.</summary>
/// <remarks>
/// Coarser than the Porter stemmer of the full-text index, which keeps its stems to itself. Only stems of this class are compared with
/// each other, so it does not matter that they are no words.
/// </remarks>
internal static class WordStem
{
    private const int Shortest = 3;

    /// <param name="word">Of <see cref="Phrases.QueryWords"/>.</param>
    public static string Of(string word)
    {
        var stem = word;
        if (Ends("ies") || Ends("ied"))
            stem = stem[..^2];
        else if (Ends("s") && !Ends("ss") && !Ends("us") && !Ends("is"))
            stem = stem[..^1];
        if (Ends("ness"))
            stem = stem[..^4];
        if (Ends("ing", longerBy: Shortest))
            stem = WithoutDouble(stem[..^3]);
        else if (Ends("ed", longerBy: Shortest))
            stem = WithoutDouble(stem[..^2]);
        return Ends("e") || Ends("y") || Ends("i") ? stem[..^1] : stem;

        bool Ends(string ending, int longerBy = Shortest) =>
            stem.Length >= ending.Length + longerBy && stem.EndsWith(ending, StringComparison.Ordinal);
    }

    /// <summary>"Stopp" of "stopping" is "stop".</summary>
    private static string WithoutDouble(string stem) =>
        stem.Length > Shortest && stem[^1] == stem[^2] && stem[^1] is not ('s' or 'l' or 'z') ? stem[..^1] : stem;
}
