namespace ArmTwitch.Articles;

/// <summary>The YAML between the two <c>---</c> lines at the top of a file.</summary>
internal static class FrontMatter
{
    private const string Fence = "---";

    /// <returns>Null, with the fault noted, when the file does not begin with front matter.</returns>
    public static YamlFields? Of(string source, FaultLog faults)
    {
        using var lines = new StringReader(source);
        if (lines.ReadLine()?.TrimEnd() != Fence)
        {
            faults.Add(Position.Start, "no-front-matter", "The file does not begin with front matter.", "Write --- in the first line, the keys below it, and --- again.");
            return null;
        }

        var yaml = new System.Text.StringBuilder();
        while (lines.ReadLine() is { } line)
        {
            if (line.TrimEnd() == Fence)
                return YamlFields.Parse(yaml.ToString(), faults, linesBefore: 1);
            yaml.Append(line).Append('\n');
        }

        faults.Add(Position.Start, "open-front-matter", "The front matter is never closed.", "Write --- in a line of its own below the last key.");
        return null;
    }
}
