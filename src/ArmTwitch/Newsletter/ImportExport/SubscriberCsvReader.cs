using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>Reads a table of subscribers, our own or another program's. A table with a broken format is refused as a whole.</summary>
internal sealed partial class SubscriberCsvReader
{
    /// <summary>A spreadsheet takes a cell that begins with one of them for a formula.</summary>
    private const string FormulaSigns = "=+-@\t\r";

    private const string Separators = ",;\t|";

    private readonly Dictionary<string, int> columns = [];
    private readonly List<(int Line, string[] Cells)> lines = [];
    private readonly SubscriberExportFormat? source;

    private SubscriberCsvReader(string text)
    {
        var (separator, first, rest) = SeparatorOf(text);
        if (rest.Trim().Length is 0)
            throw new FormatException("The table is empty.");
        Split(rest, separator, first);
        var header = lines[0].Cells;
        lines.RemoveAt(0);
        foreach (var (place, name) in header.Select(NameOf).Index())
        {
            if (name.Length > 0 && !columns.TryAdd(name, place) && SubscriberColumn.All.Any(column => column.Name == name))
                throw new FormatException($"Two columns are called {name}. Leave one.");
        }

        source = SubscriberExportFormat.Detect(columns.Keys);
        if (!columns.ContainsKey(Email))
        {
            var optional = string.Join(", ", SubscriberColumn.All.Skip(1).SkipLast(1).Select(column => column.Name));
            throw new FormatException("The first line must name the columns: email, and where known "
                + $"{optional} and {SubscriberColumn.All[^1].Name}.");
        }

        IgnoredColumns = [.. header.Where(name => name.Trim().Length > 0 && NameOf(name) is var known && known != Email
            && SubscriberColumn.All.Skip(1).All(column => column.Name != known) && source?.Status.Contains(known) is not true)];
        RequireKnownStates();
    }

    /// <summary>The program whose export it is; null for a table of our own columns.</summary>
    public string? SourceName => source?.Name;

    /// <summary>Columns that are not read.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => lines.Count;

    private string Email => source?.Email ?? SubscriberColumn.Email.Name;

    /// <exception cref="FormatException">
    /// The text is no table of subscribers. The message begins with the line, where there is one.
    /// </exception>
    public static SubscriberCsvReader Parse(string text) => new(text);

    /// <summary>Decodes a file: UTF-8, or UTF-16 with a byte order mark; Excel writes both.</summary>
    /// <exception cref="FormatException">It is in another encoding.</exception>
    public static string Decode(byte[] file)
    {
        try
        {
            // StreamReader detects UTF-16 and UTF-32 by the byte order mark.
            using var reader = new StreamReader(
                new MemoryStream(file), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
                detectEncodingFromByteOrderMarks: true);
            var text = reader.ReadToEnd();
            return text.Contains('\0')
                ? throw new FormatException("The table is in UTF-16 without its mark, or is no text. Save it as CSV UTF-8.")
                : text;
        }
        catch (DecoderFallbackException)
        {
            var line = 1;
            foreach (var part in System.Text.Unicode.Utf8.IsValid(file) ? [] : Lines(file))
            {
                if (!System.Text.Unicode.Utf8.IsValid(part))
                    throw new FormatException($"Line {line}: the table is not UTF-8; it looks like Windows-1252, the \"CSV\" of Excel. "
                        + "Save it as \"CSV UTF-8\".");
                line++;
            }

            throw new FormatException("The table is not UTF-8. Save it as \"CSV UTF-8\".");
        }

        static IEnumerable<byte[]> Lines(byte[] file)
        {
            for (var start = 0; start < file.Length;)
            {
                var end = Array.IndexOf(file, (byte)'\n', start);
                end = end < 0 ? file.Length : end + 1;
                yield return file[start..end];
                start = end;
            }
        }
    }

    /// <summary>A new subscriber for each line, without the hash for unsubscribing; or what is wrong with the line.</summary>
    /// <param name="now">A time of consent that is later is refused.</param>
    public IEnumerable<(int Line, Subscriber? Subscriber, string? Fault)> Rows(DateTimeOffset now)
    {
        foreach (var (line, cells) in lines)
        {
            var subscriber = new Subscriber
            {
                Id = Guid.CreateVersion7(now),
                Email = null,
                Key = null,
                State = SubscriberState.Confirmed,
                CreatedAt = now,
                AskedAt = now,
                UnsubscribeHash = [],
            };
            var fault = Read(cells, subscriber);
            yield return (line, fault is null ? subscriber : null, fault);
        }
    }

    /// <returns>What is wrong; null when nothing is.</returns>
    private string? Read(string[] cells, Subscriber subscriber)
    {
        var width = columns.Values.Max() + 1;
        if (cells.Skip(width).Any(cell => cell.Length > 0))
            return $"The line has {cells.Length} cells, and the first line names {width} columns.";
        if (SubscriberColumn.Email.Read(subscriber, Cell(cells, Email) ?? "") is { } noAddress)
            return noAddress;
        foreach (var column in SubscriberColumn.All.Skip(1))
        {
            if (Cell(cells, column.Name) is { Length: > 0 } cell && column.Read(subscriber, cell) is { } fault)
                return fault;
        }

        subscriber.State = source?.EndedAs(name => Cell(cells, name)) ?? subscriber.State;
        if (subscriber is { State: SubscriberState.Confirmed } and not { ConfirmedAt: not null, Page: not null, Wording: not null })
            subscriber.State = SubscriberState.Pending;
        if (subscriber.State is SubscriberState.Pending || subscriber.ConfirmedAt is null)
            (subscriber.ConfirmedAt, subscriber.Page, subscriber.Wording) = (null, null, null);
        if (subscriber.State is not (SubscriberState.Pending or SubscriberState.Confirmed))
            subscriber.EndedAt = subscriber.CreatedAt;
        return null;
    }

    /// <summary>Refuses a column of other states, such as those of the USA.</summary>
    private void RequireKnownStates()
    {
        var states = lines.Select(line => (line.Line, Text: Cell(line.Cells, SubscriberColumn.State.Name) ?? ""))
            .Where(cell => cell.Text.Length > 0).ToList();
        if (states.Count > 0 && states.All(cell => SubscriberColumn.StateOf(cell.Text) is null))
            throw new FormatException($"Line {states[0].Line}: the column state holds no states but \"{states[0].Text}\" and the like. "
                + $"Rename it, or leave it out. {SubscriberColumn.KnownStates}");
    }

    /// <returns>Null when there is no such column.</returns>
    private string? Cell(string[] cells, string column)
    {
        if (!columns.TryGetValue(column, out var place))
            return null;
        var text = place < cells.Length ? cells[place].Trim() : "";
        // Our own export puts an apostrophe before what a spreadsheet would take for a formula.
        return text is ['\'', var sign, ..] && FormulaSigns.Contains(sign, StringComparison.Ordinal) ? text[1..] : text;
    }

    private static string NameOf(string header) => header.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    /// <returns>
    /// The separator, the number of the first line of the table, and the table without the line <c>sep=…</c> of some spreadsheets.
    /// </returns>
    private static (char Separator, int First, string Text) SeparatorOf(string text)
    {
        if (Named().Match(text) is { Success: true } named)
            return (named.Groups[1].Value[0], 2, text[named.Length..]);
        var header = text.AsSpan().TrimStart("\r\n");
        header = header[..(header.IndexOfAny('\r', '\n') is >= 0 and var end ? end : header.Length)];
        var (best, most) = (Separators[0], 0);
        foreach (var separator in Separators)
        {
            if (header.Count(separator) is var count && count > most)
                (best, most) = (separator, count);
        }

        return (best, 1, text);
    }

    /// <summary>Collects the lines that are not empty, each with the number of its first line in the file.</summary>
    private void Split(string text, char separator, int first)
    {
        var line = first;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            IgnoreBlankLines = false,
            TrimOptions = separator is '\t' ? TrimOptions.None : TrimOptions.Trim,
            // A quote that is not closed would take in all the lines after it.
            BadDataFound = bad => throw new FormatException(
                $"Line {LineOf(bad)}: a quote stands where none can, or is not closed. Nothing is taken."),
        });
        while (parser.Read())
        {
            if (parser.Record is { } cells && cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
                lines.Add((line, cells));
            line += NewLines(parser.RawRecord);
        }

        int LineOf(BadDataFoundArgs bad) =>
            line + NewLines(bad.RawRecord[..Math.Max(bad.RawRecord.IndexOf(bad.Field, StringComparison.Ordinal), 0)]);
    }

    private static int NewLines(string text) => text.AsSpan().Count('\n') is > 0 and var count ? count : text.AsSpan().Count('\r');

    [GeneratedRegex(@"^sep=(.)\r?\n", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
