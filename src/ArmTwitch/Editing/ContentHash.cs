using System.Security.Cryptography;
using System.Text;
using ArmTwitch.Articles;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace ArmTwitch.Editing;

/// <summary>
/// A short hash of an article's text, called seal in the file. The newest entry of the change log holds it, so that the text cannot change
/// without a new entry.
/// </summary>
internal static class ContentHash
{
    private const int Length = 12;
    private const string Fence = "---";

    /// <summary>Hashes title, summary, purpose and text as they are written, without the spaces at the ends of lines.</summary>
    public static string Compute(Article article)
    {
        var words = new StringBuilder().Append(article.Title).Append('\n').Append(article.Summary).Append('\n');
        if (article.Purpose is { } purpose)
            words.Append(purpose).Append('\n');
        foreach (var line in TextOf(article.SourceText))
            words.Append(line.TrimEnd()).Append('\n');
        var all = words.ToString().TrimEnd();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)))[..Length];
    }

    /// <returns>The article's file with the hash in its newest change, and nothing else changed.</returns>
    public static string WithHash(Article article)
    {
        var lines = article.SourceText.Split('\n').ToList();
        var yaml = new YamlStream();
        yaml.Load(new StringReader(string.Join('\n', lines.Skip(1).TakeWhile(line => line.TrimEnd() is not Fence))));
        var newest = (YamlMappingNode)yaml.Documents[0].RootNode["changes"][0];

        // The parser counts lines from 1, and one line stands above the YAML: its number of a line is the index of the line in the file.
        var end = newest.Children.Last().Value.End;
        if (newest.Style is MappingStyle.Flow)
        {
            var (line, from) = ((int)end.Line, (int)end.Column - 1);
            while (lines[line].IndexOf('}', from) < 0)
                (line, from) = (line + 1, 0);
            lines[line] = lines[line].Insert(lines[line].IndexOf('}', from), $", seal: {Compute(article)}");
        }
        else
        {
            var last = (int)end.Line - (end.Column is 1 ? 1 : 0);
            var indent = new string(' ', (int)newest.Children.First().Key.Start.Column - 1);
            lines.Insert(last + 1, $"{indent}seal: {Compute(article)}{(lines[last].EndsWith('\r') ? "\r" : "")}");
        }

        return string.Join('\n', lines);
    }

    /// <summary>The lines below the front matter.</summary>
    private static IEnumerable<string> TextOf(string written) =>
        written.ReplaceLineEndings("\n").Split('\n').Skip(1).SkipWhile(line => line.TrimEnd() is not Fence).Skip(1);
}
