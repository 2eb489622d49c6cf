using System.Text;

namespace ArmTwitch.Search.Queries;

/// <summary>Reads words whose letters stand apart or are written as digits, as some do to pass a filter: "k i l l", "k1ll".</summary>
internal static class DisguisedWords
{
    private const string Digits = "013457", Letters = "oieast";

    /// <param name="words">Of <see cref="Phrases.QueryWords"/>.</param>
    /// <returns>The words, single letters in a row as one.</returns>
    public static IEnumerable<string> Read(IEnumerable<string> words)
    {
        var apart = new StringBuilder();
        foreach (var word in words)
        {
            if (word.Length is 1)
            {
                apart.Append(word);
                continue;
            }

            if (apart.Length > 0)
                yield return WithLetters(apart.ToString());
            apart.Clear();
            yield return WithLetters(word);
        }

        if (apart.Length > 0)
            yield return WithLetters(apart.ToString());
    }

    /// <summary>A number stays one.</summary>
    private static string WithLetters(string word) => word.Any(char.IsLetter)
        ? string.Concat(word.Select(sign => Digits.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var at ? Letters[at] : sign))
        : word;
}
