namespace ArmTwitch.Newsletter.ImportExport.Statuses;

/// <summary>
/// What the columns of a table tell of the subscriptions. Each row tells it of its own; of those that say nothing, and where a column is
/// not understood, it has to come from elsewhere (<see cref="ListStatus"/>).
/// </summary>
/// <param name="isOverruled">Whether an editor says that columns of no known meaning tell something else.</param>
internal sealed class StatusColumns(SubscriberTableHeader header, bool isOverruled)
{
    private const int ShownOfCell = 40, MostNames = 5;

    private readonly StatusColumn[] columns =
        isOverruled || header.Source is { Status.Length: > 0 } ? [] : [.. header.Ignored.Select(
            name => header.Source?.Plan == SubscriberTableHeader.KeyOf(name) ? StatusColumn.OfPlans(name) : StatusColumn.Find(name))
            .OfType<StatusColumn>()];

    private (int Line, string Text)? firstUnknownState;
    private bool hasKnownState;
    private int unsaid, open;

    /// <summary>Whether the rows tell it in our own column, or in that of a known program, so that nothing else counts.</summary>
    public bool IsFixed => header.Has(SubscriberColumn.State.Name) || header.Source is { Status.Length: > 0 };

    /// <summary>Whether there are columns that tell it, or may tell it.</summary>
    public bool Exist => IsFixed || columns.Length > 0;

    /// <summary>A column of which nothing is understood; null when there is none, or where the rows tell it anyway.</summary>
    public StatusColumn? Unclear => IsFixed ? null : columns.FirstOrDefault(column => column.IsUnclear);

    /// <summary>How many rows there are with an address.</summary>
    public int Rows { get; private set; }

    /// <summary>Of how many it has to come from elsewhere.</summary>
    public int Rest => Unclear is null ? unsaid : open;

    /// <summary>How many have left, bounced or complained by a column of no known program.</summary>
    public int Ended { get; private set; }

    /// <summary>The names of the columns that are read.</summary>
    public IReadOnlyList<string> Names => [.. columns.Where(column => !column.IsUnclear).Select(column => column.Name)];

    /// <summary>Such as "column Status"; of a known program and our own, the one that tells it.</summary>
    public string Label
    {
        get
        {
            string[] names = header.Has(SubscriberColumn.State.Name) ? [header.NameOf(SubscriberColumn.State.Name)]
                : header.Source is { Status: [var first, ..] status } ? [header.NameOf(status.FirstOrDefault(header.Has) ?? first)]
                : [.. Names.Take(MostNames)];
            return $"{(names.Length is 1 ? "column" : "columns")} {string.Join(", ", names.Select(name => Beginning.Of(name, ShownOfCell)))}";
        }
    }

    /// <summary>Call it for every row before anything else.</summary>
    public void Look(int line, string[] cells)
    {
        LookAtState(line, header.Cell(cells, SubscriberColumn.State.Name) ?? "");
        if (header.Email(cells)?.Contains('@', StringComparison.Ordinal) is not true)
            return;
        Rows++;
        var status = StatusReading.Unsaid;
        foreach (var column in columns)
            status = StatusReading.Stricter(status, column.Note(CellOf(cells, column)));
        Ended += status.HasEnded ? 1 : 0;
        open += status.HasEnded ? 0 : 1;
        if (header.Source is { Status.Length: > 0 } source)
            unsaid += source.IsSaid(name => header.Cell(cells, name)) ? 0 : 1;
        else if (!IsFixed)
            unsaid += status.IsUnsaid ? 1 : 0;
    }

    /// <summary>What the row tells.</summary>
    public StatusReading StatusOf(string[] cells)
    {
        if (header.Source is { Status.Length: > 0 } source)
            return source.IsSaid(name => header.Cell(cells, name)) ? new(SubscriberState.Confirmed) : StatusReading.Unsaid;
        var status = columns.Where(column => !column.IsUnclear).Aggregate(
            StatusReading.Unsaid, (before, column) => StatusReading.Stricter(before, column.Read(CellOf(cells, column))));
        return status.HasEnded ? status
            : IsFixed ? new(SubscriberState.Confirmed)
            : status.IsNotUnderstood || Unclear is null ? status
            : StatusReading.Unsaid;
    }

    /// <summary>What is wrong with a row whose cell is not understood.</summary>
    public string FaultOf(string[] cells)
    {
        var column = columns.First(column => !column.IsUnclear && column.Read(CellOf(cells, column)).IsNotUnderstood);
        return $"{Beginning.Of(column.Name, ShownOfCell)} \"{Beginning.Of(CellOf(cells, column), ShownOfCell)}\" is not understood. "
            + "Write subscribed, unsubscribed or bounced.";
    }

    /// <exception cref="FormatException">
    /// The column state holds other states, such as those of the USA; or two columns tell who has left and have the same name.
    /// </exception>
    public void Check()
    {
        if (firstUnknownState is { } unknown && !hasKnownState)
            throw new FormatException($"Line {unknown.Line}: the column state holds no states but \"{unknown.Text}\" and the like. "
                + $"Rename it, or leave it out. {SubscriberColumn.KnownStates}");
        if (columns.GroupBy(column => SubscriberTableHeader.KeyOf(column.Name)).FirstOrDefault(alike => alike.Count() > 1) is { } twice)
            throw new FormatException($"Two columns are called {twice.First().Name}. Leave one.");
    }

    private string CellOf(string[] cells, StatusColumn column) => header.Cell(cells, SubscriberTableHeader.KeyOf(column.Name)) ?? "";

    private void LookAtState(int line, string state)
    {
        if (state.Length is 0 || hasKnownState)
            return;
        hasKnownState = SubscriberColumn.StateOf(state) is not null;
        firstUnknownState ??= (line, Beginning.Of(state, ShownOfCell));
    }
}
