namespace ArmTwitch;

/// <summary>Full-width letters, digits and signs (U+FF01 to U+FF5E), which East Asian keyboards type.</summary>
internal static class FullWidth
{
    private const char First = '\uFF01', Last = '\uFF5E', FirstUsual = '!';

    /// <returns>The usual character for a full-width one; else the character itself.</returns>
    public static char ToAscii(char letter) => letter is >= First and <= Last ? (char)(letter - First + FirstUsual) : letter;
}
