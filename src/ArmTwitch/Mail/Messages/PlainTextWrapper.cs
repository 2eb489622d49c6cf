using System.Text;

namespace ArmTwitch.Mail.Messages;

/// <summary>Wraps the text part of a mail.</summary>
internal static class PlainTextWrapper
{
    /// <summary>RFC 5322 (2.1.1) recommends at most 78 characters; quoting in a reply adds some.</summary>
    public const int Width = 72;

    /// <summary>Breaks lines between words. A longer word, such as a URL, stays whole.</summary>
    /// <param name="first">The prefix of the first line, such as the bullet of a list.</param>
    /// <param name="rest">The prefix of the other lines.</param>
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
