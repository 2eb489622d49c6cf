using System.Globalization;
using ArmTwitch.Mail;
using ArmTwitch.Newsletter.ImportExport;
using ArmTwitch.Newsletter.Screens;

namespace ArmTwitch.Newsletter.SubscriberScreens;

/// <summary>The words for states, consents and mails of subscribers.</summary>
internal static class SubscriberLabels
{
    /// <summary>The states of the list, in the order of their tabs. Of those who are erased there is nothing to show.</summary>
    public static readonly IReadOnlyList<SubscriberState> Tabs =
    [
        SubscriberState.Confirmed, SubscriberState.Pending, SubscriberState.Unsubscribed, SubscriberState.Bounced,
        SubscriberState.Complained,
    ];

    public static string Label(SubscriberState state) => state is SubscriberState.Unsubscribed ? "Left" : state.ToString();

    /// <summary>The class of a badge.</summary>
    public static string Badge(SubscriberState state) => state switch
    {
        SubscriberState.Confirmed => "badge good",
        SubscriberState.Pending => "badge info",
        SubscriberState.Bounced or SubscriberState.Complained => "badge warn",
        _ => "badge",
    };

    /// <summary>The state as a sentence.</summary>
    /// <param name="end">When an unconfirmed address is deleted.</param>
    public static string Sentence(Subscriber subscriber, DateTimeOffset end) => subscriber.State switch
    {
        SubscriberState.Pending when subscriber.Wording is null =>
            $"Came with a list that does not prove their consent. They get no mail, and the address is deleted on {Day(end)}.",
        SubscriberState.Pending =>
            $"Asked for the newsletter and has not confirmed yet. They get no issue, and the address is deleted on {Day(end)}.",
        SubscriberState.Confirmed => "Gets the newsletter.",
        SubscriberState.Unsubscribed => "Has left. Nothing is sent.",
        SubscriberState.Bounced => "Mails came back, so nothing is sent any more.",
        SubscriberState.Complained => "An issue was reported as unwanted. No mail of any kind goes there again.",
        SubscriberState.Erased => "Erased. Nothing but dates and hashes is left.",
        _ => throw new ArgumentOutOfRangeException(nameof(subscriber), subscriber.State, "No such state"),
    };

    /// <summary>An entry of the ledger as a sentence.</summary>
    public static string Sentence(ConsentRecord record) => record.Kind switch
    {
        ConsentKind.Given when record.Method is ConsentMethod.Import =>
            $"Imported with a list. The list says that they agreed to {Agreed(record)}{At(record)}.",
        ConsentKind.Given when record.Method is ConsentMethod.ImportVouched =>
            $"Imported with a list. The editor who imported it says that they agreed to {Agreed(record)}; the list says that it was{At(record)}.",
        ConsentKind.Given => $"Agreed to {Agreed(record)}, confirmed by {Way(record.Method)}"
            + (record.AskedAt is { } asked ? $"; asked on {IssueLabels.Time(asked)} UTC." : "."),
        ConsentKind.Withdrawn when record.Method is ConsentMethod.Import => "Has left, says an imported list.",
        ConsentKind.Withdrawn when record.Method is ConsentMethod.ImportTakenBack => "Ended: the import that had brought them was taken back.",
        ConsentKind.Withdrawn => $"Left, by {Way(record.Method)}{Reason(record.Reason)}.",
        ConsentKind.ReasonTold => $"Told why they left{Reason(record.Reason)}.",
        ConsentKind.Bounced when record.Method is ConsentMethod.Import => "Could not be reached, says an imported list.",
        ConsentKind.Bounced => "A mail came back for good.",
        ConsentKind.Complained when record.Method is ConsentMethod.Import => "Has complained, says an imported list.",
        ConsentKind.Complained => "A mail was reported as unwanted.",
        ConsentKind.Erased => $"Was erased, by {Way(record.Method)}.",
        _ => throw new ArgumentOutOfRangeException(nameof(record), record.Kind, "No such kind"),
    };

    public static string Sentence(Suppression suppression) =>
        $"{(suppression.Scope == Suppression.All ? "No mail of any kind" : "No issue")} goes to this address since {Day(suppression.At)}: "
        + $"{suppression.Reason}.";

    public static string Label(MailState state) => state switch
    {
        MailState.Queued or MailState.Claimed => "waiting",
        MailState.Submitting => "on its way",
        MailState.Sent => "delivered",
        MailState.Dead => "refused",
        MailState.InDoubt => "unknown",
        MailState.Suppressed => "held back",
        MailState.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state"),
    };

    public static string Badge(MailState state) => state switch
    {
        MailState.Sent => "badge good",
        MailState.Dead or MailState.InDoubt => "badge warn",
        _ => "badge",
    };

    /// <summary>What becomes of a row of an import.</summary>
    public static string Label(SubscriberImportOutcome outcome) => outcome switch
    {
        SubscriberImportOutcome.Confirmed => "Gets the newsletter",
        SubscriberImportOutcome.Pending => "Pending",
        SubscriberImportOutcome.Unsubscribed => "Left",
        SubscriberImportOutcome.Bounced => "Bounced",
        SubscriberImportOutcome.Complained => "Complained",
        SubscriberImportOutcome.Ended => "Ends here",
        SubscriberImportOutcome.Unchanged => "Here already",
        SubscriberImportOutcome.Suppressed => "Not written to",
        SubscriberImportOutcome.Twice => "Twice",
        SubscriberImportOutcome.Contradicted => "Contradicted",
        SubscriberImportOutcome.Refused => "Refused",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such outcome"),
    };

    public static string Badge(SubscriberImportOutcome outcome) => outcome switch
    {
        SubscriberImportOutcome.Confirmed => "badge good",
        SubscriberImportOutcome.Pending => "badge info",
        SubscriberImportOutcome.Ended or SubscriberImportOutcome.Contradicted => "badge warn",
        SubscriberImportOutcome.Refused => "badge bad",
        _ => "badge",
    };

    /// <summary>What an import did or would do, such as "28,000 imported, 32,000 were here already".</summary>
    public static string Summary(SubscriberImportReport report, bool isDone)
    {
        if (report.Count > 0 && report.Unchanged + report.Twice == report.Count)
            return $"Everybody in this file {(isDone ? "was" : "is")} here already.";
        var (taken, readers, ended) = (
            report.Taken.Values.Sum(), report.CountOf(SubscriberImportOutcome.Confirmed), report.CountOf(SubscriberImportOutcome.Ended));
        (int Count, string Words)[] parts =
        [
            (taken, (isDone ? "imported" : "to import")
                + (readers == taken ? "" : $" ({(readers is 0 ? "none" : Plural.Number(readers))} of them "
                    + $"{(readers is 1 ? "gets" : "get")} the newsletter)")),
            (ended, isDone ? "ended here" : ended is 1 ? "ends here" : "end here"),
            (report.Unchanged, $"{(isDone ? report.Unchanged is 1 ? "was" : "were" : report.Unchanged is 1 ? "is" : "are")} here already"), (report.Suppressed, "not written to"),
            (report.Twice, "twice in the file"),
            (report.CountOf(SubscriberImportOutcome.Contradicted), "contradicted by another row"), (report.Refused, "refused"),
        ];
        return $"{Rows(report.Count)}: "
            + $"{string.Join(", ", parts.Where((part, place) => place is 0 || part.Count > 0).Select(part => $"{Plural.Number(part.Count)} {part.Words}"))}.";
    }

    /// <summary>What an import would do, as its button says it: such as "Import 3 of 7 rows and end 1 subscription".</summary>
    public static string Act(SubscriberImportReport report)
    {
        var (taken, ended) = (report.Taken.Values.Sum(), report.CountOf(SubscriberImportOutcome.Ended));
        var import = $"Import {(taken == report.Count ? Rows(taken) : $"{Plural.Number(taken)} of {Rows(report.Count)}")}";
        var end = $"end {Plural.Of(ended, "subscription")}";
        return ended is 0 ? import : taken is 0 ? $"E{end[1..]}" : $"{import} and {end}";
    }

    public static string Rows(int count) => Plural.Of(count, "row");

    /// <summary>Why; empty where the label says it.</summary>
    public static string Sentence(SubscriberImportRow row, bool isDone) => row.Outcome switch
    {
        SubscriberImportOutcome.Pending => $"{WhyPending(row.Missing)}: gets no mail.",
        SubscriberImportOutcome.Unsubscribed => "Has left there: comes in as such and gets no mail.",
        SubscriberImportOutcome.Bounced => "Could not be reached there: comes in as such and gets no mail.",
        SubscriberImportOutcome.Complained => "Complained there: comes in as such and gets no mail of any kind.",
        SubscriberImportOutcome.Ended => "Left, bounced or complained there, so it ends here too: gets no mail any more.",
        SubscriberImportOutcome.Unchanged => isDone ? "Was here before this row was imported, and stays so." : "Nothing changes.",
        SubscriberImportOutcome.Suppressed => "Has left here, or asked for no mail: stays so, whatever the file says.",
        SubscriberImportOutcome.Twice => "The first row of this address counts.",
        SubscriberImportOutcome.Contradicted =>
            "Another row of this address says that they left, bounced or complained. That one counts: gets no mail.",
        _ => "",
    };

    /// <summary>Why a row comes in as pending, without a full stop.</summary>
    public static string WhyPending(ConsentGaps missing) => WhyPending(new HashSet<ConsentGaps> { missing })!;

    /// <summary>Why rows come in as pending, without a full stop; null when there are none.</summary>
    /// <param name="missing">What is missing in one or another of them: what is said has to be true of each.</param>
    public static string? WhyPending(IReadOnlySet<ConsentGaps> missing)
    {
        var (all, alike) = (missing.Aggregate(ConsentGaps.None, (some, more) => some | more), missing.Count is 1);
        (ConsentGaps Gap, string Words)[] parts =
            [(ConsentGaps.Time, "when"), (ConsentGaps.Source, "where"), (ConsentGaps.Wording, "to which words")];
        var unsaid = parts.Where(part => all.HasFlag(part.Gap)).Select(part => part.Words).ToList();
        var list = unsaid.Count < 2 ? string.Concat(unsaid) : $"{string.Join(", ", unsaid.SkipLast(1))} and {unsaid[^1]}";
        string[] reasons =
        [
            .. missing.Contains(ConsentGaps.None) ? ["the file says so"] : Array.Empty<string>(),
            .. all.HasFlag(ConsentGaps.Confirmation) ? ["they never confirmed there"] : Array.Empty<string>(),
            .. unsaid.Count > 0 ? [$"the file does not say {(alike ? "" : "of everybody ")}{list} they agreed"] : Array.Empty<string>(),
        ];
        var words = string.Join(", or ", reasons);
        return words.Length is 0 ? null : $"{char.ToUpperInvariant(words[0])}{words[1..]}";
    }

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Agreed(ConsentRecord record) =>
        ConsentWording.Named(record.Wording) + (record.Page is { } page ? $" on “{page}”" : "");

    private static string At(ConsentRecord record) => record.AskedAt is { } agreed ? $" on {IssueLabels.Time(agreed)} UTC" : " before";

    private static string Way(ConsentMethod method) => method switch
    {
        ConsentMethod.Link => "the link in a mail",
        ConsentMethod.Code => "the code in a mail",
        ConsentMethod.Import or ConsentMethod.ImportVouched => "an imported list",
        ConsentMethod.OneClick => "the button of their mail program",
        ConsentMethod.UnsubscribePage => "the link in an issue",
        ConsentMethod.ManagePage => "their own page",
        ConsentMethod.CommandLine => "the command line",
        ConsentMethod.MailServer => "a mail server",
        ConsentMethod.Editor => "an editor, who was asked to",
        ConsentMethod.ImportTakenBack => "taking an import back",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "No such way"),
    };

    private static string Reason(UnsubscribeReason? reason) => reason switch
    {
        null => "",
        UnsubscribeReason.TooOften => ": too often",
        UnsubscribeReason.NotForMe => ": not what they expected",
        UnsubscribeReason.Better => ": they feel better",
        UnsubscribeReason.NeverAsked => ": they never asked for it",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason"),
    };
}
