using System.Text;

namespace ArmTwitch.Phrases;

/// <summary>
/// The words of a short text: lower case, without accents, and without apostrophes, so that "can't" and "cant" are one word.
/// </summary>
internal static class QueryWords
{
    /// <param name="text">In Unicode's form NFC.</param>
    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        var folded = AccentFolding.Fold(text);
        for (var at = 0; at <= folded.Length; at++)
        {
            if (at < folded.Length && char.IsLetterOrDigit(folded[at]))
            {
                word.Append(folded[at]);
            }
            else if (word.Length > 0 && !IsInsideWord(folded, at))
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }

    private static bool IsInsideWord(string folded, int at) =>
        at + 1 < folded.Length && folded[at] is '\'' && char.IsLetter(folded[at + 1]);
}
