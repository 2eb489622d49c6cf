using System.Text;
using System.Xml;

namespace ArmTwitch.Feeds;

/// <summary>Writes XML in UTF-8 without the characters that XML cannot hold, not even as references (XML 1.0, 2.2).</summary>
internal sealed class WellFormedXmlWriter(Stream stream) : XmlTextWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
{
    public override void WriteString(string? text) => base.WriteString(text is null ? null : Clean(text));

    private static string Clean(string text)
    {
        if (text.EnumerateRunes().All(IsAllowed))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(IsAllowed))
            clean.Append(rune.ToString());
        return clean.ToString();
    }

    /// <summary>Half a surrogate pair is enumerated as U+FFFD, which is allowed.</summary>
    private static bool IsAllowed(Rune rune) => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);
}
