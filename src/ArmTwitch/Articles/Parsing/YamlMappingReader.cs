using System.Globalization;
using System.Text.RegularExpressions;
using ArmTwitch.Articles.Content;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ArmTwitch.Articles.Parsing;

/// <summary>
/// Reads the keys of one YAML mapping. A key that is missing, of the wrong kind or never read becomes a fault at its line and column.
/// </summary>
internal sealed partial class YamlMappingReader
{
    private readonly YamlMappingNode node;
    private readonly DiagnosticCollector diagnostics;
    private readonly int linesBefore;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private YamlMappingReader(YamlMappingNode node, DiagnosticCollector diagnostics, int linesBefore, TextPosition start) =>
        (this.node, this.diagnostics, this.linesBefore, Start) = (node, diagnostics, linesBefore, start);

    /// <summary>Where the mapping begins.</summary>
    public TextPosition Start { get; }

    /// <summary>All keys, each of which has to hold a mapping.</summary>
    public IEnumerable<(string Key, YamlMappingReader Fields)> Tables() =>
        from pair in node.Children
        let key = KeyOf(pair.Key)
        where asked.Add(key)
        let fields = AsMapping(key, pair.Value)
        where fields is not null
        select (key, fields);

    /// <param name="yaml">A document whose top is a mapping.</param>
    /// <param name="diagnostics">Takes what is wrong with it.</param>
    /// <param name="linesBefore">How many lines of the file stand above the YAML.</param>
    /// <returns>Null when the text is no YAML mapping at all.</returns>
    public static YamlMappingReader? Parse(string yaml, DiagnosticCollector diagnostics, int linesBefore = 0)
    {
        // The parser's own message names the line on which the mapping begins, not the one with the wrong space.
        foreach (var (index, line) in yaml.Split('\n').Index())
        {
            if (line.StartsWith('\t'))
            {
                diagnostics.Add(new TextPosition(linesBefore + index + 1, 1), "tab", "The line begins with a tab.", "Indent with spaces.");
                return null;
            }

            if (WrongSpace().Match(line) is { Success: true } wrong)
            {
                diagnostics.Add(
                    new TextPosition(linesBefore + index + 1, wrong.Groups[1].Index + 1), "wrong-space",
                    "This looks like a space and is none.", "Type a space over it.");
                return null;
            }
        }

        var parser = new Parser(new StringReader(yaml));
        try
        {
            var stream = new YamlStream();
            stream.Load(new LimitedYamlParser(parser));
            if (stream.Documents is [{ RootNode: YamlMappingNode mapping }])
                return new YamlMappingReader(mapping, diagnostics, linesBefore, TextPosition.Of(mapping.Start, linesBefore));
            diagnostics.Add(new TextPosition(linesBefore + 1, 1), "yaml", "There are no keys here.", "Write one \"key: value\" a line.");
        }
        catch (Exception broken) when (broken is YamlException or InvalidOperationException or ArgumentException)
        {
            // Some mistakes throw other exceptions than the parser's own, for example a list that is never closed.
            var at = (broken as YamlException)?.Start ?? parser.Current?.Start ?? Mark.Empty;
            diagnostics.Add(
                TextPosition.Of(at, linesBefore), "yaml", $"This is not YAML: {Sentence(broken.Message)}",
                "A value that holds \": \" or begins with a sign stands in quotes.");
        }

        return null;
    }

    public TextPosition At(string key) => Find(key) is { } value ? At(value) : Start;

    public bool Has(string key) => Find(key) is not null;

    /// <param name="mayCite">Whether the text is Markdown, which may hold citations.</param>
    public string? Text(string key, int maxLength = 2000, bool required = true, bool mayCite = false)
    {
        if (Scalar(key, required, "a text") is not { } text)
            return null;
        if (text.Any(char.IsControl))
        {
            diagnostics.Add(At(key), "control-character", $"\"{key}\" holds a control character.", "Take it out; feeds cannot hold it.");
            return null;
        }

        if (!mayCite && text.Contains("[@", StringComparison.Ordinal))
        {
            diagnostics.Add(At(key), "citation-in-front-matter", $"\"{key}\" cites a fact.", "Cite it in the text below.");
            return null;
        }

        if (text.Length <= maxLength)
            return text;
        diagnostics.Add(At(key), "too-long", $"\"{key}\" has {text.Length} characters.", $"Write at most {maxLength}.");
        return null;
    }

    public string? OptionalText(string key) => Text(key, required: false);

    /// <param name="mayBeFarAhead">Whether a year that is probably a slip is still a day, which is only remarked on.</param>
    public DateOnly? Day(string key, bool required = true, bool mayBeFarAhead = false)
    {
        if (Scalar(key, required, "a day such as 2026-11-22") is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return InOurTime(key, day, mayBeFarAhead);
        diagnostics.Add(At(key), "not-a-day", $"\"{key}\" is \"{text}\", which is no day.", "Write it as 2026-11-22.");
        return null;
    }

    private DateOnly? InOurTime(string key, DateOnly day, bool mayBeFarAhead)
    {
        const int first = 1900, last = 2100;
        if (day.Year is >= first and <= last)
            return day;
        if (mayBeFarAhead && day.Year > last)
        {
            diagnostics.AddWarning(At(key), "far-day", $"\"{key}\" lies in the year {day.Year}.", "Look whether that is meant.");
            return day;
        }

        diagnostics.Add(At(key), "far-day", $"\"{key}\" lies in the year {day.Year}.", $"Write a year from {first} to {last}.");
        return null;
    }

    public int? Number(string key)
    {
        if (Scalar(key, required: false, "a whole number") is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        diagnostics.Add(At(key), "not-a-number", $"\"{key}\" is \"{text}\".", "Write a whole number.");
        return null;
    }

    /// <summary>A value of an enum, written in kebab-case.</summary>
    public T? Word<T>(string key, bool required = true) where T : struct, Enum
    {
        if (Scalar(key, required, "one word") is not { } text)
            return null;
        if (KebabCase.Find<T>(text) is { } value)
            return value;
        diagnostics.AddUnknown(At(key), "unknown-word", $"\"{key}\" is \"{text}\", which means nothing here.", text, KebabCase.All<T>());
        return null;
    }

    /// <summary>A list of short texts with the place of each.</summary>
    /// <param name="mayBeOne">Whether one text alone counts as a list of one.</param>
    public IReadOnlyList<(string Text, TextPosition At)> Texts(string key, bool required = false, bool mayBeOne = false)
    {
        var texts = new List<(string, TextPosition)>();
        foreach (var item in mayBeOne && Find(key) is YamlScalarNode one && asked.Add(key) ? [one] : Items(key, required))
        {
            if (item is YamlScalarNode { Value: { Length: > 0 } text })
                texts.Add((text, At(item)));
            else
                diagnostics.Add(At(item), "not-a-text", $"An item of \"{key}\" is no text.", "Write one text an item.");
        }

        if (required && texts.Count is 0 && Has(key))
            diagnostics.Add(At(key), "missing", $"\"{key}\" is empty.", "Write at least one item.");
        return texts;
    }

    /// <summary>A list of mappings. An item that is a plain text counts as a mapping with that one key.</summary>
    public IReadOnlyList<YamlMappingReader> List(string key, string plainTextIs = "", bool required = false)
    {
        var list = new List<YamlMappingReader>();
        foreach (var item in Items(key, required))
        {
            if (item is YamlScalarNode && plainTextIs.Length > 0)
                list.Add(
                    new YamlMappingReader(new YamlMappingNode(new YamlScalarNode(plainTextIs), item), diagnostics, linesBefore, At(item)));
            else if (AsMapping(key, item) is { } fields)
                list.Add(fields);
        }

        return list;
    }

    public YamlMappingReader? Mapping(string key) =>
        MarkRead(key, required: false, "a mapping") is { } value ? AsMapping(key, value) : null;

    /// <summary>Whether the value is the plain word <c>false</c>.</summary>
    public bool IsFalse(string key)
    {
        asked.Add(key);
        return Find(key) is YamlScalarNode { Value: "false" };
    }

    /// <summary>Whether the value is <c>true</c>; a key that is not there is false.</summary>
    public bool IsTrue(string key)
    {
        var text = Scalar(key, required: false, "true or false");
        if (text is not (null or "true" or "false"))
            diagnostics.Add(At(key), "not-true-or-false", $"\"{key}\" is \"{text}\".", "Write true or false.");
        return text is "true";
    }

    /// <summary>Reports every key that has not been read, which is probably a spelling mistake.</summary>
    public void ReportUnknownKeys()
    {
        foreach (var key in node.Children.Keys)
        {
            var name = KeyOf(key);
            if (!asked.Contains(name))
                diagnostics.AddUnknown(At(key), "unknown-key", $"There is no key \"{name}\".", name, asked);
        }
    }

    private IEnumerable<YamlNode> Items(string key, bool required)
    {
        switch (MarkRead(key, required, "a list"))
        {
            case null:
                return [];
            case YamlSequenceNode sequence:
                return sequence.Children;
            case var other:
                diagnostics.Add(At(other), "not-a-list", $"\"{key}\" is no list.", "Write [one, two] or one \"- item\" a line.");
                return [];
        }
    }

    private string? Scalar(string key, bool required, string wanted)
    {
        switch (MarkRead(key, required, wanted))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } text } when !string.IsNullOrWhiteSpace(text):
                return text.Trim();
            case var other:
                diagnostics.Add(At(other), "missing", $"\"{key}\" is empty.", $"Write {wanted}.");
                return null;
        }
    }

    private YamlNode? MarkRead(string key, bool required, string wanted)
    {
        asked.Add(key);
        var value = Find(key);
        if (value is null && required)
            diagnostics.Add(Start, "missing", $"\"{key}\" is missing.", $"Write {wanted}.");
        return value;
    }

    private YamlMappingReader? AsMapping(string key, YamlNode value)
    {
        if (value is YamlMappingNode mapping)
            return new YamlMappingReader(mapping, diagnostics, linesBefore, TextPosition.Of(mapping.Start, linesBefore));
        diagnostics.Add(At(value), "not-a-mapping", $"\"{key}\" has no keys of its own.", "Write \"key: value\" pairs below it.");
        return null;
    }

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private TextPosition At(YamlNode value) => TextPosition.Of(value.Start, linesBefore);

    private static string KeyOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? "";

    private static string Sentence(string message) => message.TrimEnd('.', ' ') + ".";

    /// <summary>A no-break space or a similar character where YAML needs a space: before a key, or behind its colon or a dash.</summary>
    [GeneratedRegex(@"^(?:[ -]*|[ -]*[\w-]+:)([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff])")]
    private static partial Regex WrongSpace();
}
