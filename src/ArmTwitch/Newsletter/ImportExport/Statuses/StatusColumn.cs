using System.Text.RegularExpressions;

namespace ArmTwitch.Newsletter.ImportExport.Statuses;

/// <summary>
/// A column of a table of no known program that may tell the status of a subscription, such as <c>Status</c> or <c>Unsubscribed</c>.
/// </summary>
/// <param name="Name">As the table writes it.</param>
/// <param name="Ends">What a yes in it means; null when a yes, or a word for it, means a reader.</param>
internal sealed partial record StatusColumn(string Name, SubscriberState? Ends)
{
    /// <summary>Those of Mailchimp that are filled for people who left or were cleaned, and for nobody else.</summary>
    private static readonly string[]
        FilledForLeft = ["unsub_time", "unsub_campaign_title", "unsub_campaign_id", "unsub_reason", "unsub_reason_other"],
        FilledForBounced = ["clean_time", "clean_campaign_title", "clean_campaign_id"];

    private static readonly string[]
        // Beside the words for a confirmed subscription.
        Readers = ["subscribe", "subscription", "optin", "consent", "permission"],
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
        ],
        // What somebody who gets the newsletter pays for it.
        Plans = ["free", "paid", "comp", "complimentary", "gift", "gifted", "founding", "monthly", "yearly", "annual", "trial", "member"];

    private string? firstUnknown;
    private bool hasKnown;

    /// <summary>Whether every word of its name is known. What stands in the cells of another one is not interpreted.</summary>
    private bool HasKnownName { get; init; }

    /// <summary>
    /// Whether its name says that somebody has left, whatever else it says, such as "Unsubscribed from all email". A yes and a time there
    /// end the subscription; a no tells nothing, since they may never have begun.
    /// </summary>
    private bool IsOfLeaving { get; init; }

    /// <summary>Whether it ends the subscription of everybody for whom something stands there.</summary>
    private bool EndsWhereFilled { get; init; }

    private bool TakesYesAndNo { get; init; }

    /// <summary>Whether it tells what somebody pays, such as "Free" or "Monthly paid".</summary>
    private bool IsOfPlans { get; init; }

    /// <summary>Whether something stands in it, and none of it is understood.</summary>
    public bool IsUnclear => firstUnknown is not null && !hasKnown;

    /// <summary>Something that stands in it and is not understood.</summary>
    public string? FirstUnknown => firstUnknown;

    /// <returns>Null for a column that does not tell who has left.</returns>
    public static StatusColumn? Find(string name)
    {
        var key = SubscriberTableHeader.KeyOf(name);
        if (FilledForLeft.Contains(key) || FilledForBounced.Contains(key))
            return new(name.Trim(), FilledForLeft.Contains(key) ? SubscriberState.Unsubscribed : SubscriberState.Bounced)
            {
                HasKnownName = true,
                EndsWhereFilled = true,
            };
        var words = WordsOf(name);
        var ends = words.Select(StatusWords.Find).Where(state => state > SubscriberState.Confirmed).Max();
        var isOfReaders = words.Any(IsOfReaders) || (words.Any(word => word is "newsletter" or "newsletters") && words.All(Fillers.Contains));
        var isInWords = words.Any(InWords.Contains);
        var (isKnown, mayTell) = (
            words.All(word => IsOfReaders(word) || StatusWords.Find(word) > SubscriberState.Confirmed || InWords.Contains(word) || Fillers.Contains(word)),
            words.Any(word => !Fillers.Contains(word) && PartsOfUnknown.Any(part => word.Contains(part, StringComparison.Ordinal))));
        if (words.Any(Addresses.Contains) || (ends is null && words.Any(OfTheBeginning.Contains)))
            return null;
        return ends is not null || isOfReaders || isInWords || mayTell
            ? new(name.Trim(), ends)
            {
                HasKnownName = isKnown,
                IsOfLeaving = words.Any(word => word is "unsubscribed" or "optedout"),
                TakesYesAndNo = ends is not null || !isInWords,
            }
            : null;
    }

    /// <summary>The column of a known program that lists readers alone, and what each of them pays.</summary>
    public static StatusColumn OfPlans(string name) => new(name.Trim(), null) { HasKnownName = true, IsOfPlans = true };

    /// <summary>Reads a cell and remembers whether it is understood.</summary>
    public StatusReading Note(string cell)
    {
        var status = Read(cell);
        if (status.IsNotUnderstood)
            firstUnknown ??= cell;
        else if (cell.Length > 0)
            hasKnown = true;
        return status;
    }

    public StatusReading Read(string cell)
    {
        if (cell.Length is 0)
            return StatusReading.Unsaid;
        if (!HasKnownName)
            return !IsOfLeaving || ReadFlag(cell.ToLowerInvariant()) is not { } flag ? StatusReading.NotUnderstood
                : flag.HasEnded ? flag
                : StatusReading.Unsaid;
        if (EndsWhereFilled)
            return new(Ends);
        if (IsOfPlans && WordsOf(cell).All(Plans.Contains))
            return new(SubscriberState.Confirmed);
        if (TakesYesAndNo && ReadFlag(cell.ToLowerInvariant()) is { } status)
            return status;
        return SubscriberColumn.StateOf(cell) is { } state ? new(state) : StatusReading.NotUnderstood;
    }

    /// <returns>Null for a cell that is neither a yes nor a no.</returns>
    private StatusReading? ReadFlag(string word)
    {
        if (Yes.Contains(word))
            return new(Ends ?? SubscriberState.Confirmed);
        if (No.Contains(word))
            return Ends switch
            {
                null => new(SubscriberState.Unsubscribed),
                SubscriberState.Unsubscribed => new(SubscriberState.Confirmed),
                _ => StatusReading.Unsaid,
            };
        return Ends is not null && NumberOrTime().IsMatch(word) ? new(Ends) : null;
    }

    private static bool IsOfReaders(string word) => Readers.Contains(word) || StatusWords.Find(word) is SubscriberState.Confirmed;

    private static string[] WordsOf(string name) =>
        [.. Word().Matches(StatusWords.JoinOpt(Hump().Replace(name, "_"))).Select(word => word.Value.ToLowerInvariant())];

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<=\p{Ll})(?=\p{Lu})")]
    private static partial Regex Hump();

    /// <summary>However a time is written, it ends the subscription.</summary>
    [GeneratedRegex(@"^(?:\d+(?:\.\d+)?|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*)\z")]
    private static partial Regex NumberOrTime();
}
