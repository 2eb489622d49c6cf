using System.Text.RegularExpressions;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>
/// Who the people of a list are, and what tells it. Nobody who may have left is taken in as a reader without being asked about.
/// </summary>
/// <param name="Who">Those of whom no column tells it. Null when the columns tell it of everybody, and while nobody knows.</param>
public sealed partial record PeopleOfList(ListedPeople? Who, PeopleClue Clue)
{
    private const string NothingTells =
        "Nothing in the file or in its name tells who these people are: readers of the newsletter there, people who have left it, or "
        + "addresses from which mails came back.";

    private const int ShownOfCell = 40;

    private static readonly string[]
        WordsForLeft =
        [
            "unsubscribed", "unsubscribes", "unsubscribe", "unsub", "unsubs", "optout", "optouts", "optedout", "left", "removed", "churned",
            "inactive", "archived", "blocklist", "blocklisted", "suppressed", "suppression", "suppressions",
        ],
        WordsForBounced = ["cleaned", "bounced", "bounces", "bounce", "undeliverable", "invalid"],
        WordsForReaders = ["subscribed", "active", "readers"],
        // They say nothing of who is in it; beside any other word, a name tells nothing.
        WordsForLists =
        [
            "list", "lists", "table", "csv", "tsv", "txt", "export", "exports", "exported", "import", "audience", "segment", "e", "email",
            "emails", "mail", "mails", "mailing", "address", "addresses", "member", "members", "subscriber", "subscribers", "newsletter",
            "newsletters", "copy", "of", "the", "our", "from", "mailchimp", "substack", "ghost", "listmonk", "buttondown", "beehiiv",
        ];

    /// <summary>Whether it has to be asked before anything is imported.</summary>
    public bool IsOpen => Clue is PeopleClue.Nothing;

    /// <summary>Whether the list can be imported, as far as it is known who is in it.</summary>
    public bool MayImport => !IsOpen && !IsAnswerIdle;

    /// <summary>What is asked, where nobody knows.</summary>
    public string Question { get; private init; } = NothingTells;

    /// <summary>What the columns tell, as a sentence; null where none of them tells it, and where they are our own or a known program's.</summary>
    public string? ColumnWords { get; private init; }

    /// <summary>Such as "column Status"; null when no column tells it.</summary>
    public string? Columns { get; private init; }

    /// <summary>Whether an editor has said that its columns tell something else.</summary>
    public bool IsAgainstColumns { get; private init; }

    /// <summary>Whether somebody has said who they are, and it counts for nobody: the columns tell it of every row.</summary>
    public bool IsAnswerIdle { get; private init; }

    /// <summary>As what the subscriptions have ended of which no column tells it; null where they have not.</summary>
    internal SubscriberState? Ended => Who switch
    {
        ListedPeople.Left => SubscriberState.Unsubscribed,
        ListedPeople.Bounced => SubscriberState.Bounced,
        _ => null,
    };

    /// <param name="name">Of the file; empty when it has none.</param>
    /// <param name="answer">What an editor says; null for nothing.</param>
    internal static PeopleOfList Find(SubscriberTableHeader header, PeopleColumns columns, string name, PeopleAnswer? answer)
    {
        var people = Find(header.Source is not null, columns, name, answer?.Who) with
        {
            IsAgainstColumns = answer is { IsAgainstColumns: true } && !columns.IsFixed,
            IsAnswerIdle = answer is not null && columns is { Exist: true, Rest: 0 },
            Columns = columns.IsFixed || columns.Names.Count > 0 ? columns.Label : null,
        };
        return people with
        {
            Question = QuestionOf(columns),
            ColumnWords = columns.IsFixed || columns.Names.Count is 0 || columns.Rest == columns.Rows ? null : WordsOf(columns),
        };
    }

    /// <summary>Such as "people who have left".</summary>
    public static string Label(ListedPeople who) => who switch
    {
        ListedPeople.Readers => "readers",
        ListedPeople.Left => "people who have left",
        _ => "addresses from which mails came back",
    };

    private static PeopleOfList Find(bool isOfProgram, PeopleColumns columns, string name, ListedPeople? said)
    {
        if (columns is { Exist: true, Rest: 0 })
            return new(null, columns.IsFixed ? PeopleClue.Rows : PeopleClue.Columns);
        if (said is not null)
            return new(said, PeopleClue.Editor);
        var (named, isKnown) = ReadName(name);
        if (named is ListedPeople.Left or ListedPeople.Bounced)
            return new(named, PeopleClue.Name);
        if (columns.Unclear is not null)
            return new(null, PeopleClue.Nothing);
        if (isOfProgram || columns.Exist)
            return new(named, named is null ? PeopleClue.Nothing : PeopleClue.Name);
        return isKnown ? new(ListedPeople.Readers, PeopleClue.PlainTable) : new(null, PeopleClue.Nothing);
    }

    private static string QuestionOf(PeopleColumns columns) => columns switch
    {
        { Unclear: { } column } =>
            $"The column {Beginning.Of(column.Name, ShownOfCell)} may tell who has left, and “{Beginning.Of(column.FirstUnknown!, ShownOfCell)}” "
                + "in it is not understood.",
        { Exist: true } when columns.Rest < columns.Rows =>
            $"The {columns.Label} {(columns.Names.Count > 1 ? "say" : "says")} nothing of {Plural.Of(columns.Rest, "row")}.",
        _ => NothingTells,
    };

    private static string WordsOf(PeopleColumns columns) => $"By the {columns.Label}, "
        + (columns.Ended is 0 ? "nobody of them has left."
            : $"{Plural.Number(columns.Ended)} of {Plural.Of(columns.Rows, "row")} {(columns.Ended is 1 ? "is" : "are")} of people who have left, "
                + $"bounced or complained there. {(columns.Ended is 1 ? "That one does" : "Those do")} not become {(columns.Ended is 1 ? "a reader" : "readers")}.");

    /// <summary>By the words of the name, such as "unsubscribed_email_audience_export_a1.csv".</summary>
    /// <returns>Nobody when it says nothing of them, or more than is understood: "former_subscribers.csv" are no readers.</returns>
    private static (ListedPeople? Who, bool IsKnown) ReadName(string name)
    {
        var words = Word().Matches(OptOut().Replace(name, "optout")).Select(word => word.Value.ToLowerInvariant())
            .Where(word => !word.Any(char.IsDigit)).ToHashSet();
        (ListedPeople Who, string[] Words)[] kinds =
            [(ListedPeople.Left, WordsForLeft), (ListedPeople.Bounced, WordsForBounced), (ListedPeople.Readers, WordsForReaders)];
        var of = kinds.Where(kind => words.Overlaps(kind.Words)).ToList();
        words.ExceptWith(WordsForLists);
        if (of.Count > 1 || words.Any(word => !of.Any(kind => kind.Words.Contains(word))))
            return (null, false);
        return (of.Count is 1 ? of[0].Who : name.Contains("subscribers", StringComparison.OrdinalIgnoreCase) ? ListedPeople.Readers : null, true);
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![a-z])opt(?:ed)?[-_ ]?outs?(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex OptOut();
}

/// <summary>What tells who the people of a list are.</summary>
public enum PeopleClue
{
    /// <summary>Nothing does, and it may be a list of people who have left.</summary>
    Nothing,

    /// <summary>Each row says it of its own, in our own column or that of a known program.</summary>
    Rows,

    /// <summary>Each row says it of its own, in columns that mean it by their names.</summary>
    Columns,

    /// <summary>The name of the file.</summary>
    Name,

    /// <summary>What the editor said.</summary>
    Editor,

    /// <summary>It is a table of addresses of no known program, and nothing suggests that they have left.</summary>
    PlainTable,
}

/// <summary>Who the people of a list are. Other programs write a list of each kind, and the lists can look alike.</summary>
public enum ListedPeople
{
    /// <summary>They get the newsletter there.</summary>
    Readers,

    /// <summary>They have left it.</summary>
    Left,

    /// <summary>Mails to them came back.</summary>
    Bounced,
}

/// <summary>Who the people of a list are, as an editor says.</summary>
/// <param name="IsAgainstColumns">Whether it holds for everybody, also where a column seems to say something else.</param>
public readonly record struct PeopleAnswer(ListedPeople Who, bool IsAgainstColumns = false);
