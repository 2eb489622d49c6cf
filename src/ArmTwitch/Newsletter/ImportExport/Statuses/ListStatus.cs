using System.Text.RegularExpressions;

namespace ArmTwitch.Newsletter.ImportExport.Statuses;

/// <summary>
/// The status of a list: whether the people in it are readers, have left or bounced, and what tells it. Nobody who may have left is taken
/// in as a reader without being asked about.
/// </summary>
/// <param name="State">
/// Of those of whom no column tells it: confirmed for readers, unsubscribed or bounced. Null when the columns tell it of everybody, and
/// while nobody knows.
/// </param>
public sealed partial record ListStatus(SubscriberState? State, ListStatusSource Source)
{
    private const string NothingTells =
        "Nothing in the file or in its name tells who these people are: readers of the newsletter there, people who have left it, or "
        + "addresses from which mails came back.";

    private const int ShownOfCell = 40;

    /// <summary>They say nothing of who is in it; beside any other word, a name tells nothing.</summary>
    private static readonly string[] WordsForLists =
    [
        "list", "lists", "table", "csv", "tsv", "txt", "export", "exports", "exported", "import", "audience", "segment", "e", "email",
        "emails", "mail", "mails", "mailing", "address", "addresses", "member", "members", "subscriber", "subscribers", "newsletter",
        "newsletters", "copy", "of", "the", "our", "from", "mailchimp", "substack", "ghost", "listmonk", "buttondown", "beehiiv",
    ];

    /// <summary>Whether it has to be asked before anything is imported.</summary>
    public bool IsOpen => Source is ListStatusSource.Nothing;

    /// <summary>Whether the list can be imported, as far as it is known who is in it.</summary>
    public bool MayImport => !IsOpen && !IsAnswerIgnored;

    /// <summary>What is asked, where nobody knows.</summary>
    public string Question { get; private init; } = NothingTells;

    /// <summary>What the columns tell, as a sentence; null where none of them tells it, and where they are our own or a known program's.</summary>
    public string? ColumnWords { get; private init; }

    /// <summary>Such as "column Status"; null when no column tells it.</summary>
    public string? Columns { get; private init; }

    /// <summary>Whether an editor has said that its columns tell something else.</summary>
    public bool IsAgainstColumns { get; private init; }

    /// <summary>Whether somebody has said who they are, and it counts for nobody: the columns tell it of every row.</summary>
    public bool IsAnswerIgnored { get; private init; }

    /// <summary>As what the subscriptions have ended of which no column tells it; null where they have not.</summary>
    internal SubscriberState? Ended => State > SubscriberState.Confirmed ? State : null;

    /// <param name="name">Of the file; empty when it has none.</param>
    /// <param name="answer">What an editor says; null for nothing.</param>
    internal static ListStatus Find(SubscriberTableHeader header, StatusColumns columns, string name, ListStatusAnswer? answer)
    {
        var status = Find(header.Source is not null, columns, name, answer?.State) with
        {
            IsAgainstColumns = answer is { IsAgainstColumns: true } && !columns.IsFixed,
            IsAnswerIgnored = answer is not null && columns is { Exist: true, Rest: 0 },
            Columns = columns.IsFixed || columns.Names.Count > 0 ? columns.Label : null,
        };
        return status with
        {
            Question = QuestionOf(columns),
            ColumnWords = columns.IsFixed || columns.Names.Count is 0 || columns.Rest == columns.Rows ? null : WordsOf(columns),
        };
    }

    /// <summary>Such as "people who have left".</summary>
    public static string Label(SubscriberState state) => state switch
    {
        SubscriberState.Confirmed => "readers",
        SubscriberState.Unsubscribed => "people who have left",
        _ => "addresses from which mails came back",
    };

    private static ListStatus Find(bool isOfProgram, StatusColumns columns, string name, SubscriberState? said)
    {
        if (columns is { Exist: true, Rest: 0 })
            return new(null, columns.IsFixed ? ListStatusSource.Rows : ListStatusSource.Columns);
        if (said is not null)
            return new(said, ListStatusSource.Editor);
        var (named, isKnown) = ReadName(name);
        if (named > SubscriberState.Confirmed)
            return new(named, ListStatusSource.FileName);
        if (columns.Unclear is not null)
            return new(null, ListStatusSource.Nothing);
        if (isOfProgram || columns.Exist)
            return new(named, named is null ? ListStatusSource.Nothing : ListStatusSource.FileName);
        return isKnown ? new(SubscriberState.Confirmed, ListStatusSource.PlainTable) : new(null, ListStatusSource.Nothing);
    }

    private static string QuestionOf(StatusColumns columns) => columns switch
    {
        { Unclear: { } column } =>
            $"The column {Beginning.Of(column.Name, ShownOfCell)} may tell who has left, and “{Beginning.Of(column.FirstUnknown!, ShownOfCell)}” "
                + "in it is not understood.",
        { Exist: true } when columns.Rest < columns.Rows =>
            $"The {columns.Label} {(columns.Names.Count > 1 ? "say" : "says")} nothing of {Plural.Of(columns.Rest, "row")}.",
        _ => NothingTells,
    };

    private static string WordsOf(StatusColumns columns) => $"By the {columns.Label}, "
        + (columns.Ended is 0 ? "nobody of them has left."
            : $"{Plural.Number(columns.Ended)} of {Plural.Of(columns.Rows, "row")} {(columns.Ended is 1 ? "is" : "are")} of people who have left, "
                + $"bounced or complained there. {(columns.Ended is 1 ? "That one does" : "Those do")} not become {(columns.Ended is 1 ? "a reader" : "readers")}.");

    /// <summary>By the words of the name, such as "unsubscribed_email_audience_export_a1.csv".</summary>
    /// <returns>Null when it says nothing of them, or more than is understood: "all contacts.csv" may hold anybody.</returns>
    private static (SubscriberState? State, bool IsKnown) ReadName(string name)
    {
        var words = Word().Matches(StatusWords.JoinOpt(name)).Select(word => word.Value.ToLowerInvariant())
            .Where(word => !word.Any(char.IsDigit)).Except(WordsForLists).ToList();
        var states = words.Select(StateOf).Distinct().ToList();
        return states switch
        {
            [] => (name.Contains("subscribers", StringComparison.OrdinalIgnoreCase) ? SubscriberState.Confirmed : null, true),
            [{ } state] => (state, true),
            _ => (null, false),
        };

        // A list of complaints is asked about: they end more than the newsletter.
        static SubscriberState? StateOf(string word) =>
            word is "readers" ? SubscriberState.Confirmed
            : StatusWords.Find(word) is { } state and (SubscriberState.Confirmed or SubscriberState.Unsubscribed or SubscriberState.Bounced) ? state
            : null;
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();
}
