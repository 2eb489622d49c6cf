using System.Text.RegularExpressions;

namespace ArmTwitch.Newsletter.ImportExport;

/// <summary>A column of a table of no known program that may tell who has left, such as <c>Status</c> or <c>Unsubscribed</c>.</summary>
/// <param name="Name">As the table writes it.</param>
/// <param name="Ends">What a yes in it means; null when a yes, or a word for it, means a reader.</param>
internal sealed partial record PeopleColumn(string Name, PersonStatus? Ends)
{
    /// <summary>Those of Mailchimp that are filled for people who left or were cleaned, and for nobody else.</summary>
    private static readonly string[]
        FilledForLeft = ["unsub_time", "unsub_campaign_title", "unsub_campaign_id", "unsub_reason", "unsub_reason_other"],
        FilledForBounced = ["clean_time", "clean_campaign_title", "clean_campaign_id"];

    private static readonly string[]
        Left =
        [
            "unsubscribed", "unsubscribes", "unsubscribe", "unsub", "unsubs", "optout", "optedout", "left", "removed", "deleted", "cancelled",
            "canceled", "inactive", "disabled", "churned", "archived", "blocked", "blocklisted", "suppressed", "former", "abgemeldet", "inaktiv",
        ],
        Bounced = ["bounced", "bounce", "bounces", "cleaned", "undeliverable", "invalid"],
        Complained = ["complained", "complaint", "complaints", "spam", "abuse"],
        Readers = ["subscribed", "subscribe", "subscription", "active", "aktiv", "enabled", "optin", "optedin", "consent", "permission"],
        InWords = ["status", "state", "confirmed"],
        // Such as "Subscription date": it tells when or where somebody began.
        OfTheBeginning = ["at", "on", "date", "time", "since", "ip", "source", "page", "form", "method", "via"],
        Addresses = ["url", "link", "token", "hash"],
        Fillers =
        [
            "is", "has", "was", "e", "email", "emails", "mail", "mails", "newsletter", "newsletters", "marketing", "list", "subscriber",
            "subscribers", "member", "contact", "flag", "current", "at", "on", "date", "time",
        ],
        Yes = ["yes", "y", "true", "1", "ja", "wahr", "x", "oui", "si"],
        No = ["no", "n", "false", "0", "nein", "falsch", "non"],
        PartsOfUnknown =
        [
            "status", "statut", "subscri", "unsub", "optout", "bounce", "abgemeld", "abonn", "inactiv", "inaktiv", "cancel", "suppress",
            "blocklist", "blacklist", "churn", "complain",
        ];

    private string? firstUnknown;
    private bool hasKnown;

    /// <summary>Whether every word of its name is known. What stands in the cells of another one is not interpreted.</summary>
    private bool HasKnownName { get; init; }

    /// <summary>Whether it ends the subscription of everybody for whom something stands there.</summary>
    private bool EndsWhereFilled { get; init; }

    private bool TakesYesAndNo { get; init; }

    /// <summary>Whether something stands in it, and none of it is understood.</summary>
    public bool IsUnclear => firstUnknown is not null && !hasKnown;

    /// <summary>Something that stands in it and is not understood.</summary>
    public string? FirstUnknown => firstUnknown;

    /// <returns>Null for a column that does not tell who has left.</returns>
    public static PeopleColumn? Find(string name)
    {
        var key = SubscriberTableHeader.KeyOf(name);
        if (FilledForLeft.Contains(key) || FilledForBounced.Contains(key))
            return new(name.Trim(), FilledForLeft.Contains(key) ? PersonStatus.Left : PersonStatus.Bounced)
            {
                HasKnownName = true,
                EndsWhereFilled = true,
            };
        var words = WordsOf(name);
        PersonStatus? ends = words.Any(Complained.Contains) ? PersonStatus.Complained
            : words.Any(Bounced.Contains) ? PersonStatus.Bounced
            : words.Any(Left.Contains) ? PersonStatus.Left
            : null;
        var isOfReaders = words.Any(Readers.Contains) || (words.Any(word => word is "newsletter" or "newsletters") && words.All(Fillers.Contains));
        var isInWords = words.Any(InWords.Contains);
        var (isKnown, mayTell) = (
            words.All(word => IsOf(word, Complained, Bounced, Left, Readers, InWords, Fillers)),
            words.Any(word => !Fillers.Contains(word) && PartsOfUnknown.Any(part => word.Contains(part, StringComparison.Ordinal))));
        if (words.Any(Addresses.Contains) || (ends is null && words.Any(OfTheBeginning.Contains)))
            return null;
        return ends is not null || isOfReaders || isInWords || mayTell
            ? new(name.Trim(), ends) { HasKnownName = isKnown, TakesYesAndNo = ends is not null || !isInWords }
            : null;
    }

    /// <summary>Reads a cell and remembers whether it is understood.</summary>
    public PersonStatus Note(string cell)
    {
        var status = Read(cell);
        if (status is PersonStatus.NotUnderstood)
            firstUnknown ??= cell;
        else if (cell.Length > 0)
            hasKnown = true;
        return status;
    }

    public PersonStatus Read(string cell)
    {
        if (cell.Length is 0)
            return PersonStatus.Unsaid;
        if (!HasKnownName)
            return PersonStatus.NotUnderstood;
        if (EndsWhereFilled)
            return Ends!.Value;
        if (TakesYesAndNo && ReadFlag(cell.ToLowerInvariant()) is { } status)
            return status;
        return SubscriberColumn.StateOf(cell) switch
        {
            SubscriberState.Confirmed => PersonStatus.Reader,
            SubscriberState.Pending => PersonStatus.Pending,
            SubscriberState.Unsubscribed => PersonStatus.Left,
            SubscriberState.Bounced => PersonStatus.Bounced,
            SubscriberState.Complained => PersonStatus.Complained,
            _ => PersonStatus.NotUnderstood,
        };
    }

    private PersonStatus? ReadFlag(string word) =>
        Yes.Contains(word) ? Ends ?? PersonStatus.Reader
        : No.Contains(word) ? Ends switch { null => PersonStatus.Left, PersonStatus.Left => PersonStatus.Reader, _ => PersonStatus.Unsaid }
        : Ends is not null && NumberOrTime().IsMatch(word) ? Ends
        : null;

    private static bool IsOf(string word, params string[][] lists) => lists.Any(list => list.Contains(word));

    private static string[] WordsOf(string name) =>
    [
        .. Word().Matches(Opt().Replace(Hump().Replace(name, "_"), match => $"opt{match.Groups[1].Value}{match.Groups[2].Value}"))
            .Select(word => word.Value.ToLowerInvariant()),
    ];

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=\p{Ll})(?=\p{Lu})")]
    private static partial Regex Hump();

    [GeneratedRegex(@"(?<!\p{L})opt(ed)?[-_ ]?(outs?|ins?)(?!\p{L})", RegexOptions.IgnoreCase)]
    private static partial Regex Opt();

    /// <summary>However a time is written, it ends the subscription.</summary>
    [GeneratedRegex(@"^(?:\d+(?:\.\d+)?|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*)\z")]
    private static partial Regex NumberOrTime();
}

/// <summary>What the columns of a row tell of its person. Of two columns the later one here counts.</summary>
internal enum PersonStatus
{
    Unsaid,

    /// <summary>They get the newsletter there.</summary>
    Reader,

    /// <summary>They have not confirmed there.</summary>
    Pending,
    NotUnderstood,
    Left,
    Bounced,
    Complained,
}
