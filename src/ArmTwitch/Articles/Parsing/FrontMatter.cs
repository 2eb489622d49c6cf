using System.Text;
using ArmTwitch.Articles.Content;

namespace ArmTwitch.Articles.Parsing;

/// <summary>The YAML between the two <c>---</c> lines at the top of a file.</summary>
internal static class FrontMatter
{
    private const string Fence = "---";

    /// <returns>Null, with a fault, when the file does not begin with front matter.</returns>
    public static YamlMappingReader? Of(string source, DiagnosticCollector diagnostics)
    {
        using var lines = new StringReader(source);
        if (lines.ReadLine()?.TrimEnd() != Fence)
        {
            diagnostics.Add(
                TextPosition.Start, "no-front-matter", "The file does not begin with front matter.",
                "Write --- in the first line, the keys below it, and --- again.");
            return null;
        }

        var yaml = new StringBuilder();
        while (lines.ReadLine() is { } line)
        {
            if (line.TrimEnd() == Fence)
                return YamlMappingReader.Parse(yaml.ToString(), diagnostics, linesBefore: 1);
            yaml.Append(line).Append('\n');
        }

        diagnostics.Add(
            TextPosition.Start, "open-front-matter", "The front matter is never closed.",
            "Write --- in a line of its own below the last key.");
        return null;
    }
}
