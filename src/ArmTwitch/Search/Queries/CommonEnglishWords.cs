using System.Text;
using ArmTwitch.Pages;

namespace ArmTwitch.Search.Queries;

/// <summary>
/// The common words of English of four letters or more, British and American (<c>common-english-words.txt</c>). Whoever types one of them
/// did not misspell another.
/// </summary>
internal static class CommonEnglishWords
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>The file itself, in which words are searched: as strings they would take ten times the memory.</summary>
    private static readonly byte[] Lines = EmbeddedAssets.Bytes("common-english-words.txt");

    /// <param name="word">In lower case.</param>
    public static bool Contains(string word)
    {
        Span<byte> wanted = stackalloc byte[64];
        if (!Encoding.UTF8.TryGetBytes(word, wanted, out var length))
            return false;
        wanted = wanted[..length];
        for (int from = 0, to = Lines.Length; from < to;)
        {
            var middle = from + ((to - from) / 2);
            var start = Lines.AsSpan(from, middle - from).LastIndexOf(LineEnd) is >= 0 and var before ? from + before + 1 : from;
            var line = Lines.AsSpan(start);
            line = line[..line.IndexOf(LineEnd)];
            var order = wanted.SequenceCompareTo(line);
            if (order is 0)
                return true;
            if (order < 0)
                to = start;
            else
                from = start + line.Length + 1;
        }

        return false;
    }
}
