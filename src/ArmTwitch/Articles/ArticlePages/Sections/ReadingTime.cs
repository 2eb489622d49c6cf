namespace ArmTwitch.Articles.ArticlePages.Sections;

/// <summary>How long an adult takes to read a text.</summary>
public static class ReadingTime
{
    /// <summary>The mean of silent readers of English non-fiction (Brysbaert 2019, 190 studies).</summary>
    private const double WordsPerMinute = 238;

    /// <returns>Whole minutes, at least one.</returns>
    public static int MinutesFor(string text) => Math.Max(1, (int)Math.Round(WordsOf(text) / WordsPerMinute));

    /// <summary>How many words a text has: what stands between spaces.</summary>
    public static int WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
