using Markdig.Syntax;
using YamlDotNet.Core;

namespace ArmTwitch.Articles.Content;

/// <summary>A place in a text file; both counted from 1.</summary>
internal readonly record struct TextPosition(int Line, int Column)
{
    public static readonly TextPosition Start = new(1, 1);

    /// <param name="mark">Where YAML says something stands, counted inside the YAML.</param>
    /// <param name="linesBefore">How many lines of the file stand above the YAML.</param>
    public static TextPosition Of(Mark mark, int linesBefore) => new((int)mark.Line + linesBefore, (int)mark.Column);

    /// <param name="part">A part of a text that was read from its first line on.</param>
    public static TextPosition Of(MarkdownObject part) => new(part.Line + 1, part.Column + 1);

    /// <summary>Whether the part has a place. A bracket that opens no link has none in Markdig.</summary>
    public static bool IsKnown(MarkdownObject part) => part.Line > 0 || part.Column > 0;
}
