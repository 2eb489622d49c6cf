using System.Globalization;
using System.Text.RegularExpressions;
using ArmTwitch.Newsletter.ImportExport.Statuses;
using CsvHelper;
using CsvHelper.Configuration;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>Reads a table of subscribers, our own or another program's. A table with a broken format is refused as a whole.</summary>
internal sealed partial class SubscriberCsvReader
{
    private const string Separators = ",;\t|";

    /// <summary>Longer cells are taken for a quote that is not closed.</summary>
    private const int MostInCell = 100_000;

    /// <summary>What is kept in memory for each row is small, and not nothing.</summary>
    private const int MostRows = 2_000_000;

    private const int ShownOfCell = 40;

    private readonly Func<TextReader> open;
    private readonly char separator;
    private readonly bool hasSeparatorLine;
    private readonly SubscriberTableHeader header;
    private readonly string[] times;
    private readonly SubscriberImportConsent? consent;
    private readonly StatusColumns columns;

    private SubscriberCsvReader(
        Func<TextReader> open, SubscriberImportConsent? consent, string name, ListStatusAnswer? answer, CancellationToken cancellationToken)
    {
        (this.open, this.consent) = (open, consent);
        (separator, hasSeparatorLine) = FindSeparator();
        SubscriberTableHeader? first = null;
        StatusColumns? told = null;
        try
        {
            foreach (var (line, cells) in Records())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (first is null)
                {
                    first = new SubscriberTableHeader(line, cells);
                    told = new StatusColumns(first, answer is { IsAgainstColumns: true });
                    continue;
                }

                if (++Count > MostRows)
                    throw new FormatException($"The table has more than {MostRows:N0} rows. Split it, and import the parts one after the other.");
                told!.Look(line, cells);
            }
        }
        catch (FormatException broken) when (first?.Fault is { } fault)
        {
            // A quote that is not closed can be what hides the columns.
            throw new FormatException($"{broken.Message} {fault}");
        }

        header = first ?? throw new FormatException("The table is empty.");
        if (header.Fault is { } noAddress)
            throw new FormatException(noAddress);
        columns = told!;
        columns.Check();
        ListStatus = ListStatus.Find(header, columns, name, answer);
        times = [SubscriberColumn.ConsentTime.Name, .. header.Source?.SignedUp ?? []];
    }

    /// <summary>The program whose export it is; null for a table of our own columns.</summary>
    public string? SourceName => header.Source?.Name;

    /// <summary>Whether it is an export that says when somebody signed up.</summary>
    public bool SaysWhen => header.Source?.SignedUp.Any(header.Has) is true;

    /// <summary>Whether a row may say that somebody has left, bounced or complained.</summary>
    public bool MayEnd => columns.Exist || ListStatus.Ended is not null;

    /// <summary>The status of the list, as far as the rows do not tell it.</summary>
    public ListStatus ListStatus { get; }

    /// <summary>Columns that are not read.</summary>
    public IReadOnlyList<string> IgnoredColumns => [.. header.Ignored.Where(name => !columns.Names.Contains(name.Trim()))];

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <exception cref="FormatException">
    /// The text is no table of subscribers. The message begins with the line, where there is one.
    /// </exception>
    public static SubscriberCsvReader Parse(string text) => new(() => new StringReader(text), consent: null, name: "", answer: null, CancellationToken.None);

    /// <inheritdoc cref="Parse"/>
    /// <param name="open">Opens the table from its beginning. It is read twice: once to see whether it is one, then row by row.</param>
    /// <param name="consent"><inheritdoc cref="SubscriberImportFile.Consent" path="/summary"/></param>
    /// <param name="name"><inheritdoc cref="SubscriberImportFile.Name" path="/summary"/></param>
    /// <param name="answer"><inheritdoc cref="SubscriberImportFile.ListStatus" path="/summary"/></param>
    public static SubscriberCsvReader Read(
        Func<TextReader> open, SubscriberImportConsent? consent = null, string name = "", ListStatusAnswer? answer = null,
        CancellationToken cancellationToken = default) =>
        new(open, consent, name, answer, cancellationToken);

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
            var row = Read(new SubscriberTableRow(line, subscriber, null), subscriber, cells);
            yield return row with
            {
                Email = subscriber.Email ?? ShownAddress(cells),
                HasWrongTime = row.Fault is not null && FindWrongTime(cells, now) is not null,
            };
        }
    }

    /// <returns>Null where the row is not known to have another state than it has.</returns>
    private SubscriberState? StateOf(StatusReading status) =>
        status.IsUnsaid ? ListStatus.Ended
        : status.State is SubscriberState.Confirmed ? null
        : status.State;

    private static bool IsFlag(string? cell) => cell?.ToLowerInvariant() is null or "" or "true" or "false";

    /// <summary>What stands where the address should, so that a person finds the row again.</summary>
    private string? ShownAddress(string[] cells) =>
        header.Email(cells) is { Length: > 0 } text ? Beginning.Of(text.Replace('\0', ' '), ShownOfCell) : null;

    /// <returns>The row with what its cells say, or what is wrong with it. A cell that is not understood never counts as empty.</returns>
    private SubscriberTableRow Read(SubscriberTableRow row, Subscriber subscriber, string[] cells)
    {
        if (cells.Any(cell => cell.Contains('\0', StringComparison.Ordinal)))
            return row.Refuse("A NUL character stands in this line, which no text has. Export the list again, or type the line anew.");
        if (cells.Skip(header.Width).Any(cell => cell.Length > 0))
            return row.Refuse($"The line has {cells.Length} cells, and the first line names {header.Width} columns.");
        if (SubscriberColumn.Email.Read(subscriber, header.Email(cells) ?? "") is { } noAddress)
            return row.Refuse(noAddress);
        var source = header.Source;
        if (source?.Flags.FirstOrDefault(name => !IsFlag(header.Cell(cells, name))) is { } flag)
            return row.Refuse(
                $"{header.NameOf(flag)} \"{Beginning.Of(header.Cell(cells, flag)!, ShownOfCell)}\" is neither true nor false. "
                + "A spreadsheet may have changed it: export the list again.");
        string? fault = null;
        foreach (var column in SubscriberColumn.All.Skip(1))
        {
            var wrong = header.Cell(cells, column.Name) is { Length: > 0 } cell ? column.Read(subscriber, cell) : null;
            fault ??= wrong;
        }

        fault ??= FindWrongTime(cells, subscriber.AskedAt);
        var status = columns.StatusOf(cells);
        if (status.IsNotUnderstood)
            fault ??= columns.FaultOf(cells);
        var signedUp = FindTime(cells, source?.SignedUp ?? []);
        var agreed = subscriber.ConfirmedAt is null && status.State is not SubscriberState.Pending && source?.IsUnconfirmed(name => header.Cell(cells, name)) is false
            ? FindTime(cells, Enumerable.Reverse(source.SignedUp))
            : null;
        var isVouched = consent is not null && agreed is not null;
        if (isVouched)
            (subscriber.ConfirmedAt, subscriber.Page, subscriber.Wording) = (agreed, consent!.Source, consent.Wording);
        subscriber.State = source?.EndedAs(name => header.Cell(cells, name)) ?? StateOf(status) ?? subscriber.State;
        // Who has left is not to be lost for a time of consent that nobody needs any more.
        if (fault is not null && subscriber.State is SubscriberState.Pending or SubscriberState.Confirmed)
            return row.Refuse(fault);
        var missing = ConsentGaps.None;
        if (subscriber is { State: SubscriberState.Confirmed } and not { ConfirmedAt: not null, Page: not null, Wording: not null })
        {
            subscriber.State = SubscriberState.Pending;
            var isUnconfirmed = source?.IsUnconfirmed(name => header.Cell(cells, name)) is true && subscriber.ConfirmedAt is null;
            missing = isUnconfirmed ? ConsentGaps.Confirmation : GapsOf(subscriber, agreed);
        }

        if (subscriber.State is SubscriberState.Pending || subscriber.ConfirmedAt is null)
            (subscriber.ConfirmedAt, subscriber.Page, subscriber.Wording) = (null, null, null);
        if (subscriber.State is not (SubscriberState.Pending or SubscriberState.Confirmed))
            subscriber.EndedAt = subscriber.AskedAt;
        if ((signedUp ?? subscriber.ConfirmedAt) is { } first && first < subscriber.AskedAt)
            subscriber.CreatedAt = first;
        return row with
        {
            IsProvable = consent is null && agreed is not null && subscriber.State is SubscriberState.Pending,
            IsVouched = isVouched,
            Missing = missing,
        };
    }

    /// <param name="signedUp">When they signed up elsewhere, which the place and the words make a proof; null when the row does not say it.</param>
    private static ConsentGaps GapsOf(Subscriber subscriber, DateTimeOffset? signedUp)
    {
        var others = (subscriber.Page is null ? ConsentGaps.Source : ConsentGaps.None)
            | (subscriber.Wording is null ? ConsentGaps.Wording : ConsentGaps.None);
        var hasTime = subscriber.ConfirmedAt is not null || (signedUp is not null && others is not ConsentGaps.None);
        return hasTime ? others : others | ConsentGaps.Time;
    }

    /// <summary>The first time that stands in one of the columns.</summary>
    private DateTimeOffset? FindTime(string[] cells, IEnumerable<string> names) =>
        names.Select(name => SubscriberColumn.TimeOf(header.Cell(cells, name) ?? "")).FirstOrDefault(time => time is not null);

    /// <summary>What is wrong with the first time of the row that cannot be read, or has not come yet.</summary>
    private string? FindWrongTime(string[] cells, DateTimeOffset now) => times
        .Select(name => header.Cell(cells, name) is { Length: > 0 } cell ? SubscriberColumn.FaultOfTime(header.NameOf(name), cell, now) : null)
        .FirstOrDefault(fault => fault is not null);

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
}
