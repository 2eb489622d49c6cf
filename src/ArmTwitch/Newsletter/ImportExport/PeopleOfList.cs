using System.Text.RegularExpressions;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>
/// Who the people of a list are, and what tells it. Nobody who may have left is taken in as a reader without being asked about.
/// </summary>
/// <param name="Who">Null when each row says it, and while nobody knows.</param>
public sealed partial record PeopleOfList(ListedPeople? Who, PeopleClue Clue)
{
    /// <summary>What is said where nobody knows.</summary>
    public const string Question =
        "Nothing in the file or in its name tells who these people are: readers of the newsletter there, people who have left it, or "
        + "addresses from which mails came back.";

    private static readonly string[]
        WordsForLeft =
        [
            "unsubscribed", "unsubscribes", "unsubscribe", "unsub", "unsubs", "optout", "optouts", "left", "removed", "churned", "inactive",
            "archived", "blocklist", "blocklisted", "suppressed", "suppression", "suppressions",
        ],
        WordsForBounced = ["cleaned", "bounced", "bounces", "bounce", "undeliverable", "invalid"],
        WordsForReaders = ["subscribed", "subscribers", "active"],
        ColumnsOfSomeWhoLeft =
            ["unsub", "opt_out", "opted_out", "optout", "optedout", "clean", "bounce", "left_at", "left_on", "removed_", "complain"];

    /// <summary>Whether it has to be asked before anything is imported.</summary>
    public bool IsOpen => Clue is PeopleClue.Nothing;

    /// <summary>As what every subscription of the list has ended; null where it has not, and where the rows tell.</summary>
    internal SubscriberState? Ended => Who switch
    {
        ListedPeople.Left => SubscriberState.Unsubscribed,
        ListedPeople.Bounced => SubscriberState.Bounced,
        _ => null,
    };

    /// <param name="name">Of the file; empty when it has none.</param>
    /// <param name="said">What an editor says of all; null for nothing.</param>
    internal static PeopleOfList Find(SubscriberTableHeader header, string name, ListedPeople? said)
    {
        if (header.Has(SubscriberColumn.State.Name))
            return new(null, PeopleClue.Rows);
        if (header.Source is { IsOnePerState: true } && FindByColumns(header) is { } who)
            return new(who, PeopleClue.Columns);
        if (header.Source is { IsOnePerState: false } source && source.Status.Any(header.Has))
            return new(null, PeopleClue.Rows);
        if (said is not null)
            return new(said, PeopleClue.Editor);
        if (FindByName(name) is { } named && (named is not ListedPeople.Readers || header.Source is not null))
            return new(named, PeopleClue.Name);
        return header.Source is not null || header.Ignored.Any(column => MayTellWhoLeft(SubscriberTableHeader.KeyOf(column)))
            ? new(null, PeopleClue.Nothing) : new(ListedPeople.Readers, PeopleClue.PlainTable);
    }

    /// <summary>Such as "people who have left".</summary>
    public static string Label(ListedPeople who) => who switch
    {
        ListedPeople.Readers => "readers",
        ListedPeople.Left => "people who have left",
        _ => "addresses from which mails came back",
    };

    /// <summary>A list that has one of these columns is of such people, whatever stands in its cells.</summary>
    private static ListedPeople? FindByColumns(SubscriberTableHeader header) =>
        header.HasAnyLike("unsub") ? ListedPeople.Left
        : header.HasAnyLike("clean") ? ListedPeople.Bounced
        : null;

    /// <summary>By the words of the name, such as "unsubscribed_email_audience_export_a1.csv".</summary>
    private static ListedPeople? FindByName(string name)
    {
        var words = Word().Matches(name).Select(word => word.Value.ToLowerInvariant()).ToHashSet();
        return words.Overlaps(WordsForLeft) || OptOut().IsMatch(name) ? ListedPeople.Left
            : words.Overlaps(WordsForBounced) ? ListedPeople.Bounced
            : words.Overlaps(WordsForReaders) && !words.Overlaps(["non", "not", "never"]) ? ListedPeople.Readers
            : null;
    }

    private static bool MayTellWhoLeft(string column) =>
        ColumnsOfSomeWhoLeft.Any(beginning => column.StartsWith(beginning, StringComparison.Ordinal));

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![a-z])opt(?:ed)?[-_ ]?outs?(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex OptOut();
}

/// <summary>What tells who the people of a list are.</summary>
public enum PeopleClue
{
    /// <summary>Nothing does, and it may be a list of people who have left.</summary>
    Nothing,

    /// <summary>Each row says it of its own.</summary>
    Rows,

    /// <summary>Columns that only lists of such people have.</summary>
    Columns,

    /// <summary>The name of the file.</summary>
    Name,

    /// <summary>What the editor said.</summary>
    Editor,

    /// <summary>It is a table of addresses of no known program, and nothing suggests that they have left.</summary>
    PlainTable,
}
