namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>The first line of a table of subscribers: which columns there are, and where.</summary>
internal sealed class SubscriberTableHeader
{
    /// <summary>A spreadsheet takes a cell that begins with one of them for a formula.</summary>
    private const string FormulaSigns = "=+-@\t\r";

    /// <summary>What the column with the addresses is called, the first one first that a table has.</summary>
    private static readonly string[] EmailNames =
        ["email", "email_address", "e_mail", "e_mail_address", "emailaddress", "mail", "mail_address", "email_adresse", "e_mail_adresse"];

    private const int ShownNames = 20, ShownOfName = 40;

    private readonly Dictionary<string, int> places = [];
    private readonly string[] names;
    private readonly string? email;

    /// <exception cref="FormatException">A name is no text, or two columns of the same meaning have the same one.</exception>
    public SubscriberTableHeader(int line, string[] names)
    {
        this.names = names;
        if (names.Any(name => name.Contains('\0', StringComparison.Ordinal)))
            throw new FormatException($"Line {line}: a NUL character stands among the names of the columns. Export the list again.");
        foreach (var (place, name) in names.Select(KeyOf).Index())
        {
            if (name.Length > 0 && !places.TryAdd(name, place) && SubscriberColumn.All.Any(column => column.Name == name))
                throw new FormatException($"Two columns are called {name}. Leave one.");
        }

        email = EmailNames.FirstOrDefault(places.ContainsKey);
        Source = SubscriberExportFormat.Detect(places.Keys);
    }

    /// <summary>The program whose export it is; null for a table of our own columns.</summary>
    public SubscriberExportFormat? Source { get; }

    /// <summary>Up to the last column with a name.</summary>
    public int Width => places.Count is 0 ? 0 : places.Values.Max() + 1;

    /// <summary>Why no address can be found; null when it can.</summary>
    public string? Fault => email is not null ? null
        : names.Any(name => name.Contains('@', StringComparison.Ordinal))
            ? "The first line must name the columns, and holds an address already. Put a line above it that names them, such as: email."
        : $"The first line must name the columns, and one of them email. It has: {string.Join(", ", Shown)}.";

    /// <summary>Columns that are not read.</summary>
    public IReadOnlyList<string> Ignored =>
    [
        .. names.Where(name => KeyOf(name) is { Length: > 0 } key && key != email
            && SubscriberColumn.All.Skip(1).All(column => column.Name != key) && Source?.Reads(key) is not true),
    ];

    private IEnumerable<string> Shown =>
        names.Select(name => name.Trim()).Where(name => name.Length > 0).Select(name => Beginning.Of(name, ShownOfName)).Take(ShownNames)
            .Concat(names.Length > ShownNames ? ["and so on"] : []);

    public bool Has(string column) => places.ContainsKey(column);

    /// <summary>The name as the table writes it.</summary>
    public string NameOf(string column) => names[places[column]].Trim();

    /// <summary>The cell with the address.</summary>
    public string? Email(string[] cells) => email is null ? null : Cell(cells, email);

    /// <returns>Null when there is no such column.</returns>
    public string? Cell(string[] cells, string column)
    {
        if (!places.TryGetValue(column, out var place))
            return null;
        var text = place < cells.Length ? cells[place].Trim() : "";
        // Our own export puts an apostrophe before what a spreadsheet would take for a formula.
        return text is ['\'', var sign, ..] && FormulaSigns.Contains(sign, StringComparison.Ordinal) ? text[1..] : text;
    }

    /// <summary>The name of a column as it is compared.</summary>
    public static string KeyOf(string name) => name.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
}
