using System.Text;

namespace ArmTwitch.Mail.Messages;

/// <summary>The text part of a mail.</summary>
internal static class PlainTextWrapper
{
    /// <summary>RFC 5322 (2.1.1) asks for at most 78; a quoted answer needs room for its marks.</summary>
    public const int Width = 72;

    /// <summary>Breaks lines between words. A word that is longer, such as an address, stays whole.</summary>
    /// <param name="first">What stands before the first line, such as the sign of a list.</param>
    /// <param name="rest">What stands before the lines below it.</param>
    public static string Wrap(string words, string first = "", string rest = "")
    {
        var text = new StringBuilder(first);
        var column = first.Length;
        var isStart = true;
        foreach (var word in words.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isStart && column + 1 + word.Length > Width)
            {
                text.Append('\n').Append(rest);
                (column, isStart) = (rest.Length, true);
            }

            text.Append(isStart ? "" : " ").Append(word);
            column += word.Length + (isStart ? 0 : 1);
            isStart = false;
        }

        return text.ToString();
    }
}
