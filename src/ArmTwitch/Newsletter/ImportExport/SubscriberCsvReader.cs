using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ArmTwitch.Mail;
using CsvHelper;
using CsvHelper.Configuration;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>Reads a table of subscribers, our own or another program's, to its end before anything is done with it.</summary>
internal sealed partial class SubscriberCsvReader
{
    /// <summary>Signs that make a spreadsheet take a text for a formula.</summary>
    private const string FormulaSigns = "=+-@\t\r";

    private const string Separators = ",;\t|",
        HasNoEmail = "The first line must name the columns: email, and where known state, consent_at, source and wording.";

    private static readonly string[] Own = ["state", "consent_at", "source", "wording"];

    private readonly Dictionary<string, int> columns = [];
    private readonly List<(int Line, string[] Cells)> lines = [];
    private readonly SubscriberExportFormat? source;

    /// <exception cref="FormatException">It is no such table. The message begins with the line, where there is one.</exception>
    private SubscriberCsvReader(string text)
    {
        var (separator, first, rest) = SeparatorOf(text);
        if (rest.Trim().Length is 0)
            throw new FormatException("The table is empty.");
        Split(rest, separator, first);
        var header = lines[0].Cells;
        foreach (var (place, name) in header.Select(NameOf).Index())
        {
            if (name.Length > 0 && !columns.TryAdd(name, place) && (name is "email" || Own.Contains(name)))
                throw new FormatException($"Two columns are called {name}. Leave one.");
        }

        source = SubscriberExportFormat.Detect(columns.Keys);
        if (!columns.ContainsKey(Email))
            throw new FormatException(HasNoEmail);
        IgnoredColumns = [.. header.Where(name => name.Trim().Length > 0 && NameOf(name) is var known
            && known != Email && !Own.Contains(known) && source?.Status.Contains(known) is not true)];
        lines.RemoveAt(0);
        if (columns.ContainsKey("state")
            && lines.Select(line => (line.Line, Text: Cell(line.Cells, "state")))
                .Where(cell => cell.Text is { Length: > 0 }).ToList() is { Count: > 0 } states
            && states.All(cell => StateOf(cell.Text!) is null))
            throw new FormatException($"Line {states[0].Line}: the column state holds no states but \"{states[0].Text}\" and the like. Rename it, or leave it out. {KnownStates}");
    }

    /// <summary>The program whose export it is; null for a table of our own columns.</summary>
    public string? SourceName => source?.Name;

    /// <summary>Columns that mean nothing here.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; }

    private string Email => source?.Email ?? "email";

    private static string KnownStates => "A state is pending, confirmed, unsubscribed, bounced or complained.";

    /// <exception cref="FormatException"><inheritdoc cref="SubscriberCsvReader(string)" path="/exception"/></exception>
    public static SubscriberCsvReader Parse(string text) => new(text);

    /// <summary>Decodes a file: UTF-8, or UTF-16 with its mark, as Excel writes both.</summary>
    /// <exception cref="FormatException">It is in another encoding.</exception>
    public static string Decode(byte[] file)
    {
        try
        {
            // The reader knows UTF-16 and UTF-32 by their marks.
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
                    throw new FormatException($"Line {line}: the table is not UTF-8; it looks like Windows-1252, the \"CSV\" of Excel. Save it as \"CSV UTF-8\".");
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

    /// <summary>Each person, or what is wrong with the line.</summary>
    /// <param name="now">Nobody can have agreed later.</param>
    public IEnumerable<(int Line, SubscriberImportRow? Row, string? Fault)> Rows(DateTimeOffset now)
    {
        foreach (var (line, cells) in lines)
        {
            var (row, fault) = Read(cells, now);
            yield return (line, row, fault);
        }
    }

    private (SubscriberImportRow? Row, string? Fault) Read(string[] cells, DateTimeOffset now)
    {
        if (cells.Length > columns.Values.Max() + 1 && cells.Skip(columns.Values.Max() + 1).Any(cell => cell.Length > 0))
            return (null, $"The line has {cells.Length} cells, and the first line names {columns.Values.Max() + 1} columns.");
        var (typed, at, page, wording) =
            (Cell(cells, Email) ?? "", Cell(cells, "consent_at") ?? "", Cell(cells, "source") ?? "", Cell(cells, "wording") ?? "");
        if (typed is ['\'', ..])
            return (null, "An apostrophe stands before the address. Spreadsheets put it there; take it away.");
        if (!EmailAddress.TryParse(typed, out var address))
            return (null, "This is no e-mail address. Write it by itself, like name@example.com.");
        var word = Cell(cells, "state") ?? "";
        var state = StateOf(word);
        if (word.Length > 0 && state is null)
            return (null, $"There is no state \"{word}\". {KnownStates}");
        DateTimeOffset? consent = null;
        if (at.Length > 0)
        {
            if (TimeOf(at) is not { } time)
                return (null, $"\"{at}\" is no time that can mean one thing only. Write it as 2026-11-22T12:00:00Z.");
            if (time > now)
                return (null, $"\"{at}\" has not come yet, so nobody can have agreed then.");
            consent = time;
        }

        if (page.Length > ConsentRecord.MaxPageLength || wording.Length > ConsentRecord.MaxWordingLength)
            return (null, $"Source and wording take at most {ConsentRecord.MaxPageLength} characters.");
        var ended = source?.EndedAs(name => Cell(cells, name)) ?? state;
        var isWhole = consent is not null && page.Length > 0 && wording.Length > 0;
        return (new SubscriberImportRow(
            address,
            ended is null or SubscriberState.Confirmed ? (isWhole ? SubscriberState.Confirmed : SubscriberState.Pending) : ended.Value,
            consent, page, wording), null);
    }

    private static SubscriberState? StateOf(string word) =>
        KebabCase.Find<SubscriberState>(word, StringComparison.OrdinalIgnoreCase) is { } state and not SubscriberState.Erased
            ? state
            : null;

    /// <summary>ISO 8601 alone: a ledger of consent does not guess which is the month.</summary>
    private static DateTimeOffset? TimeOf(string text) =>
        Iso8601().Match(text) is { Success: true } iso
        && DateTimeOffset.TryParse(
            iso.Groups[1].Value + (iso.Groups[2].Value is "UTC" ? "Z" : iso.Groups[2].Value), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;

    /// <returns>Null when there is no such column.</returns>
    private string? Cell(string[] cells, string column)
    {
        if (!columns.TryGetValue(column, out var place))
            return null;
        var text = place < cells.Length ? cells[place].Trim() : "";
        // The sign that our own table puts before what a spreadsheet would take for a formula.
        return text is ['\'', var sign, ..] && FormulaSigns.Contains(sign, StringComparison.Ordinal) ? text[1..] : text;
    }

    private static string NameOf(string header) => header.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');

    /// <returns>
    /// The separator, the number of the first line, and what follows the line that names the separator, which some spreadsheets write.
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

    /// <summary>Cuts the text into lines that are not empty, with the number that each begins at.</summary>
    private void Split(string text, char separator, int first)
    {
        var line = first;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            IgnoreBlankLines = false,
            TrimOptions = separator is '\t' ? TrimOptions.None : TrimOptions.Trim,
            // A quote that is not closed would swallow what follows it.
            BadDataFound = bad => throw new FormatException($"Line {line + NewLines(bad.RawRecord[..Math.Max(bad.RawRecord.IndexOf(bad.Field, StringComparison.Ordinal), 0)])}: a quote stands where none can, or is not closed. Nothing is taken."),
        });
        while (parser.Read())
        {
            if (parser.Record is { } cells && cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
                lines.Add((line, cells));
            line += NewLines(parser.RawRecord);
        }
    }

    private static int NewLines(string text) => text.AsSpan().Count('\n') is > 0 and var count ? count : text.AsSpan().Count('\r');

    [GeneratedRegex(@"^sep=(.)\r?\n", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(
        @"^(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Iso8601();
}
