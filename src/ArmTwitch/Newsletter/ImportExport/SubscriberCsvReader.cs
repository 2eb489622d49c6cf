using System.Globalization;
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

    /// <summary>Longer cells are taken for a quote that is not closed.</summary>
    private const int MostInCell = 100_000;

    /// <summary>What is kept in memory for each row is small, and not nothing.</summary>
    private const int MostRows = 2_000_000;

    private const int ShownOfCell = 40;

    private readonly Dictionary<string, int> columns = [];
    private readonly Func<TextReader> open;
    private readonly char separator;
    private readonly bool hasSeparatorLine;
    private readonly int width;
    private readonly SubscriberExportFormat? source;
    private readonly SubscriberImportConsent? consent;

    private SubscriberCsvReader(Func<TextReader> open, SubscriberImportConsent? consent, CancellationToken cancellationToken)
    {
        (this.open, this.consent) = (open, consent);
        (separator, hasSeparatorLine) = FindSeparator();
        string[]? header = null;
        var states = new StateCheck();
        foreach (var (line, cells) in Records())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (header is null)
            {
                header = cells;
                ReadHeader(line, header);
                width = columns.Values.Max() + 1;
                source = SubscriberExportFormat.Detect(columns.Keys);
                RequireEmail();
                continue;
            }

            if (++Count > MostRows)
                throw new FormatException($"The table has more than {MostRows:N0} rows. Split it, and import the parts one after the other.");
            states.Look(line, Cell(cells, SubscriberColumn.State.Name) ?? "");
        }

        if (header is null)
            throw new FormatException("The table is empty.");
        states.RequireKnown();
        IgnoredColumns = [.. header.Where(name => name.Trim().Length > 0 && NameOf(name) is var known && known != Email
            && SubscriberColumn.All.Skip(1).All(column => column.Name != known) && source?.Reads(known) is not true)];
    }

    /// <summary>The program whose export it is; null for a table of our own columns.</summary>
    public string? SourceName => source?.Name;

    /// <summary>Whether it is an export that says when somebody signed up.</summary>
    public bool SaysWhen => source?.SignedUp.Any(columns.ContainsKey) is true;

    /// <summary>Whether a row may say that somebody has left, bounced or complained.</summary>
    public bool MayEnd => columns.ContainsKey(SubscriberColumn.State.Name) || source is { Status.Length: > 0 };

    /// <summary>Columns that are not read.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    private string Email => source?.Email ?? SubscriberColumn.Email.Name;

    /// <exception cref="FormatException">
    /// The text is no table of subscribers. The message begins with the line, where there is one.
    /// </exception>
    public static SubscriberCsvReader Parse(string text) => new(() => new StringReader(text), consent: null, CancellationToken.None);

    /// <inheritdoc cref="Parse"/>
    /// <param name="open">Opens the table from its beginning. It is read twice: once to see whether it is one, then row by row.</param>
    /// <param name="consent"><inheritdoc cref="SubscriberImportFile.Consent" path="/summary"/></param>
    public static SubscriberCsvReader Read(
        Func<TextReader> open, SubscriberImportConsent? consent = null, CancellationToken cancellationToken = default) =>
        new(open, consent, cancellationToken);

    /// <summary>A new subscriber for each line, without the hash for unsubscribing; or what is wrong with the line.</summary>
    /// <param name="now">A time of consent that is later is refused.</param>
    public IEnumerable<SubscriberTableRow> Rows(DateTimeOffset now)
    {
        foreach (var (line, cells) in Records().Skip(1))
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
            var fault = Read(cells, subscriber, out var isProvable);
            yield return new(line, fault is null ? subscriber : null, fault)
            {
                Email = subscriber.Email ?? ShownAddress(cells),
                IsProvable = isProvable,
            };
        }
    }

    /// <summary>What stands where the address should, so that a person finds the row again.</summary>
    private string? ShownAddress(string[] cells) =>
        Cell(cells, Email) is { Length: > 0 } text ? Beginning.Of(text.Replace('\0', ' '), ShownOfCell) : null;

    /// <param name="isProvable"><inheritdoc cref="SubscriberTableRow.IsProvable" path="/summary"/></param>
    /// <returns>What is wrong; null when nothing is.</returns>
    private string? Read(string[] cells, Subscriber subscriber, out bool isProvable)
    {
        isProvable = false;
        if (cells.Any(cell => cell.Contains('\0', StringComparison.Ordinal)))
            return "A NUL character stands in this line, which no text has. Export the list again, or type the line anew.";
        if (cells.Skip(width).Any(cell => cell.Length > 0))
            return $"The line has {cells.Length} cells, and the first line names {width} columns.";
        if (SubscriberColumn.Email.Read(subscriber, Cell(cells, Email) ?? "") is { } noAddress)
            return noAddress;
        string? fault = null;
        foreach (var column in SubscriberColumn.All.Skip(1))
        {
            var wrong = Cell(cells, column.Name) is { Length: > 0 } cell ? column.Read(subscriber, cell) : null;
            fault ??= wrong;
        }

        var signedUp = FindTime(cells, source?.SignedUp ?? []);
        var agreed = subscriber.ConfirmedAt is null && source?.IsUnconfirmed(name => Cell(cells, name)) is false
            ? FindTime(cells, Enumerable.Reverse(source.SignedUp))
            : null;
        if (agreed > subscriber.AskedAt)
            agreed = null;
        if (consent is not null && agreed is not null)
            (subscriber.ConfirmedAt, subscriber.Page, subscriber.Wording) = (agreed, consent.Source, consent.Wording);
        subscriber.State = source?.EndedAs(name => Cell(cells, name)) ?? subscriber.State;
        // Who has left is not to be lost for a time of consent that nobody needs any more.
        if (fault is not null && subscriber.State is SubscriberState.Pending or SubscriberState.Confirmed)
            return fault;
        if (subscriber is { State: SubscriberState.Confirmed } and not { ConfirmedAt: not null, Page: not null, Wording: not null })
            subscriber.State = SubscriberState.Pending;
        isProvable = consent is null && agreed is not null && subscriber.State is SubscriberState.Pending;
        if (subscriber.State is SubscriberState.Pending || subscriber.ConfirmedAt is null)
            (subscriber.ConfirmedAt, subscriber.Page, subscriber.Wording) = (null, null, null);
        if (subscriber.State is not (SubscriberState.Pending or SubscriberState.Confirmed))
            subscriber.EndedAt = subscriber.AskedAt;
        if ((signedUp ?? subscriber.ConfirmedAt) is { } first && first < subscriber.AskedAt)
            subscriber.CreatedAt = first;
        return null;
    }

    /// <summary>The first time that stands in one of the columns. What cannot be read is left out: it is no column of consent.</summary>
    private DateTimeOffset? FindTime(string[] cells, IEnumerable<string> names) =>
        names.Select(name => SubscriberColumn.TimeOf(Cell(cells, name) ?? "")).FirstOrDefault(time => time is not null);

    private void ReadHeader(int line, string[] header)
    {
        if (header.Any(name => name.Contains('\0', StringComparison.Ordinal)))
            throw new FormatException($"Line {line}: a NUL character stands among the names of the columns. Export the list again.");
        foreach (var (place, name) in header.Select(NameOf).Index())
        {
            if (name.Length > 0 && !columns.TryAdd(name, place) && SubscriberColumn.All.Any(column => column.Name == name))
                throw new FormatException($"Two columns are called {name}. Leave one.");
        }

        if (columns.Count is 0)
            RequireEmail();
    }

    private void RequireEmail()
    {
        if (columns.ContainsKey(Email))
            return;
        var optional = string.Join(", ", SubscriberColumn.All.Skip(1).SkipLast(1).Select(column => column.Name));
        throw new FormatException("The first line must name the columns: email, and where known "
            + $"{optional} and {SubscriberColumn.All[^1].Name}.");
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

    /// <returns>The separator, and whether the first line is <c>sep=…</c>, as some spreadsheets write it.</returns>
    private (char Separator, bool HasLine) FindSeparator()
    {
        using var reader = open();
        var block = new char[MostInCell];
        var text = block.AsSpan(0, reader.ReadBlock(block));
        var header = text.TrimStart("\r\n");
        header = header[..(header.IndexOfAny('\r', '\n') is >= 0 and var end ? end : header.Length)];
        if (Named().Match(header.ToString()) is { Success: true } named)
            return (named.Groups[1].Value[0], true);
        var (best, most) = (Separators[0], 0);
        foreach (var one in Separators)
        {
            if (header.Count(one) is var count && count > most)
                (best, most) = (one, count);
        }

        return (best, false);
    }

    /// <summary>The lines that are not empty, the header first, each with the number of its first line in the file.</summary>
    private IEnumerable<(int Line, string[] Cells)> Records()
    {
        using var reader = open();
        var line = 1;
        if (hasSeparatorLine)
        {
            // What stands before the line, if anything, is empty.
            string? skipped;
            do
            {
                skipped = reader.ReadLine();
                line++;
            }
            while (skipped is { Length: 0 });
        }

        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            IgnoreBlankLines = false,
            MaxFieldSize = MostInCell,
            TrimOptions = separator is '\t' ? TrimOptions.None : TrimOptions.Trim,
            // A quote that is not closed would take in all the lines after it.
            BadDataFound = bad => throw new FormatException(
                $"Line {LineOf(bad)}: a quote stands where none can, or is not closed. Nothing is taken."),
        });
        while (IsMore(parser, line))
        {
            if (parser.Record is { } cells && cells.Any(cell => !string.IsNullOrWhiteSpace(cell)))
                yield return (line, cells);
            line += NewLines(parser.RawRecord);
        }

        int LineOf(BadDataFoundArgs bad) =>
            line + NewLines(bad.RawRecord[..Math.Max(bad.RawRecord.IndexOf(bad.Field, StringComparison.Ordinal), 0)]);
    }

    private static bool IsMore(CsvParser parser, int line)
    {
        try
        {
            return parser.Read();
        }
        catch (MaxFieldSizeException)
        {
            throw new FormatException(
                $"Line {line}: a cell has more than {MostInCell:N0} characters, or its quote is not closed. Nothing is taken.");
        }
    }

    private static int NewLines(string text) => text.AsSpan().Count('\n') is > 0 and var count ? count : text.AsSpan().Count('\r');

    [GeneratedRegex(@"^sep=(.)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    /// <summary>Refuses a column of other states, such as those of the USA.</summary>
    private sealed class StateCheck
    {
        private (int Line, string Text)? firstUnknown;
        private bool hasKnown;

        public void Look(int line, string state)
        {
            if (state.Length is 0 || hasKnown)
                return;
            hasKnown = SubscriberColumn.StateOf(state) is not null;
            firstUnknown ??= (line, Beginning.Of(state, ShownOfCell));
        }

        public void RequireKnown()
        {
            if (firstUnknown is { } unknown && !hasKnown)
                throw new FormatException($"Line {unknown.Line}: the column state holds no states but \"{unknown.Text}\" and the like. "
                    + $"Rename it, or leave it out. {SubscriberColumn.KnownStates}");
        }
    }
}
