using System.Text.RegularExpressions;

namespace ArmTwitch.Newsletter.ImportExport.Statuses;

/// <summary>
/// Words for the status of a subscription, as programs and people write them in cells and in the names of columns and files. Only a word
/// that surely permits mails stands for confirmed.
/// </summary>
internal static partial class StatusWords
{
    private static readonly Dictionary<string, SubscriberState> States = new[]
    {
        (SubscriberState.Confirmed, (string[])["subscribed", "active", "aktiv", "enabled", "optedin"]),
        (SubscriberState.Pending, ["unconfirmed", "unactivated", "nonsubscribed"]),
        (SubscriberState.Unsubscribed,
        [
            "unsubscribed", "unsubscribes", "unsubscribe", "unsub", "unsubs", "optout", "optouts", "optedout", "left", "removed", "deleted",
            "cancelled", "canceled", "inactive", "disabled", "churned", "archived", "blocked", "blocklist", "blocklisted", "suppressed",
            "suppression", "suppressions", "former", "abgemeldet", "inaktiv",
        ]),
        (SubscriberState.Bounced, ["bounced", "bounce", "bounces", "cleaned", "undeliverable", "invalid"]),
        (SubscriberState.Complained, ["complained", "complaint", "complaints", "spam", "abuse"]),
    }.SelectMany(one => one.Item2.Select(word => (word, one.Item1))).ToDictionary();

    /// <summary>Every word as somebody might have meant it.</summary>
    public static IEnumerable<string> All => States.Keys.Where(word => !word.StartsWith("opt", StringComparison.Ordinal));

    /// <param name="word">In any case, with or without the dash of "opted-out".</param>
    /// <returns>Null for any other word.</returns>
    public static SubscriberState? Find(string word) =>
        States.TryGetValue(Gap().Replace(word, "").ToLowerInvariant(), out var state) ? state : null;

    /// <summary>Makes one word of "opt-out", "opted in" and the like in a name.</summary>
    public static string JoinOpt(string name) => Opt().Replace(name, "opt$1$2");

    [GeneratedRegex("[-_ ]")]
    private static partial Regex Gap();

    [GeneratedRegex(@"(?<!\p{L})opt(ed)?[-_ ]?(outs?|ins?)(?!\p{L})", RegexOptions.IgnoreCase)]
    private static partial Regex Opt();
}
